import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createApi } from '../../functions/api/api.ts';
import { whereKnown } from '../../shared/domain/core/where-known.ts';
import { isMissing } from '../../shared/domain/missing/absences.ts';
import { type Desk, reportOf, startDesk } from '../support/desk.ts';
import { notAnchored } from '../support/not-anchored.ts';

let desk: Desk;
let api: ReturnType<typeof createApi>;
const faults: unknown[] = [];
let broken = false;
beforeAll(async () => {
  desk = await startDesk();
  api = createApi({
    ...desk,
    secretKey: async () => {
      if (broken) throw new Error('The secret of Aspen Example cannot be read.');
      return 'the key of these tests';
    },
    personIdOf: (request) => (request as { personId?: string } | undefined)?.personId,
    signedInAtOf: () => 0,
    evenly: (work) => work(),
    now: () => desk.now,
    newId: () => crypto.randomUUID(),
    requestIdOf: (request) => (request as { requestId?: string } | undefined)?.requestId,
    proofs: notAnchored,
    description: () => '{"openapi":"3.1.0"}',
    waitFor: async () => 0,
    onFault: (error) => faults.push(error),
  });
});
afterAll(() => desk.stop());

interface Asked {
  readonly as?: string | undefined;
  readonly method?: string;
  readonly body?: unknown;
  readonly text?: string;
  readonly key?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
}
async function ask(path: string, { as, method, body, text, key, headers }: Asked = {}) {
  const sent = text ?? (body === undefined ? undefined : JSON.stringify(body));
  const request = {
    method: method ?? (sent === undefined ? 'GET' : 'POST'),
    headers: { 'content-type': 'application/json', ...whereKnown({ 'Idempotency-Key': key }), ...headers },
    ...whereKnown({ body: sent }),
  };
  const personId = as === undefined ? undefined : as.startsWith('PV-') ? as : `P-${as.toUpperCase()}`;
  const response = await api.request(`/api/v1${path}`, request, { requestContext: { personId } });
  return {
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as Record<string, unknown>,
  };
}
const worker = 'careline-worker';
const problem = (status: number) => ({
  type: 'about:blank',
  title: expect.any(String),
  status,
  detail: expect.any(String),
});

describe('a request', () => {
  test.each(['/queue', '/reports', '/nowhere'])(
    'to %s without a person, or with an unknown one, is answered 401',
    async (path) => {
      for (const as of [undefined, 'ghost']) {
        const { status, body, headers } = await ask(path, { as });
        expect([status, headers.get('content-type')]).toEqual([401, 'application/problem+json']);
        expect(body).toEqual(problem(401));
      }
    },
  );

  test('to an unknown address is answered 404', async () => {
    expect(await ask('/nowhere', { as: worker })).toMatchObject({ status: 404, body: problem(404) });
  });

  test.each([
    ['DELETE', '/reports', 'POST'],
    ['GET', '/reports', 'POST'],
    ['PUT', '/queue', 'GET, HEAD'],
    ['OPTIONS', '/referrals/CR-00000-000000', 'GET, HEAD'],
    ['GET', '/referrals/CR-00000-000000/commands/screen', 'POST'],
    ['POST', '/agencies/Hartford', 'GET, HEAD'],
  ])('by %s to %s is answered 405 with the allowed methods: %s', async (method, path, allow) => {
    const { status, headers, body } = await ask(path, { as: worker, method });
    expect([status, headers.get('allow'), body]).toEqual([405, allow, problem(405)]);
    expect((await ask(path, { method })).status).toBe(401);
  });

  test('for the description is answered to all, even without a token', async () => {
    expect(await ask('/openapi.json')).toMatchObject({ status: 200, body: { openapi: '3.1.0' } });
    expect((await ask('/openapi.json', { method: 'POST' })).status).toBe(401);
  });

  test('is never kept in a cache, and its answer has the content type that it names', async () => {
    const asked = [
      ask('/queue', { as: worker }),
      ask('/queue'),
      ask('/nowhere', { as: worker }),
      ask('/queue?limit=0', { as: worker }),
      ask('/queue', { as: worker, method: 'PUT' }),
      ask('/reports', { as: worker, text: '{' }),
      ask('/reports', { as: worker, text: 'x'.repeat(262_145) }),
      ask('/reports', { as: worker, body: reportOf() }),
      ask('/referrals/CR-00000-000000', { as: worker }),
    ];
    broken = true;
    const answers = await Promise.all([...asked, ask('/reports', { as: worker, body: reportOf() })]);
    broken = false;
    expect(answers.map(({ status }) => status)).toContain(500);
    for (const { headers } of answers) {
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('strict-transport-security')).toBe('max-age=63072000; includeSubDomains');
    }
    faults.length = 0;
  });

  test('that fails here says so without the cause, and succeeds when sent again', async () => {
    const submission = { as: worker, body: reportOf({ name: 'Aspen Example' }), key: 'once' };
    broken = true;
    const { status, body } = await ask('/reports', submission);
    broken = false;
    expect([status, body]).toEqual([500, problem(500)]);
    expect(JSON.stringify(body)).not.toContain('Aspen');
    expect(faults).toHaveLength(1);
    expect((await ask('/reports', submission)).status).toBe(201);
  });
});

