/** The queue with its filters, the deadlines of one person, the search, the runs, and the duties in the directory. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { queueReaders } from '../../shared/application/access/visitor.ts';
import { directoryReaders } from '../../shared/application/read/who-is-on-duty.ts';
import { foundAnswer, pageAnswer, runsAnswer } from '../../shared/contracts/answer-shapes.ts';
import { directoryAnswer } from '../../shared/contracts/people-answers.ts';
import { runAnswer } from '../../shared/contracts/run-answer.ts';
import { boardRow } from '../../shared/domain/board/board-row.ts';
import { type Role, roles } from '../../shared/domain/core/vocabulary.ts';
import { event } from '../../shared/domain/events.ts';
import { ruleIn } from '../../shared/domain/policy/policy.ts';
import { openApi } from '../support/api-client.ts';
import { type Desk, personOf, startDesk } from '../support/desk.ts';
import { reactTo } from '../support/react-desk.ts';
import { connecticutPolicy } from '../support/released-policy.ts';

let desk: Desk;
let api: ReturnType<typeof openApi>;
/** Hartford, the next day New Haven, the day after Hartford again and withdrawn. One town is unknown. */
let [hartford, newHaven, withdrawn, unknown] = ['', '', '', ''];
/** People whose role is for an office or a region, beside those of the desk. */
const local = ['caseworker@office-HARTFORD', 'hart-liaison@region-4', 'hart-liaison@region-2'];

beforeAll(async () => {
  desk = await startDesk();
  api = openApi(desk);
  await desk.enter(
    local.map(personOf).flatMap((person) => {
      const [{ role, scope } = { role: '', scope: '' }] = person.roles;
      return [
        { pk: `person#${person.id}`, sk: 'profile', sub: `sub-${person.id}`, ...person },
        { pk: `duty#${role}`, sk: `${scope}#1#${person.id}`, personId: person.id, order: 1 },
      ];
    }),
  );
  const opened = async (at: string, residenceTown: string | undefined) => {
    desk.at(at);
    const id = await desk.opened({ residenceTown });
    return id;
  };
  hartford = await opened('2026-11-09T15:00:00Z', 'Hartford');
  newHaven = await opened('2026-11-10T15:00:00Z', 'New Haven');
  withdrawn = await opened('2026-11-11T15:00:00Z', 'Hartford');
  unknown = await opened('2026-11-12T15:00:00Z', undefined);
  await desk.do(withdrawn, 'propose-withdrawal', { because: 'made-in-error', reason: 'R.' }, 'careline-supervisor');
  await desk.do(withdrawn, 'agree-withdrawal', {}, 'careline-manager');
  await reactTo(desk, hartford, newHaven, withdrawn, unknown);
});
afterAll(() => desk.stop());

const worker = personOf('careline-worker').id;
const ask = (path: string, as: string = worker) => api.ask(path, { as });
const idsIn = async (path: string, as?: string) => {
  const { rows } = pageAnswer.parse((await ask(path, as)).body);
  return rows.map(({ referralId }) => referralId);
};
const found = async (query: string, as?: string) => {
  const { referrals } = foundAnswer.parse((await ask(`/referrals${query}`, as)).body);
  return referrals.map(({ referralId }) => referralId);
};

