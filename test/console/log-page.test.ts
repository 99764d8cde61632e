/** The log of operations: as API and page, its search, its pages, and what it tells no one. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findByNumber } from '../../shared/application/read/find-by-number.ts';
import { searchByName } from '../../shared/application/read/search.ts';
import { auditCommand } from '../../shared/cli/audit-command.ts';
import { logAnswer } from '../../shared/contracts/answer-shapes.ts';
import { event } from '../../shared/domain/events.ts';
import { policyOf } from '../../shared/policy/policies.ts';
import { decodeCommit } from '../../shared/store/commit.ts';
import { openApi } from '../support/api-client.ts';
import { type Desk, personOf, visitor } from '../support/desk.ts';
import { startConfirmed } from './confirmed.ts';
import { openConsole, plain, signedInAs } from './window.ts';

let desk: Desk;
let api: ReturnType<typeof openApi>;
let id: string;
let other: string;
let sealed: string;
const auditor = personOf('auditor').id;
const caseworker = personOf('caseworker').id;
const reading = { kind: 'command', name: 'read-identities', id: 'READ-1', purpose: 'work-on-referral' } as const;

const readBy = (ledger: Desk['ledger'], of: string, person: string, requestId?: string, onBehalfOf?: string) =>
  ledger.recordAccess(
    of,
    {
      now: desk.now,
      actor: { kind: 'person', id: person },
      onBehalfOf,
      cause: { ...reading, ...(requestId !== undefined && { requestId }) },
    },
    ['childName', 'part2Records'],
  );

beforeAll(async () => {
  ({ desk, id } = await startConfirmed());
  api = openApi(desk);
  other = await desk.opened({ name: 'Jay Canary' });
  sealed = await desk.opened({ name: 'Robin Canary' });
  await desk.do(
    sealed,
    'seal-referral',
    {
      because: 'colleague-involved',
      forPeople: ['careline-supervisor', 'careline-supervisor/2', 'caseworker'].map((as) => personOf(as).id),
      reason: 'A canary.',
    },
    'careline-manager',
  );
  desk.at('2026-11-12T15:00:00Z');
  await readBy(desk.openLedger({ door: 'api' }), id, caseworker, 'RQ-7', personOf('area-supervisor').id);
  await readBy(desk.openLedger({ door: 'console' }), sealed, caseworker, 'RQ-8');
  const task = { now: desk.now, actor: { kind: 'function', id: 'raise-checkpoint' } } as const;
  await desk.ledger.changeReferral(id, { ...task, cause: { kind: 'task', run: `${id}-g1`, requestId: 'RQ-7' } }, () => [
    event('swept', { found: 'cursor-behind' }),
  ]);
  await desk.ledger.changeReferral(id, { ...task, cause: { kind: 'sweep' } }, () => [
    event('swept', { found: 'cursor-behind' }),
  ]);
  desk.at('2026-11-12T15:01:00Z');
});
afterAll(() => desk.stop());

const answer = async (query = '', as = auditor) => {
  const { status, body, text } = await api.ask(`/audit/log${query}`, { as });
  expect([query, status]).toEqual([query, 200]);
  return { ...logAnswer.parse(body), text };
};
const actsFor = async (query = '', as?: string) => (await answer(query, as)).acts;

describe('the log', () => {
  test('has acts and reads of people, the latest first, each with its door and on whose behalf', async () => {
    const acts = await actsFor('?limit=100');
    expect(acts[0]).toMatchObject({
      referralId: id,
      kind: 'read',
      by: caseworker,
      onBehalfOf: personOf('area-supervisor').id,
      door: 'api',
      requestId: 'RQ-7',
      purpose: 'work-on-referral',
      read: ['childName'],
    });
    const times = acts.map(({ at }) => Date.parse(at));
    expect(times).toEqual(times.toSorted((one, other) => other - one));
    expect(acts.every(({ isPerson }) => isPerson)).toBe(true);
    expect(acts.some(({ kind, door }) => kind === 'open-referral' && door === 'not-recorded')).toBe(true);
    // A report requests alerts and comes from none.
    expect(acts.some(({ alertId }) => alertId !== undefined)).toBe(false);
    const [alertId = ''] = Object.keys((await desk.state(id)).alerts);
    const person = { kind: 'person', id: personOf('careline-supervisor').id } as const;
    await desk
      .openLedger({ door: 'console' })
      .changeReferral(
        id,
        { now: desk.now, actor: person, cause: { kind: 'command', name: 'acknowledge-alert', id: 'SEEN' } },
        () => [event('alert-acknowledged', { alertId, groups: [] })],
      );
    expect((await actsFor('?limit=1'))[0]).toMatchObject({ kind: 'acknowledge-alert', door: 'console', alertId });
  });

  test('names an act whose name tells of the work alone, and of no other act that records facts', async () => {
    const kinds = (await actsFor('?limit=100')).map(({ kind }) => kind);
    for (const name of ['screen', 'offer-linkage', 'facts-recorded']) expect(kinds).toContain(name);
    for (const name of ['record-child-seen', 'record-facts', 'record-consent']) expect(kinds).not.toContain(name);
  });

  test('has no name for acts on what is kept apart by 42 CFR Part 2, which would tell of a treatment', async () => {
    const consent = { service: 'substance-use', consentKind: 'written-part-2', consentAnswer: 'given' };
    await desk.do(other, 'record-consent', consent, 'caseworker');
    const [latest] = await actsFor(`?referral=${other}&limit=1`);
    expect(latest).toMatchObject({ kind: 'facts-recorded' });
    const { body } = await api.ask(`/referrals/${other}/audit`, { as: auditor });
    expect((body.commits as unknown[]).at(-1)).toMatchObject({
      cause: { name: 'facts-recorded' },
      events: [{ type: 'facts-recorded', v: 1 }],
    });
  });

  test.each([
    ['person', () => `?person=${caseworker}`, (act: { by: string }) => act.by === caseworker],
    ['referral', () => `?referral=${id}`, (act: { referralId: string }) => act.referralId === id],
    ['kind', () => '?kind=read', (act: { kind: string }) => act.kind === 'read'],
    ['read of the name', () => '?kind=read-name', (act: { read?: string[] }) => act.read?.includes('childName')],
    ['day', () => '?day=2026-11-09', (act: { at: string }) => act.at.startsWith('2026-11-09')],
    ['door', () => '?door=watchdog', (act: { door: string }) => act.door === 'watchdog'],
    ['principal', () => `?person=${personOf('area-supervisor').id}&kind=read`, () => true],
  ])('is searched by %s', async (_, query, fitting) => {
    const all = await actsFor('?limit=100');
    const acts = await actsFor(`${query()}${'&limit=100'}`);
    expect(acts.length).toBeGreaterThan(0);
    expect(acts.every((act) => fitting(act as never))).toBe(true);
    expect(acts.length).toBeLessThan(all.length);
  });

  test('follows a request to what the runs did for it', async () => {
    const acts = await actsFor('?request=RQ-7');
    expect(acts.map(({ kind, door, run }) => [kind, door, run])).toEqual([
      ['task', 'workflow', `${id}-g1`],
      ['read', 'api', undefined],
    ]);
  });

  test('comes by pages, of which each act is on one', async () => {
    const all = await actsFor('?limit=100');
    const seen: unknown[] = [];
    for (let query = '?limit=3'; query !== ''; ) {
      const { acts, next } = await answer(query);
      seen.push(...acts);
      // Beyond the first report there is nothing more to see.
      query = next === undefined || seen.length >= all.length ? '' : `?limit=3&after=${encodeURIComponent(next)}`;
    }
    expect(seen).toEqual(all);
    let pages = 0;
    for (let query = '?person=P-NONE'; query !== '' && pages < 200; pages += 1) {
      const { acts, next, lookedTo } = await answer(query);
      expect([acts, lookedTo === undefined]).toEqual([[], false]);
      query = next === undefined ? '' : `?person=P-NONE&after=${encodeURIComponent(next)}`;
    }
    expect(pages).toBeLessThan(100);
  });

  test('tells of a sealed referral what it tells of an unknown one', async () => {
    const unknown = 'CR-00000-000000';
    const [one, other] = [await answer(`?referral=${sealed}`), await answer(`?referral=${unknown}`)];
    expect(one.text).toBe(other.text);
    for (const query of ['?limit=100', '?request=RQ-8', '?kind=read', '?kind=seal-referral'])
      expect((await answer(query)).text).not.toContain(sealed);
    expect(await actsFor('?request=RQ-8')).toEqual([]);
    // Where the search looks back to is the same whatever lies there.
    const [hidden, none] = [await answer('?request=RQ-8'), await answer('?request=RQ-NONE')];
    expect(hidden.lookedTo).toBe(none.lookedTo);
  });

  test('is for administrators and auditors', async () => {
    for (const as of ['careline-supervisor', 'caseworker', 'hart-director', 'seat:medical', 'evaluator']) {
      const { status, text } = await api.ask('/audit/log', { as: personOf(as).id });
      expect([as, status, text.includes(id)]).toEqual([as, 403, false]);
    }
  });

  test.each([
    ['?day=2026-02-30', 'Give a day as 2026-11-28.'],
    ['?day=yesterday', 'Give a day as 2026-11-28.'],
    [`?person=${'P'.repeat(65)}`, 'Give the id of a person, such as P-1.'],
    ['?referral=Wren%20Example', 'Give the reference of a referral, such as CR-7F3KD-9QXMTQ.'],
    ['?door=window', /Choose one of: api/],
    ['?door=workflow', /Give a referral or a request with it/],
    ['?request=%3Cscript%3E', /Give a request id/],
    ['?after=forged', 'Give what the page before gave as "next", or nothing.'],
  ])('refuses %s with one sentence', async (query, sentence) => {
    const { status, body } = await api.ask(`/audit/log${query}`, { as: auditor });
    expect([status, (body.problems as unknown[]).length]).toEqual([400, 1]);
    expect(body.problems).toMatchObject([{ sentence: expect.stringMatching(sentence) }]);
    const browser = await signedIn('auditor');
    const page = await browser.get(`/log${query}`);
    expect(page.status).toBe(400);
    expect(page.html).not.toContain('<table');
  });

  test('is the same on the command line', async () => {
    const everyId = [id, other, sealed];
    const referrals = await Promise.all(
      everyId.map(async (of) => ({ id: of, commits: (await desk.ledger.referral(of))?.commits ?? [] })),
    );
    const reads = await Promise.all(
      everyId.map(async (of) => ({
        id: of,
        commits: (await desk.ledger.accessRecords(of)).flatMap(({ commits }) =>
          commits.map((each) => decodeCommit(each, (read) => read)),
        ),
      })),
    );
    const never = () => {
      throw new Error('Nothing is read or written here.');
    };
    const read = async () => ({ now: desk.now, referrals, reads });
    for (const [query, args] of [
      ['?limit=100', []],
      ['?limit=100&kind=read', ['--kind', 'read']],
      ['?limit=100&door=watchdog', ['--door', 'watchdog']],
      [`?limit=100&person=${caseworker}`, ['--person', caseworker]],
      ['?request=RQ-7', ['--request', 'RQ-7']],
    ] as const) {
      const { out } = await auditCommand(['log', '--json', ...args], {
        read,
        readChains: never,
        write: never,
      } as never);
      const key = (acts: readonly { referralId: string; seq: number; kind: string; at: string }[]) =>
        acts.map(({ referralId, seq, kind, at }) => `${at} ${referralId} ${kind} ${seq}`).toSorted();
      expect(key(JSON.parse(out))).toEqual(key(await actsFor(query)));
    }
  });
});

const signedIn = (as: string) => signedInAs(openConsole(desk, { parts: { now: () => desk.now, policyOf } }), as);

describe('the page', () => {
  test('shows acts with links to the audit, the run and the request, and nothing of the vault', async () => {
    const browser = await signedIn('auditor');
    const { html } = await browser.get('/log');
    expect(html).toContain(`/referrals/${id}/audit/reads`);
    expect(html).toContain('/log?request=RQ-7');
    const followed = await browser.get('/log?request=RQ-7');
    expect(followed.html).toContain(`/runs/${id}"`);
    // And back: from a run, and from the watchdog.
    expect((await browser.get(`/runs/${id}`)).html).toContain(`/log?referral=${id}`);
    expect((await browser.get('/findings')).html).toContain('/log?door=watchdog');
    for (const path of ['/log', '/log?request=RQ-7', `/log?referral=${id}`, '/log?day=2026-11-09'])
      expect((await browser.get(path)).html).not.toMatch(/Wren|Teal|Canary|canary|203-555-0199|Only by text/);
  });

  test('finds a person in the list or by e-mail address, also one whose access has ended', async () => {
    const browser = await signedIn('auditor');
    const { html } = await browser.get(`/log?person=${caseworker}`);
    expect(html).toMatch(new RegExp(`<option value="${caseworker}" selected=""`));
    const byEmail = await browser.get('/log?person.email=p-careline-supervisor%40dcf.example&kind=read');
    expect(byEmail.location).toMatch(/\/log\?kind=read&person=P-CARELINE-SUPERVISOR$/);
    const wrong = await browser.get('/log?person.email=none%40dcf.example');
    expect([wrong.status, plain(wrong.html).includes('No person in the directory has this e-mail address.')]).toEqual([
      400,
      true,
    ]);
    const gone = personOf('hart-lead/2').id;
    await desk.ledger.changeShifts(
      'SCHEDULE',
      {
        now: desk.now,
        actor: { kind: 'person', id: personOf('administrator').id },
        cause: { kind: 'command', name: 'end-access', id: 'END' },
      },
      () => [{ type: 'access-ended', v: 1, personId: gone, reason: 'left-work' }],
    );
    expect((await browser.get(`/log?person=${gone}`)).html).toMatch(new RegExp(`<option value="${gone}" selected=""`));
  });

  test('tells of a search how, what for and how many were found, and never the words', async () => {
    const searcher = visitor('careline-worker');
    const searched = (name: string) =>
      searchByName({ ...desk.parts(), names: desk.identities }, searcher, { name, purpose: 'work-on-referral' });
    expect(await searched('Jay Canary')).toMatchObject({ kind: 'found', referrals: [{ referralId: other }] });
    desk.at('2026-11-12T15:02:00Z');
    expect(await searched('Otter Nonesuch')).toMatchObject({ referrals: [] });
    await findByNumber({ ...desk.parts() }, searcher, '26-12345');
    desk.at('2026-11-12T15:03:00Z');
    const { html } = await (await signedIn('auditor')).get('/log?kind=search');
    const text = plain(html);
    for (const said of [
      'Searched by name: 1 found. Purpose: work on referral',
      'Searched by name: none found. Purpose: work on referral',
      'Looked for a case number or a part of a reference: none found',
      'No page tells the name or number that was searched.',
    ])
      expect(text).toContain(said);
    expect(html).not.toMatch(/Canary|Nonesuch|26-12345|name:[0-9a-f]{8}|number:[0-9a-f]{8}/);
    const [act] = await actsFor('?kind=search');
    expect(act).toMatchObject({ by: searcher.id, read: [expect.stringMatching(/^(search|number)$/)] });
  });

  test('says that a person is unknown, and leads from page to page', async () => {
    const browser = await signedIn('administrator');
    expect((await browser.get('/log?person=P-NONE')).html).toContain('The directory has no person with this id');
    const { html } = await browser.get('/log');
    const next = /<a href="([^"]+)" rel="next">Earlier acts/.exec(html)?.[1]?.replaceAll('&amp;', '&') ?? '';
    expect((await browser.get(next)).html).toContain('<tbody>');
    expect((await (await signedIn('careline-supervisor')).get('/log')).status).toBe(403);
  });
});
