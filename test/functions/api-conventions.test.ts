/**
 * The expectations of any client of an HTTP API: preconditions, addresses of new resources, ids of requests, content
 * types.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Route } from '../../shared/application/routes/route.ts';
import { routeNames, routes } from '../../shared/application/routes/route-table.ts';
import { referenceFrom } from '../../shared/domain/core/ids.ts';
import { type Answer, openApi } from '../support/api-client.ts';
import { type Desk, reportOf, startDesk } from '../support/desk.ts';

let desk: Desk;
let ask: ReturnType<typeof openApi>['ask'];
beforeAll(async () => {
  desk = await startDesk();
  ({ ask } = openApi(desk));
});
afterAll(() => desk.stop());

const caseworker = 'P-CASEWORKER';
const draftId = referenceFrom('DR', new Uint8Array(10));
const command = (id: string, name: string, body: object, headers: Record<string, string> = {}, as = caseworker) =>
  ask(`/referrals/${id}/commands/${name}`, { as, body, headers });

describe('a parameter of the address', () => {
  test.each([
    '/queue?stage=closed&stage=open',
    '/referrals?stage=closed&limit=5&stage=closed',
    '/providers?stage=1&stage=2',
  ])('that is given twice is answered 400 with its name, wherever: %s', async (path) => {
    const { status, headers, body } = await ask(path, { as: caseworker });
    expect([status, headers.get('content-type')]).toEqual([400, 'application/problem+json']);
    expect(body.problems).toEqual([{ path: 'stage', sentence: expect.stringContaining('more than once') }]);
  });
});

describe('a parameter that the address does not have', () => {
  test.each(routeNames)('is answered 400 with its name, and nothing is done: %s', async (name) => {
    const { method, path, roles } = routes[name] as Route;
    const id = await desk.opened();
    const kind = /^.(drafts|providers|delegations)/.exec(path)?.[1] ?? 'referral';
    const ids = { drafts: draftId, providers: 'PV-1', delegations: 'DG-1', referral: id };
    const where: Readonly<Record<string, string>> = {
      id: ids[kind as keyof typeof ids],
      record: id,
      name: 'report-missing',
      town: 'HARTFORD',
      alertId: await desk.alertId(id),
      personId: caseworker,
      service: 'education',
      page: 'on-time',
      agreement: 'AG-1',
      forum: 'FO-1',
      action: 'FO-1.1.1',
      meeting: 'FO-1.2',
      concern: 'VC-1',
    };
    const address = path.replaceAll(/\{(\w+)\}/g, (_, each: string) => where[each] ?? each);
    // A role of the row, and one that reads and acts on referrals.
    const as = `P-${(roles.find((role) => role === 'caseworker') ?? roles[0] ?? 'caseworker').toUpperCase()}`;
    const sent = method === 'post' ? { body: {}, headers: { 'Idempotency-Key': `unknown-parameter-${name}` } } : {};
    const { status, body } = await ask(`${address}?x=1`, { as, ...sent });
    expect([status, body.problems]).toEqual([400, expect.arrayContaining([expect.objectContaining({ path: 'x' })])]);
    expect((await desk.state(id)).seq).toBe(1);
  });
});

describe('a referral', () => {
  test('has its sequence number as ETag, after a read and after a command', async () => {
    const id = await desk.opened();
    const read = await ask(`/referrals/${id}`, { as: caseworker });
    expect([read.headers.get('etag'), read.body.seq]).toEqual(['"1"', 1]);
    const after = await command(id, 'report-missing', {});
    expect([after.headers.get('etag'), after.body.seq]).toEqual(['"2"', 2]);
  });

  test('is changed with its current ETag, and with none', async () => {
    const id = await desk.opened();
    for (const [name, tag] of [
      ['report-missing', '"1"'],
      ['record-return', undefined],
      ['report-missing', '*'],
      ['record-return', '"99", "4"'],
    ] as const) {
      expect((await command(id, name, {}, tag === undefined ? {} : { 'If-Match': tag })).status).toBe(200);
    }
    expect((await desk.state(id)).seq).toBe(5);
  });

  test('that has changed since is not changed: 412 with its current ETag', async () => {
    const id = await desk.opened();
    await command(id, 'report-missing', {});
    for (const tag of ['"1"', '"3"', 'W/"2"', '"another"', '"1", "7"']) {
      const answer = await command(id, 'record-return', {}, { 'If-Match': tag });
      expect([answer.status, answer.headers.get('etag')]).toEqual([412, '"2"']);
      expect(answer.body.detail).toMatch(/has moved since you read it .* nothing was done/);
    }
    expect((await desk.state(id)).seq).toBe(2);
  });

  test('is not replaced or approved by a client that has not read it: 428, until its ETag is sent', async () => {
    const id = await desk.opened();
    const note = (safeContact: string, headers = {}) => command(id, 'note-safe-contact', { safeContact }, headers);
    expect((await note('The first note.')).status).toBe(200);
    for (const headers of [{}, { 'If-Match': '*' }]) {
      const answer = await note('The second note.', headers);
      expect([answer.status, answer.body.detail]).toEqual([428, expect.stringMatching(/nothing was done.*If-Match/)]);
    }
    expect((await note('The second note.', { 'If-Match': '"2"' })).status).toBe(200);
    expect((await note('A third, from before it.', { 'If-Match': '"2"' })).status).toBe(412);
  });

  test('with an If-Match that is no ETag is answered 400 with the field named', async () => {
    const id = await desk.opened();
    for (const tag of ['1', '', '"1" "2"', 'Aspen Example']) {
      const answer = await command(id, 'report-missing', {}, { 'If-Match': tag });
      expect(answer).toMatchObject({ status: 400, body: { problems: [{ path: 'If-Match' }] } });
      expect(answer.text).not.toContain('Aspen');
    }
  });

  test('takes a repeated command only once, and answers as the first time, whatever has changed', async () => {
    const id = await desk.opened();
    const once = { 'If-Match': '"1"', 'Idempotency-Key': 'once' };
    await command(id, 'report-missing', {}, once);
    await command(id, 'record-return', {});
    expect((await command(id, 'report-missing', {}, once)).status).toBe(200);
    expect((await desk.state(id)).seq).toBe(3);
  });

  test('is changed by only one of two who read the same state', async () => {
    const id = await desk.opened({ danger: 'unknown' });
    const answers = await Promise.all(
      ['one', 'two'].map(() => command(id, 'assess-danger', { danger: 'yes' }, { 'If-Match': '"1"' })),
    );
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 412]);
    expect((await desk.state(id)).seq).toBe(2);
  });

  test('does not reveal its ETag to those who may not read it or act on it', async () => {
    const id = await desk.opened();
    const hidden = await command(id, 'accept-linkage', { service: 'education' }, { 'If-Match': '"9"' }, 'PV-1.CONTACT');
    expect([hidden.status, hidden.headers.get('etag')]).toEqual([404, null]);
    expect((await command(id, 'screen', {}, { 'If-Match': '"9"' })).status).toBe(403);
  });
});

describe('the record that an alert was seen', () => {
  const supervisor = 'P-CARELINE-SUPERVISOR';
  const frame = {
    now: '2026-11-25T15:00:00.000Z',
    actor: { kind: 'function', id: 'x' },
    cause: { kind: 'sweep' },
  } as const;
  async function written() {
    const id = await desk.opened();
    const alertId = await desk.alertId(id);
    await desk.ledger.changeAlert(alertId, frame, () => [
      {
        type: 'alert-sent',
        v: 1,
        personId: supervisor,
        addressedAs: 'careline-supervisor',
        order: 1,
        messageId: 'm-1',
      },
    ]);
    return { id, alertId, path: `/referrals/${id}/alerts/${alertId}/seen` };
  }

  test('is made once for a recipient of the mail, and acknowledges nothing', async () => {
    const { id, alertId, path } = await written();
    const { seq } = await desk.state(id);
    const first = await ask(path, { as: supervisor, method: 'POST' });
    expect([first.status, first.body]).toEqual([200, { alertId, seenAt: desk.now }]);
    desk.at(new Date(Date.parse(desk.now) + 60_000).toISOString());
    expect((await ask(path, { as: supervisor, method: 'POST' })).body).toEqual(first.body);
    const { life, commits } = await desk.ledger.alert(alertId);
    expect([Object.keys(life.seen), commits.length]).toEqual([[supervisor], 2]);
    const state = await desk.state(id);
    expect([state.seq, state.alerts[alertId]?.acknowledgedBy]).toEqual([seq, undefined]);
  });

  test('is not made by a GET, nor for other readers, and stays hidden without access to the alert', async () => {
    const { id, alertId, path } = await written();
    expect((await ask(path, { as: supervisor })).status).toBe(405);
    const other = await ask(path, { as: 'P-CARELINE-WORKER', method: 'POST' });
    expect([other.status, other.body.code]).toEqual([409, 'not-written-to']);
    for (const [as, where] of [
      ['PV-1.CONTACT', path],
      [supervisor, `/referrals/${id}/alerts/${id}.A99/seen`],
      [supervisor, `/referrals/CR-NONE/alerts/${alertId}/seen`],
    ] as const)
      expect((await ask(where, { as, method: 'POST' })).status).toBe(404);
    expect((await desk.ledger.alert(alertId)).life.seen).toEqual({});
  });
});

test('a report is answered with the address of its first referral, which names the siblings', async () => {
  const two = { ...reportOf(), children: [...reportOf().children, ...reportOf().children] };
  for (const report of [reportOf(), two]) {
    const { headers, body } = await ask('/reports', { as: 'P-CARELINE-WORKER', body: report });
    const [first, ...others] = body.referralIds as readonly string[];
    const address = new URL(headers.get('location') ?? '', 'https://careline.example/training/api/v1/reports');
    expect(address.pathname).toBe(`/training/api/v1/referrals/${first}`);
    const read = await ask(address.pathname.replace('/training/api/v1', ''), { as: caseworker });
    expect(read.body).toMatchObject({ id: first, siblings: others });
  }
});

describe('the id of a request', () => {
  const idOf = ({ headers }: Answer) => headers.get('x-request-id');

  test('is on every answer, and differs on each', async () => {
    const answers = await Promise.all([
      ask('/openapi.json'),
      ask('/queue'),
      ask('/queue', { as: caseworker }),
      ask('/nowhere', { as: caseworker }),
      ask('/providers/../..', { as: caseworker }),
      ask('/queue', { as: caseworker, method: 'PUT' }),
      ask('/reports', { as: 'P-CARELINE-WORKER', text: '{' }),
      ask('/reports', { as: 'P-CARELINE-WORKER', body: reportOf() }),
    ]);
    const ids = answers.map(idOf);
    expect(ids.every((id) => /^REQUEST-\d+$/.test(id ?? ''))).toBe(true);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('leads to the commit in the audit, and to the record of a read of identities', async () => {
    const reported = await ask('/reports', { as: 'P-CARELINE-WORKER', body: reportOf() });
    const [id = ''] = reported.body.referralIds as readonly string[];
    const missing = await command(id, 'report-missing', {});
    const identities = await ask(`/referrals/${id}/identities?purpose=work-on-referral`, { as: caseworker });
    const { body } = await ask(`/referrals/${id}/audit`, { as: 'P-AUDITOR' });
    const commits = body.commits as readonly { cause: object }[];
    expect(commits.map(({ cause }) => cause)).toEqual([
      expect.objectContaining({ name: 'open-referral', requestId: idOf(reported) }),
      // The name of the command would tell of the child.
      expect.objectContaining({ name: 'facts-recorded', requestId: idOf(missing) }),
    ]);
    const access = (await desk.ledger.readAfresh(`access#${id}`)).at(-1);
    expect(JSON.parse(access?.text ?? '')).toMatchObject({ cause: { requestId: idOf(identities) } });
    expect(body.chain).toMatchObject({ intact: true });
  });

  test('is the gateway’s, never what a client sends', async () => {
    const answer = await ask('/queue', { as: caseworker, headers: { 'x-request-id': 'forged' } });
    expect(idOf(answer)).not.toBe('forged');
  });
});

describe('a body', () => {
  test.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/jsonp',
    'application/json; charset=iso-8859-1',
    '',
  ])('of the type %j is answered 415, whatever its content', async (type) => {
    const id = await desk.opened();
    const headers = { 'content-type': type };
    for (const [path, as] of [
      ['/reports', 'P-CARELINE-WORKER'],
      [`/referrals/${id}/commands/report-missing`, caseworker],
    ] as const) {
      const answer = await ask(path, { as, body: {}, headers });
      expect([answer.status, answer.headers.get('accept'), answer.body.status]).toEqual([415, 'application/json', 415]);
    }
    expect((await desk.state(id)).seq).toBe(1);
  });

  test.each(['application/json', 'Application/JSON; charset=utf-8'])('of the type %s is read', async (type) => {
    const id = await desk.opened();
    expect((await command(id, 'report-missing', {}, { 'content-type': type })).status).toBe(200);
  });

  const posts = [
    ['/reports', 'P-CARELINE-WORKER'],
    ['/drafts', 'P-CARELINE-WORKER'],
    ['/searches', 'P-CARELINE-SUPERVISOR'],
    ['/delegations', 'P-LEGAL'],
    ['/providers/education/PR-1', 'P-CARELINE-SUPERVISOR'],
    ['/referrals/:id/commands/report-missing', caseworker],
  ] as const;

  test.each(posts)(
    'of %s that is no UTF-8 is refused, and a replacement character that is escaped is not',
    async (path, as) => {
      const to = path.replace(':id', await desk.opened());
      const send = async (text: string | Uint8Array<ArrayBuffer>) => {
        const { status, body } = await ask(to, { as, text, headers: { 'Idempotency-Key': 'bytes' } });
        return { status, paths: (body.problems as { path: string; sentence: string }[]).map(({ path }) => path), body };
      };
      const latin1 = await send(Uint8Array.from(Buffer.from('{"narrative":"Zoë"}', 'latin1')));
      expect(latin1).toMatchObject({ status: 400, paths: [''] });
      expect(JSON.stringify(latin1.body)).toContain('The body must be UTF-8');
      expect(JSON.stringify((await send('{"zzz":"\\ufffd"}')).body)).not.toContain('UTF-8');
    },
  );

  test.each(posts)('of %s with a repeated field is refused', async (path, as) => {
    const id = await desk.opened();
    const text = '{"danger":"yes","danger":"no"}';
    const answer = await ask(path.replace(':id', id), { as, text, headers: { 'Idempotency-Key': 'twice' } });
    expect(answer).toMatchObject({
      status: 400,
      body: { problems: [{ path: 'danger', sentence: 'It is said twice in one object: send it once.' }] },
    });
    expect((await desk.state(id)).seq).toBe(1);
  });

  test('that is too large is refused with the limit', async () => {
    const text = JSON.stringify({ narrative: 'x'.repeat(262_144) });
    const answer = await ask('/reports', { as: 'P-CARELINE-WORKER', text });
    expect([answer.status, answer.body.detail]).toEqual([413, 'The body is larger than 256 KB.']);
  });
});

describe('a key', () => {
  const until = '2026-12-01T13:00:00Z';
  const listing = {
    name: 'Willow House (invented)',
    regions: ['4'],
    ageFrom: 12,
    ageTo: 17,
    languages: ['english'],
    phone: '203-555-0111',
    contactId: 'PV-1.CONTACT',
    revision: 0,
  };
  const draft = async (key: string) => {
    const body = { revision: 1, content: {} };
    const begun = await ask('/drafts', { as: 'P-CARELINE-WORKER', body, headers: { 'Idempotency-Key': key } });
    return `/drafts/${begun.body.id}/discard`;
  };
  test.each([
    [
      'a delegation',
      async () => '/delegations',
      'P-LEGAL',
      { delegateId: 'P-LEGAL.2', work: ['legal'], until },
      { delegateId: 'P-CASEWORKER', work: ['legal'], until },
    ],
    [
      'a provider',
      async () => '/providers/education/PR-KEYED',
      'P-CARELINE-SUPERVISOR',
      listing,
      { ...listing, ageTo: 16, revision: 1 },
    ],
    [
      'the end of a draft',
      () => draft('to be ended'),
      'P-CARELINE-WORKER',
      { because: 'no-report' },
      { because: 'exercise' },
    ],
  ])(
    'of %s is answered the same for the same body, and 422 for another, and stores nothing new',
    async (_, pathOf, as, body, other) => {
      const path = await pathOf();
      const send = (sent: object) => ask(path, { as, body: sent, headers: { 'Idempotency-Key': 'of this test' } });
      const first = await send(body);
      expect(first.status, first.text).toBeLessThan(300);
      const before = await desk.items('Ledger');
      expect(await send(body)).toMatchObject({ status: first.status, body: first.body });
      const refused = await send(other);
      expect([refused.status, refused.headers.get('content-type')]).toEqual([422, 'application/problem+json']);
      expect(await desk.items('Ledger')).toEqual(before);
    },
  );

  test('of a delegation that has ended does not start it again', async () => {
    const body = { delegateId: 'P-HART-LEAD.2', work: ['hart-lead'], until };
    const send = () => ask('/delegations', { as: 'P-HART-LEAD', body, headers: { 'Idempotency-Key': 'once' } });
    expect((await send()).body.delegations).toHaveLength(1);
    await ask('/delegations/P-HART-LEAD/DG-1/end', { as: 'P-HART-LEAD', body: {} });
    expect((await send()).body.delegations).toEqual([]);
    expect((await ask('/delegations', { as: 'P-HART-LEAD', body })).body.delegations).toHaveLength(1);
  });
});