describe('the queue', () => {
  test('has open referrals, and withdrawn ones with duties of law, most urgent first', async () => {
    expect(await idsIn('/queue')).toEqual([hartford, newHaven, unknown, withdrawn]);
  });

  test.each([
    ['?stage=open', () => [hartford, newHaven, unknown]],
    ['?stage=withdrawn', () => [withdrawn]],
    ['?stage=closed', () => []],
    ['?region=4', () => [hartford, withdrawn]],
    ['?region=2', () => [newHaven]],
    ['?region=unknown', () => [unknown]],
    ['?region=4&stage=open', () => [hartford]],
    ['?region=4&stage=withdrawn', () => [withdrawn]],
  ])('with %s has only those', async (query, expected) => {
    expect(await idsIn(`/queue${query}`)).toEqual(expected());
  });

  test('with overdue has only what is due before now, also in a region', async () => {
    const first = boardRow.parse((await desk.board.queue('open', { limit: 1 })).rows[0]);
    const before = desk.now;
    desk.at(new Date(Date.parse(first.due) + 1000).toISOString());
    expect(await idsIn('/queue?overdue=yes')).toEqual([hartford]);
    expect(await idsIn('/queue?overdue=yes&region=2')).toEqual([]);
    desk.at(first.due);
    expect(await idsIn('/queue?overdue=yes')).toEqual([]);
    desk.at(before);
  });

  test('with an owner has each open deadline of that role, least time left first', async () => {
    const { rows } = pageAnswer.parse((await ask('/queue?owner=area-oncall')).body);
    expect(rows.length).toBeGreaterThanOrEqual(2);
    expect(rows.map(({ kind }) => kind)).toEqual(rows.map(() => 'deadline'));
    expect(rows.map(({ due }) => due)).toEqual(rows.map(({ due }) => due).toSorted());
    expect(new Set(await idsIn('/queue?owner=area-oncall&region=2'))).toEqual(new Set([newHaven]));
  });

  test('gives each row once, page by page', async () => {
    const seen: string[] = [];
    for (let after = ''; ; ) {
      const page = pageAnswer.parse((await ask(`/queue?limit=1${after && `&after=${after}`}`)).body);
      seen.push(...page.rows.map(({ referralId }) => referralId));
      if (page.next === undefined) break;
      after = page.next;
    }
    expect(seen).toEqual([hartford, newHaven, unknown, withdrawn]);
  });

  test.each([
    ['?stage=Aspen', 'stage'],
    ['?region=9', 'region'],
    ['?owner=Aspen', 'owner'],
    ['?overdue=no', 'overdue'],
    ['?limit=0', 'limit'],
    ['?after=Aspen', 'after'],
    ['?child=Aspen', 'child'],
  ])('answers 400 to %s and names the field, never the value', async (query, path) => {
    const answer = await ask(`/queue${query}`);
    expect(answer).toMatchObject({ status: 400, body: { problems: [{ path }] } });
    expect(answer.text).not.toContain('Aspen');
  });

  test('has a cursor that names no row, and refuses a changed or invented one', async () => {
    const { next = '' } = pageAnswer.parse((await ask('/queue?limit=2')).body);
    const bytes = Buffer.from(next, 'base64url');
    for (const id of [hartford, newHaven, withdrawn, unknown]) expect(bytes.toString('latin1')).not.toContain(id);
    expect(pageAnswer.parse((await ask('/queue?limit=2')).body).next).toBe(next);
    const first = await desk.board.queue('open', { limit: 1 });
    const bent = [0, 13, bytes.length - 1].map((place) => {
      const other = Buffer.from(bytes);
      other.writeUInt8(other.readUInt8(place) ^ 1, place);
      return other.toString('base64url');
    });
    for (const after of [...bent, next.slice(0, 20), next.slice(0, -4), `${next}~`, first.next ?? '']) {
      const answer = await ask(`/queue?after=${after}`);
      expect(answer).toMatchObject({ status: 400, body: { problems: [{ path: 'after' }] } });
    }
  });

  test('has an empty page after a cursor beyond now, where only overdue rows are asked for', async () => {
    const { next } = pageAnswer.parse((await ask('/queue?limit=2')).body);
    const before = desk.now;
    desk.at('2026-11-09T15:00:00Z');
    expect(await ask(`/queue?overdue=yes&after=${next}`)).toMatchObject({ status: 200, body: { rows: [] } });
    desk.at(before);
  });
});