describe('a report', () => {
  test('is answered with its references, the same for the same Idempotency-Key', async () => {
    const first = await ask('/reports', { as: worker, body: reportOf(), key: 'a key' });
    expect(first).toMatchObject({
      status: 201,
      body: { reportId: expect.stringMatching(/^RP-/), referralIds: [expect.stringMatching(/^CR-/)] },
    });
    expect((await ask('/reports', { as: worker, body: reportOf(), key: 'a key' })).body).toEqual(first.body);
    expect((await ask('/reports', { as: worker, body: reportOf() })).body).not.toEqual(first.body);
  });

  test('without a key, or with a blank one, is a report of its own each time', async () => {
    const ids = new Set<unknown>();
    for (const key of ['', '   ', '', undefined])
      ids.add((await ask('/reports', { as: worker, body: reportOf(), key })).body.reportId);
    expect(ids.size).toBe(4);
  });

  test.each(['x'.repeat(201), 'a\u0001b', 'a\tb', 'a\u007fb', '\u0085'])(
    'with a key such as %j is answered 400',
    async (key) => {
      const answer = await ask('/reports', { as: worker, body: reportOf(), key });
      expect(answer).toMatchObject({ status: 400, body: { problems: [{ path: 'Idempotency-Key' }] } });
      expect((await ask('/reports', { as: worker, body: reportOf(), key: 'x'.repeat(200) })).status).toBe(201);
    },
  );

  test('with a key that came before with another report is answered 422', async () => {
    await ask('/reports', { as: worker, body: reportOf(), key: 'used' });
    const other = reportOf({}, { narrative: 'Aspen Example ran away.' });
    const { status, body } = await ask('/reports', { as: worker, body: other, key: 'used' });
    expect([status, body]).toEqual([422, problem(422)]);
    expect(JSON.stringify(body)).not.toContain('Aspen');
  });

  test('is for Careline to enter', async () => {
    for (const as of ['caseworker', 'administrator', 'mdt-member']) {
      expect(await ask('/reports', { as, text: 'not even JSON' })).toMatchObject({ status: 403, body: problem(403) });
    }
  });

  test.each(['', 'null{', 'a=b', '{"children": [}'])('that is no JSON (%j) is answered 400', async (text) => {
    const answer = await ask('/reports', { as: worker, method: 'POST', text });
    expect(answer).toMatchObject({
      status: 400,
      body: { problems: [{ path: '', sentence: 'The body must be JSON.' }] },
    });
  });

  test('with faults lists each field and repeats no value', async () => {
    const body = { narrative: '', children: [{ name: 'Aspen Example', danger: 'Aspen', birthDate: 'Aspen' }] };
    const answer = await ask('/reports', { as: worker, body });
    expect(answer.body).toEqual({
      ...problem(400),
      problems: [
        { path: 'narrative', sentence: 'Write something here.' },
        { path: 'children[0].birthDate', sentence: expect.stringContaining('YYYY-MM-DD') },
        { path: 'children[0].danger', sentence: 'Choose one of: yes, no, unknown.' },
      ],
    });
    expect(JSON.stringify(answer.body)).not.toContain('Aspen');
    for (const wrong of [null, [], 7, 'text']) {
      expect(await ask('/reports', { as: worker, body: wrong })).toMatchObject({ status: 400 });
    }
  });

  test('larger than 256 KB is answered 413', async () => {
    const body = reportOf({}, { narrative: 'x'.repeat(262_145) });
    expect(await ask('/reports', { as: worker, body })).toMatchObject({ status: 413, body: problem(413) });
  });
});

