/** The log of operations: as API and page, its search, its pages, and what it tells no one. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { auditCommand } from '../../shared/cli/audit-command.ts';
import { logAnswer } from '../../shared/contracts/answer-shapes.ts';
import { event } from '../../shared/domain/events.ts';
import { policyOf } from '../../shared/policy/policies.ts';
import { decodeCommit } from '../../shared/store/commit.ts';
import { openApi } from '../support/api-client.ts';
import { type Desk, personOf } from '../support/desk.ts';
import { startConfirmed } from './confirmed.ts';
import { openConsole, signedInAs } from './window.ts';

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
    // Screening tells of the child, so an auditor reads that facts were recorded.
    expect(acts.map(({ kind }) => kind)).not.toContain('record-child-seen');
  });

  test.each([
    ['person', () => `?person=${caseworker}`, (act: { by: string }) => act.by === caseworker],
    ['referral', () => `?referral=${id}`, (act: { referralId: string }) => act.referralId === id],
    ['kind', () => '?kind=read', (act: { kind: string }) => act.kind === 'read'],
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

  test('says that a person is unknown, and leads from page to page', async () => {
    const browser = await signedIn('administrator');
    expect((await browser.get('/log?person=P-NONE')).html).toContain('The directory has no person with this id');
    const { html } = await browser.get('/log');
    const next = /<a href="([^"]+)" rel="next">Earlier acts/.exec(html)?.[1]?.replaceAll('&amp;', '&') ?? '';
    expect((await browser.get(next)).html).toContain('<tbody>');
    expect((await (await signedIn('careline-supervisor')).get('/log')).status).toBe(403);
  });
});