describe('the deadlines of one person', () => {
  test('are those of their duties: class now first, then by time left', async () => {
    const mine = pageAnswer.parse((await ask('/deadlines', personOf('hart-liaison@region-4').id)).body).rows;
    expect(new Set(mine.map(({ referralId }) => referralId))).toEqual(new Set([hartford, withdrawn]));
    expect(mine.every(({ rule }) => rule !== undefined)).toBe(true);
    const state = await desk.state(hartford);
    const open = Object.values(state.deadlines).filter(({ status }) => status === 'open');
    const here = mine.filter(({ referralId }) => referralId === hartford);
    expect(open.map(({ id }) => id)).toEqual(expect.arrayContaining(here.map(({ deadlineId }) => deadlineId)));
    // D3 is a duty of class now, so it comes before earlier deadlines that can wait for tomorrow.
    const classOf = (rule = '') => Number(ruleIn(connecticutPolicy, rule).alarm.class !== 'now');
    const byHarm = mine.toSorted(
      (one, other) => classOf(one.rule) - classOf(other.rule) || (one.due < other.due ? -1 : 1),
    );
    expect(mine.map(({ rule, due }) => [rule, due])).toEqual(byHarm.map(({ rule, due }) => [rule, due]));
    const others = await idsIn('/deadlines', personOf('hart-liaison@region-2').id);
    expect(new Set(others)).toEqual(new Set([newHaven]));
  });

  test('of an unknown duty are those of the Careline supervisor', async () => {
    const rows = pageAnswer.parse((await ask('/deadlines', personOf('careline-supervisor').id)).body).rows;
    const rules = (of: string) => new Set(rows.filter(({ referralId }) => referralId === of).map(({ rule }) => rule));
    expect(rules(unknown).size).toBeGreaterThan(rules(hartford).size);
    expect(rules(unknown)).toContain('D3');
  });

  test('come page by page, each once, also where two duties of the same person lead to one', async () => {
    const both = { ...personOf('careline-supervisor'), id: 'P-BOTH' };
    const held = [...both.roles, { role: 'careline-worker' as const, scope: 'state' }];
    await desk.enter([{ pk: 'person#P-BOTH', sk: 'profile', sub: 'sub-P-BOTH', ...both, roles: held }]);
    const seen: (string | undefined)[] = [];
    for (let after = ''; ; ) {
      const page = pageAnswer.parse((await ask(`/deadlines?limit=2${after && `&after=${after}`}`, 'P-BOTH')).body);
      seen.push(...page.rows.map(({ deadlineId }) => deadlineId));
      if (page.next === undefined) break;
      after = page.next;
    }
    const supervisors = pageAnswer.parse((await ask('/deadlines', personOf('careline-supervisor').id)).body).rows;
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.length).toBeGreaterThan(supervisors.length);
    expect(seen).toEqual(expect.arrayContaining(supervisors.map(({ deadlineId }) => deadlineId)));
  });

  test('can be the overdue ones alone, and leave out kept ones', async () => {
    const before = desk.now;
    const as = personOf('careline-worker').id;
    desk.at('2026-11-09T15:00:00Z');
    expect(await idsIn('/deadlines?overdue=yes', as)).toEqual([]);
    desk.at('2026-11-10T04:00:00Z');
    const late = pageAnswer.parse((await ask('/deadlines?overdue=yes', as)).body).rows;
    expect(late.map(({ referralId, rule }) => [referralId, rule])).toContainEqual([hartford, 'D3']);
    desk.at(before);
    const police = {
      covers: ['state'],
      agencyId: 'PD-1',
      method: 'phone',
      personReached: 'Words.',
      agencyReference: 'Words.',
    };
    await desk.do(unknown, 'notify-police', police, 'careline-worker');
    const kept = Object.values((await desk.state(unknown)).deadlines).filter(({ status }) => status === 'kept');
    expect(kept.length).toBeGreaterThan(0);
    await reactTo(desk, unknown);
    const rows = pageAnswer.parse((await ask('/deadlines', as)).body).rows;
    for (const { id } of kept) expect(rows.map(({ deadlineId }) => deadlineId)).not.toContain(id);
  });

  test("are shown to a provider's contact and to members who signed, without any fact of the case", async () => {
    const id = await desk.opened();
    await desk.do(id, 'screen', { outcome: 'high-risk', rationale: 'Words.' }, 'hart-liaison');
    for (const step of ['ProposeEligibility', 'DrawRoster', 'InviteMdt'] as const) await desk.step(id, step);
    await desk.do(id, 'offer-linkage', { service: 'education', providerId: 'PV-1' }, 'caseworker');
    await reactTo(desk, id);
    const own = async (as: string) =>
      pageAnswer.parse((await ask('/deadlines', as)).body).rows.filter(({ referralId }) => referralId === id);
    const bare = ['deadlineId', 'due', 'id', 'kind', 'missed', 'open', 'owner', 'referralId', 'rule', 'seq', 'stage'];
    const services = await own('PV-1.CONTACT');
    expect(services.length).toBeGreaterThan(0);
    for (const row of services) expect(Object.keys(row).toSorted()).toEqual([...bare, 'subject']);
    const member = personOf('seat:medical').id;
    expect(await own(member)).toEqual([]);
    await desk.do(id, 'sign-confidentiality', { conflict: 'no' }, 'seat:medical');
    for (const { discipline } of (await desk.state(id)).team.seats) {
      await desk.do(id, 'inform-seat', { discipline }, 'mdt-coordinator');
    }
    await reactTo(desk, id);
    const seats = await own(member);
    expect(seats.map(({ rule }) => rule)).toEqual(['D15']);
    for (const row of seats) expect(Object.keys(row).toSorted()).toEqual([...bare, 'joins'].toSorted());
    expect(await own('PV-2.CONTACT')).toEqual([]);
  });

  test('are hidden from a person with a conflict of interest, and so is the queue', async () => {
    const id = await desk.opened();
    await desk.do(id, 'screen', { outcome: 'high-risk', rationale: 'Words.' }, 'hart-liaison');
    for (const step of ['ProposeEligibility', 'DrawRoster', 'InviteMdt'] as const) await desk.step(id, step);
    const [caseworker, other] = [personOf('caseworker').id, personOf('careline-supervisor').id];
    const member = personOf('seat:medical').id;
    const both = {
      ...personOf('seat:medical'),
      roles: [...personOf('careline-worker').roles, ...personOf('seat:medical').roles],
    };
    await desk.enter([{ pk: `person#${member}`, sk: 'profile', sub: `sub-${member}`, ...both }]);
    await reactTo(desk, id);
    expect(await idsIn('/queue', member)).toContain(id);
    expect(await idsIn('/deadlines', member)).toContain(id);
    await desk.do(id, 'sign-confidentiality', { conflict: 'yes' }, 'seat:medical');
    await reactTo(desk, id);
    for (const path of ['/queue', '/deadlines', '/referrals']) expect((await ask(path, member)).text).not.toContain(id);
    const texts = await Promise.all([caseworker, other].map(async (as) => (await ask('/queue', as)).text));
    for (const text of texts) {
      expect(text).toContain(id);
      expect(text).not.toContain(member);
    }
  });

  test('of a sealed referral are only on the lists of the people its seal names', async () => {
    const before = await idsIn('/deadlines', personOf('careline-supervisor').id);
    expect(before).toContain(newHaven);
    const forPeople = ['careline-supervisor', 'careline-supervisor/2'].map((as) => personOf(as).id);
    const reason = 'A colleague is involved.';
    await desk.do(newHaven, 'seal-referral', { because: 'colleague-involved', forPeople, reason }, 'careline-manager');
    await reactTo(desk, newHaven);
    for (const as of [...roles, 'careline-supervisor/2', ...local].map((each) => personOf(each).id)) {
      const lists = [
        '/deadlines',
        '/queue',
        '/queue?region=2',
        '/queue?owner=careline-worker',
        '/referrals',
        '/audit/runs',
        '/audit/log',
      ];
      const texts = await Promise.all(lists.map(async (path) => (await ask(path, as)).text));
      const named = forPeople.includes(as);
      expect([as, texts.some((text) => text.includes(newHaven))]).toEqual([as, named]);
    }
    expect(await found(`?reference=${newHaven}`)).toEqual([]);
    expect(await found(`?reference=${newHaven}`, forPeople[0])).toEqual([newHaven]);
    await desk.do(newHaven, 'unseal-referral', { reason }, 'careline-supervisor');
    await reactTo(desk, newHaven);
    expect(await idsIn('/deadlines', personOf('careline-supervisor').id)).toContain(newHaven);
  });
});