describe('a referral', () => {
  test('is shown to those who may see it, and looks to all others as if it did not exist', async () => {
    const id = await desk.opened();
    expect(await ask(`/referrals/${id}`, { as: 'caseworker' })).toMatchObject({
      status: 200,
      body: { id, stage: 'open' },
    });
    const hidden = await ask(`/referrals/${id}`, { as: 'provider' });
    const absent = await ask('/referrals/CR-00000-000000', { as: 'provider' });
    const wrong = await ask(`/referrals/${id.slice(0, -1)}O`, { as: 'caseworker' });
    expect([hidden.status, absent.status, wrong.status]).toEqual([404, 404, 404]);
    expect([absent.body, wrong.body]).toEqual([hidden.body, hidden.body]);
  });

  test('reveals who the child is only to those who work with the child', async () => {
    const id = await desk.opened({ name: 'Aspen Example' });
    desk.at('2026-11-09T15:05:00Z');
    const path = `/referrals/${id}/identities?purpose=work-on-referral`;
    expect(await ask(path, { as: worker })).toMatchObject({ status: 200, body: { childName: 'Aspen Example' } });
    expect(await ask(path, { as: 'auditor' })).toMatchObject({ status: 403 });
    const bare = path.replace(/[?].*/, '');
    for (const without of [bare, `${bare}?purpose=CURIOUS`]) {
      const { status, body } = await ask(without, { as: worker });
      expect([status, body.problems]).toMatchObject([400, [{ path: 'purpose' }]]);
      expect(JSON.stringify(body)).not.toContain('CURIOUS');
    }
    expect(await ask(path, { as: 'provider' })).toMatchObject({ status: 404 });
  });

  test('shows a provider its own services, also after a command', async () => {
    const id = await desk.opened();
    await desk.do(id, 'offer-linkage', { service: 'education', providerId: 'PV-1' }, 'caseworker');
    const as = 'PV-1.CONTACT';
    const { body, headers: read } = await ask(`/referrals/${id}`, { as });
    expect(body).toMatchObject({ id, linkages: { education: { status: 'offered' } } });
    const after = await ask(`/referrals/${id}/commands/decline-linkage`, {
      as,
      body: { service: 'education', reasonCode: 'child-declined' },
      headers: { 'If-Match': read.get('etag') ?? '' },
    });
    expect(after).toMatchObject({ status: 200, body: { linkages: { education: { status: 'needed' } } } });
    expect(Object.keys(after.body)).toEqual(Object.keys(body));
    expect(body).not.toHaveProperty('child');
    expect((await ask(`/referrals/${id}/identities?purpose=work-on-referral`, { as })).status).toBe(403);
  });

  test('has people to call', async () => {
    const path = `/referrals/${await desk.opened()}/people`;
    expect(await ask(path, { as: worker })).toMatchObject({ status: 200, body: { seats: [], providers: [] } });
    expect((await ask(path, { as: 'provider' })).status).toBe(404);
  });

  test('is audited by administrators and auditors alone', async () => {
    const id = await desk.opened();
    for (const as of ['administrator', 'auditor']) {
      expect(await ask(`/referrals/${id}/audit`, { as })).toMatchObject({
        status: 200,
        body: { chain: { intact: true } },
      });
    }
    expect((await ask(`/referrals/${id}/audit`, { as: 'careline-manager' })).status).toBe(403);
    for (const other of ['CR-00000-000000', 'nonsense']) {
      expect((await ask(`/referrals/${other}/audit`, { as: 'auditor' })).status).toBe(404);
    }
  });
});

describe('a command', () => {
  const path = (id: string, name: string) => `/referrals/${id}/commands/${name}`;

  test('is answered with the referral after it', async () => {
    const id = await desk.opened();
    expect(await ask(path(id, 'report-missing'), { as: 'caseworker', body: {} })).toMatchObject({
      status: 200,
      body: { id, seq: 2, missing: true },
    });
  });

  test('that the domain refuses is answered 409 with a code and a sentence', async () => {
    const id = await desk.opened();
    expect(await ask(path(id, 'record-return'), { as: 'caseworker', body: {} })).toMatchObject({
      status: 409,
      body: { ...problem(409), code: 'not-missing', detail: 'The child is not recorded as missing.' },
    });
  });

  test('with an earlier key is answered as it was the first time', async () => {
    const id = await desk.opened();
    const once = { as: 'caseworker', body: {}, key: 'once' };
    const [first, again] = [await ask(path(id, 'report-missing'), once), await ask(path(id, 'report-missing'), once)];
    expect([first.status, again.status, again.body]).toEqual([200, 200, first.body]);
  });

  test('with an earlier key and another input is answered 422, and nothing changes', async () => {
    const id = await desk.opened({ danger: 'unknown' });
    const as = { as: 'caseworker', key: 'used' };
    await ask(path(id, 'assess-danger'), { ...as, body: { danger: 'yes' } });
    expect(await ask(path(id, 'assess-danger'), { ...as, body: { danger: 'unknown' } })).toMatchObject({
      status: 422,
      body: problem(422),
    });
    expect((await desk.state(id)).response.danger).toBe('yes');
    const long = { as: 'caseworker', key: 'x'.repeat(201), body: { danger: 'no' } };
    expect((await ask(path(id, 'assess-danger'), long)).status).toBe(400);
  });

  test('is forbidden before its input is parsed, and parsed before anything is stored', async () => {
    const id = await desk.opened();
    expect(await ask(path(id, 'screen'), { as: worker, body: { nonsense: 1 } })).toMatchObject({ status: 403 });
    expect(await ask(path(id, 'screen'), { as: 'hart-lead', body: { outcome: 'maybe' } })).toMatchObject({
      status: 400,
      body: { problems: [{ path: 'outcome' }, { path: 'rationale' }] },
    });
    expect(await ask(path(id, 'screen'), { as: 'hart-lead', method: 'POST', text: '{' })).toMatchObject({
      status: 400,
    });
    expect((await desk.state(id)).seq).toBe(1);
  });

  test('that does not exist, or of an unknown referral, is answered 404', async () => {
    const id = await desk.opened();
    for (const name of ['fly', 'toString', '__proto__']) {
      expect((await ask(path(id, name), { as: worker, body: {} })).status).toBe(404);
    }
    for (const other of ['nonsense', 'CR-00000-000000']) {
      expect((await ask(path(other, 'report-missing'), { as: 'caseworker', body: {} })).status).toBe(404);
    }
  });

  test('never comes with a GET', async () => {
    const id = await desk.opened();
    expect((await ask(path(id, 'report-missing'), { as: 'caseworker' })).status).toBe(405);
    expect(isMissing(await desk.state(id))).toBe(false);
  });
});