describe('the search for referrals', () => {
  test.each([
    ['', () => [withdrawn, newHaven, hartford]],
    ['?stage=withdrawn', () => [withdrawn]],
    ['?region=4', () => [withdrawn, hartford]],
    ['?region=4&stage=open', () => [hartford]],
    ['?from=2026-11-10&to=2026-11-11', () => [withdrawn, newHaven]],
    ['?to=2026-11-09', () => [hartford]],
    ['?from=2026-11-12&region=4', () => []],
    ['?bounced=yes', () => []],
    ['?from=2027-01-01', () => []],
  ])('with %s finds the newest report first', async (query, expected) => {
    const all = await found(query);
    expect(all.filter((id) => [hartford, newHaven, withdrawn, unknown].includes(id))).toEqual(
      query === '' ? [unknown, ...expected()] : expected(),
    );
  });

  test('of open ones without a day has the order of the queue', async () => {
    const open = await found('?stage=open');
    expect(open.filter((id) => [hartford, newHaven, unknown].includes(id))).toEqual([hartford, newHaven, unknown]);
    expect(open).toEqual(await idsIn('/queue?stage=open'));
  });

  test('finds one by its reference in any spelling, and only in its own stage', async () => {
    expect(await found(`?reference=${hartford.toLowerCase().replaceAll('-', '')}`)).toEqual([hartford]);
    expect(await found(`?reference=${hartford}&stage=closed`)).toEqual([]);
    expect(await found('?reference=CR-00000-000000')).toEqual([]);
  });

  test('finds overdue ones, the longest overdue first, each with its next deadline', async () => {
    const before = desk.now;
    desk.at('2026-11-13T15:00:00Z');
    const { referrals } = foundAnswer.parse((await ask('/referrals?overdue=yes&from=2026-11-09&to=2026-11-10')).body);
    expect(referrals.map(({ referralId }) => referralId)).toEqual([hartford, newHaven]);
    expect(referrals).toMatchObject([
      { overdue: true, region: '4', stage: 'open' },
      { overdue: true, region: '2' },
    ]);
    expect(await found('?overdue=yes&region=2')).toEqual([newHaven]);
    desk.at(before);
  });

  test('finds those with an undelivered alert', async () => {
    const { state } = (await desk.ledger.referral(hartford)) ?? {};
    const alertId = `${hartford}.A${Object.keys(state?.alerts ?? {}).length + 1}`;
    const cause = { kind: 'task', run: 'a test' } as const;
    await desk.ledger.changeReferral(
      hartford,
      { now: desk.now, actor: { kind: 'function', id: 'test' }, cause },
      () => [
        event('alert-requested', { alertId, kind: 'referral-opened', to: ['caseworker'], people: [], deputies: false }),
        event('alert-unreachable', { alertId, groups: ['caseworker'] }),
      ],
    );
    await reactTo(desk, hartford);
    expect(await found('?bounced=yes')).toEqual([hartford]);
    expect(await found('?bounced=yes&region=2')).toEqual([]);
    expect(await found(`?bounced=yes&reference=${hartford}`)).toEqual([hartford]);
  });

  test('gives each referral once, page by page, over every stage', async () => {
    const seen: string[] = [];
    for (let after = ''; ; ) {
      const page = foundAnswer.parse((await ask(`/referrals?limit=1${after && `&after=${after}`}`)).body);
      seen.push(...page.referrals.map(({ referralId }) => referralId));
      if (page.next === undefined) break;
      after = page.next;
    }
    expect(seen).toEqual(await found('?limit=100'));
    expect(seen.length).toBeGreaterThan(3);
  });

  test.each([
    ['?reference=Aspen', 'reference'],
    ['?from=Aspen', 'from'],
    ['?from=1026-11-10', 'from'],
    ['?to=2026-02-31', 'to'],
    ['?from=2026-11-10&to=2026-11-09', 'to'],
    ['?bounced=Aspen', 'bounced'],
    ['?name=Aspen', 'name'],
    [`?after=${Buffer.from('{"Aspen":["x"]}').toString('base64url')}`, 'after'],
  ])('answers 400 to %s and names the field, never the value', async (query, path) => {
    const answer = await ask(`/referrals${query}`);
    expect(answer).toMatchObject({ status: 400, body: { problems: [{ path }] } });
    expect(answer.text).not.toContain('Aspen');
  });
});