describe('the lists', () => {
  test('of the queue come page by page, the first due at the top, and are for staff', async () => {
    for (const hour of [3, 1, 2]) {
      await desk.board.put({
        kind: 'referral',
        id: `CR-${hour}`,
        referralId: `CR-${hour}`,
        seq: 1,
        queue: 'open',
        due: `2026-11-09T0${hour}:00:00Z`,
        stage: 'open',
        missed: 0,
        open: 1,
      });
    }
    const first = await ask('/queue?limit=2', { as: worker });
    expect(first).toMatchObject({
      status: 200,
      body: { rows: [{ id: 'CR-1' }, { id: 'CR-2' }], next: expect.any(String) },
    });
    const second = await ask(`/queue?limit=2&after=${first.body.next}`, { as: worker });
    expect(second.body).toEqual({ rows: [expect.objectContaining({ id: 'CR-3' })] });
    for (const as of ['mdt-member', 'provider', 'mdt-coordinator', 'mdt-chair']) {
      expect(await ask('/queue', { as })).toMatchObject({ status: 403, body: problem(403) });
    }
  });

  test.each(['0', '-1', '101', 'many', '1.5', '', '1e1', '0x10'])('answer 400 to a limit of %j', async (limit) => {
    for (const path of ['/queue', '/tasks']) {
      const answer = await ask(`${path}?limit=${limit}&after=nonsense`, { as: worker });
      expect(answer).toMatchObject({ status: 400, body: { problems: [{ path: 'after' }, { path: 'limit' }] } });
    }
  });

  test.each(['1', '99', '100'])('take a limit of %s', async (limit) => {
    expect((await ask(`/queue?limit=${limit}`, { as: worker })).status).toBe(200);
  });

  test.each(['/queue', '/tasks'])('of %s answer 400 for a cursor that is not theirs', async (path) => {
    const forged = Buffer.from(JSON.stringify(['x'.repeat(5000), 'y', 'z'])).toString('base64url');
    for (const after of ['nonsense', 'e30', '', forged]) {
      const answer = await ask(`${path}?after=${after}`, { as: worker });
      expect(answer).toMatchObject({ status: 400, body: { problems: [{ path: 'after' }] } });
    }
  });

  test('of tasks hold the deadlines that wait for the reader', async () => {
    const task = {
      kind: 'seat',
      id: 'CR-1#medical',
      referralId: 'CR-1',
      seq: 1,
      due: 'x',
      stage: 'open',
      missed: 0,
      open: 1,
    } as const;
    await desk.board.put({ ...task, owner: 'P-SEAT-MEDICAL' });
    expect((await ask('/tasks', { as: 'seat-medical' })).body).toMatchObject({ rows: [{ id: 'CR-1#medical' }] });
    expect((await ask('/tasks', { as: worker })).body).toEqual({ rows: [] });
  });

  test('of providers and police come from the directory', async () => {
    expect((await ask('/providers/education', { as: worker })).body).toMatchObject({
      providers: [{ id: 'PV-1' }, { id: 'PV-2' }],
    });
    expect((await ask('/providers/magic', { as: worker })).status).toBe(404);
    expect((await ask('/agencies/Atlantis', { as: worker })).body).toEqual({ agencies: [] });
    expect(await ask(`/agencies/${'x'.repeat(3000)}`, { as: worker })).toMatchObject({
      status: 400,
      body: { problems: [{ path: 'town' }] },
    });
  });
});