describe('the readers of each list', () => {
  const lists: readonly (readonly [string, readonly Role[]])[] = [
    ['/queue', queueReaders],
    ['/deadlines', roles],
    ['/referrals', queueReaders],
    ['/audit/runs', ['administrator', 'auditor']],
    ['/audit/log', ['administrator', 'auditor']],
    ['/directory?role=legal', directoryReaders],
  ];
  test.each(lists)('of %s: 200 for those and 403 for the rest', async (path, readers) => {
    for (const role of roles) {
      const { status } = await ask(path, personOf(role).id);
      expect([role, status]).toEqual([role, readers.includes(role) ? 200 : 403]);
    }
  });
});

test('runs are listed with their executions, and on demand only the restarted ones', async () => {
  const as = personOf('auditor').id;
  const runs = async (query = '') => runsAnswer.parse((await ask(`/audit/runs${query}`, as)).body).runs;
  expect(await runs(`?text=${hartford}`)).toContainEqual(
    expect.objectContaining({ run: hartford, execution: `${hartford}-g1`, generation: 1, stage: 'open' }),
  );
  expect(await runs('?time=lost')).toEqual([]);
  const deadlineId = `${hartford}.D1.1`;
  await desk.ledger.changeReferral(
    hartford,
    { now: desk.now, actor: { kind: 'function', id: 'test' }, cause: { kind: 'task', run: 'a test' } },
    () => [event('run-lost', { run: deadlineId, generation: 1 })],
  );
  await reactTo(desk, hartford);
  expect(await runs('?time=lost')).toMatchObject([
    { run: deadlineId, referralId: hartford, execution: `${deadlineId}-g2`, generation: 2, rule: 'D1' },
  ]);
  const one = await ask(`/audit/runs/${deadlineId}`, as);
  expect(runAnswer.parse(one.body)).toMatchObject({
    run: deadlineId,
    machine: 'deadline',
    predecessors: [{ generation: 1, because: 'lost', execution: `${deadlineId}-g1` }],
  });
  for (const unknown of ['CR-NOPE', `${hartford}.D99.1`])
    expect([unknown, (await ask(`/audit/runs/${unknown}`, as)).status]).toEqual([unknown, 404]);
});

test("the directory lists a duty's people by scope and order, their absences, and numbers for texts", async () => {
  const texted = personOf('hart-liaison@region-4');
  const asked = async (query: string) => directoryAnswer.parse((await ask(`/directory${query}`)).body).people;
  const liaisons = await asked('?role=hart-liaison');
  expect(liaisons.map(({ scope }) => scope)).toEqual(['region-2', 'region-4', 'state', 'state']);
  expect(await asked('?role=hart-liaison&scope=region-4')).toMatchObject([
    { id: texted.id, order: 1, away: false, phone: '203-555-0100', hasTextPhone: false },
  ]);
  await desk.enter([{ pk: `person#${texted.id}`, sk: 'profile', ...texted, textPhone: '+12035550188' }]);
  const answer = await ask('/directory?role=hart-liaison&scope=region-4');
  expect(answer.body).toMatchObject({ people: [{ id: texted.id, hasTextPhone: true }] });
  expect(answer.text).not.toContain('5550188');
  expect(await asked('?role=hart-liaison&scope=region-6')).toEqual([]);
  for (const query of ['', '?role=Aspen', '?role=legal&scope=Aspen', '?role=legal&more=1']) {
    const answer = await ask(`/directory${query}`);
    expect(answer.status).toBe(400);
    expect(answer.text).not.toContain('Aspen');
  }
});
