import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { callsOf, readCalls, unansweredCalls, unansweredFor } from '../../../shared/application/read/read-calls.ts';
import type { CallTask } from '../../../shared/application/use-cases/call-tasks.ts';
import { boardRows } from '../../../shared/domain/board/board-rows.ts';
import { ncmec, statePolice } from '../../../shared/policy/public-hotlines.ts';
import { type Desk, personOf, startDesk, visitor } from '../../support/desk.ts';
import { connecticutPolicy } from '../../support/released-policy.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk();
  const duties = ['area-oncall', 'area-oncall/2'].map((as, index) => {
    const { id: personId } = personOf(as);
    return { pk: 'duty#area-oncall', sk: `office-HARTFORD#${index + 1}#${personId}`, personId, order: index + 1 };
  });
  await desk.enter(duties);
});
afterAll(() => desk.stop());

const missing = { danger: 'yes', missingNow: 'yes' };
/** Puts the board rows of the referral as it is now, as the reaction to a commit does. */
async function react(id: string): Promise<void> {
  for (const row of boardRows(await desk.state(id), connecticutPolicy)) await desk.board.put(row);
}
const tasksOf = async (id: string, as = 'careline-worker'): Promise<readonly CallTask[]> =>
  readCalls(desk.directory, await desk.state(id), connecticutPolicy, visitor(as), desk.now);
const named = (tasks: readonly CallTask[], rule: string): CallTask => {
  const found = tasks.find(({ duties }) => duties.some((duty) => duty.rule === rule));
  if (!found) throw new Error(`There is no call about ${rule}.`);
  return found;
};
const idOf = (as: string) => personOf(as).id;
const called = (id: string, rule: string, result: string, callee: object, as = 'careline-worker') =>
  desk.do(id, 'record-call', { deadlineId: `${id}.${rule}.1`, result, ...callee }, as);

describe('the call task of a report that was just stored', () => {
  test('names the office on call after the police: name, number, due instant and the ten minutes', async () => {
    const id = await desk.opened(missing);
    const [, first] = await tasksOf(id);
    expect(first).toMatchObject({
      referralId: id,
      deadlineId: `${id}.D6.1`,
      duties: [
        { rule: 'D6', title: 'Start the response: go to the child', due: '2026-11-09T17:00:00Z', overdue: false },
      ],
      next: idOf('area-oncall'),
      nextCallAt: '2026-11-09T15:10:00.000Z',
      isRinging: true,
    });
    expect(first?.callees[0]).toMatchObject({
      id: idOf('area-oncall'),
      phone: '203-555-0100',
      standing: { by: 'directory', isFirst: true },
      calls: [],
    });
    expect(first?.callees.slice(0, 3).map(({ id: each }) => each)).toEqual(
      ['area-oncall', 'area-oncall/2', 'director-oncall'].map(idOf),
    );
  });

  test('calls the police once for every notice, and NCMEC at its public number', async () => {
    const tasks = await tasksOf(await desk.opened(missing));
    expect(named(tasks, 'D12a').duties.map(({ rule }) => rule)).toEqual(['D12a', 'D3', 'D4']);
    expect(named(tasks, 'D12a').callees).toMatchObject([{ kind: 'agency', id: 'PD-1', phone: '203-555-0102' }]);
    expect(named(tasks, 'D12b').callees).toMatchObject([{ kind: 'agency', id: ncmec.id, phone: ncmec.phone }]);
  });

  test('says after the return that the child is back, and that the report of the time missing is still owed', async () => {
    const id = await desk.opened(missing);
    expect(named(await tasksOf(id), 'D12b').duties[0].title).toBe('Report the missing child to NCMEC');
    await desk.do(id, 'record-return', {}, 'careline-worker');
    const tasks = await tasksOf(id);
    expect(named(tasks, 'D12b').duties[0].title).toBe('Report the missing child to NCMEC (child is back)');
    const police = named(tasks, 'D12a');
    expect(police.say).toContain('Please record that a child was missing and has returned (NCIC) now.');
    expect(police.say).not.toContain('enter a missing-person record');
  });

  test("says on the telephone the reference, what to do by when and where to call back, never the child's data", async () => {
    const id = await desk.opened({ ...missing, name: 'Wren Example', phone: '203-555-0199' });
    const tasks = await tasksOf(id);
    expect(named(tasks, 'D6').say).toBe(
      `This is the DCF Careline, reference ${id}. Please start the response: go to the child by 12:00 PM. Call me back at 203-555-0100.`,
    );
    expect(JSON.stringify(tasks)).not.toMatch(/Wren|0199/);
  });

  test('speaks as the Careline for its own people alone', async () => {
    const id = await desk.opened(missing);
    const [first] = await tasksOf(id, 'caseworker');
    expect(first?.say).toMatch(new RegExp(`^This is DCF, reference ${id}`));
  });

  test('says of an exam that it rests on an assault no one was asked about, until the time is known', async () => {
    const id = await desk.opened({ ...missing, lastAssaultAt: 'unknown' });
    const unless = 'Due while no one has said when the last assault was, or that none was. Ask, and record it.';
    expect(named(await tasksOf(id), 'D17').duties[0].unless).toBe(unless);
    await desk.do(id, 'record-facts', { lastAssaultAt: desk.now, knownAt: desk.now }, 'careline-worker');
    expect(named(await tasksOf(id), 'D17').duties[0].unless).toBeUndefined();
  });

  test.each([
    ['yes', '911', 'Ask the dispatcher for the State Police: dial 911'],
    ['no', statePolice.phone, 'Not for an emergency: in danger now, dial 911'],
    ['unknown', statePolice.phone, 'Not for an emergency: in danger now, dial 911'],
  ] as const)('of a town without a number leads to the State Police: danger %s', async (danger, phone, title) => {
    const id = await desk.opened({ ...missing, danger, residenceTown: 'unknown' });
    const [callee] = named(await tasksOf(id), 'D12a').callees;
    expect(callee).toMatchObject({ id: statePolice.id, phone, title: expect.stringContaining(title) });
    expect(statePolice.phone).not.toBe('911');
  });

  test('calls the state police where the town is not known', async () => {
    const id = await desk.opened({ ...missing, residenceTown: 'unknown' });
    const police = named(await tasksOf(id), 'D12a');
    expect(police.callees).toMatchObject([{ kind: 'agency', id: statePolice.id }]);
    expect(police.next).toBe(statePolice.id);
    await called(id, 'D12A', 'reached', { agencyId: statePolice.id });
    await desk.do(
      id,
      'notify-police',
      {
        covers: ['missing'],
        agencyId: statePolice.id,
        method: 'phone',
        agencyReference: '26-1',
        personReached: 'Sgt. Example',
      },
      'careline-worker',
    );
  });

  test('names the stand-in as callee, who may say that they have the child', async () => {
    const id = await desk.opened({ ...missing, residenceTown: 'unknown' });
    const task = named(await tasksOf(id, 'careline-supervisor'), 'D6');
    expect(task.callees[0]).toMatchObject({ id: idOf('careline-supervisor'), isReader: true });
    expect(task).toMatchObject({ isReaders: true, isRinging: true });
    await desk.do(id, 'answer-alarm', { deadlineId: `${id}.D6.1` }, 'careline-supervisor');
    expect(named(await tasksOf(id), 'D6').heldBy?.id).toBe(idOf('careline-supervisor'));
  });
});

describe('the order of calling', () => {
  test('moves to the next person without an answer, then begins again with the least called', async () => {
    const id = await desk.opened({ danger: 'yes' });
    const nextAfter = async (as: string) => {
      await called(id, 'D6', 'no-answer', { personId: idOf(as) });
      return named(await tasksOf(id), 'D6').next;
    };
    expect(await nextAfter('area-oncall')).toBe(idOf('area-oncall/2'));
    expect(await nextAfter('area-oncall/2')).toBe(idOf('director-oncall'));
    const task = named(await tasksOf(id), 'D6');
    expect(task.callees[0]?.calls).toMatchObject([{ result: 'no-answer', by: idOf('careline-worker') }]);
  });

  test('names the person on shift, until when and under which number, before the directory', async () => {
    const id = await desk.opened({ danger: 'yes' });
    const personId = idOf('area-oncall/2');
    const shift = {
      id: 'SH-1-1',
      role: 'area-oncall',
      scope: 'state',
      order: 1,
      personId,
      phone: '203-555-0177',
    } as const;
    const asked = {
      ...desk.directory,
      onCall: async (...given: Parameters<typeof desk.directory.onCall>) => {
        const listed = await desk.directory.onCall(...given);
        const onShift = { personId, by: 'shift' as const, until: '2026-11-09T20:00:00.000Z', phone: shift.phone };
        return given[0] === shift.role ? [onShift, ...listed.filter((each) => each.personId !== personId)] : listed;
      },
    };
    const [, first] = await readCalls(
      asked,
      await desk.state(id),
      connecticutPolicy,
      visitor('careline-worker'),
      desk.now,
    );
    expect(first?.callees[0]).toMatchObject({
      id: personId,
      phone: '203-555-0177',
      standing: { by: 'shift', until: '2026-11-09T20:00:00.000Z' },
    });
  });

  test('begins with the Careline supervisor for the exam until the liaison has accepted, then with the liaison', async () => {
    const id = await desk.opened({ danger: 'yes', lastAssaultAt: '2026-11-09T10:00:00Z' });
    const firstOf = async () => named(await tasksOf(id), 'D17').callees[0]?.id;
    expect(await firstOf()).toBe(idOf('careline-supervisor'));
    await desk.do(id, 'assign-liaison', { personId: idOf('hart-liaison/2') }, 'hart-lead');
    expect(await firstOf()).toBe(idOf('careline-supervisor'));
    await desk.do(id, 'accept-assignment', {}, 'hart-liaison/2');
    expect(await firstOf()).toBe(idOf('hart-liaison/2'));
  });

  test('never gives people their own number', async () => {
    const id = await desk.opened({ danger: 'yes' });
    const task = named(await tasksOf(id, 'area-oncall'), 'D6');
    expect(task.next).toBe(idOf('area-oncall/2'));
    expect(task.callees[0]).toMatchObject({ id: idOf('area-oncall'), isReader: true });
    expect(task.isReaders).toBe(true);
  });
});

describe('the order of the duties of a referral', () => {
  const order = async (id: string, as = 'careline-worker') =>
    (await tasksOf(id, as)).map(({ duties: [{ rule }] }) => rule);

  test('begins with the overdue ones, then those with less than an hour left, then the most urgent kind', async () => {
    const from = Date.parse(desk.now);
    const minutesOn = (minutes: number) => new Date(from + minutes * 60_000).toISOString();
    // The window of the exam closes 120 hours after the assault, in half an hour.
    const lastAssaultAt = new Date(from + 30 * 60_000 - 120 * 3_600_000).toISOString();
    const id = await desk.opened({ danger: 'yes', lastAssaultAt }, { receivedAt: desk.now });
    expect((await order(id)).slice(0, 3)).toEqual(['D3', 'D17', 'D6']);
    const task = named(await tasksOf(id), 'D17');
    expect(task.pressing).toBe(true);
    desk.at(minutesOn(10));
    expect((await order(id))[1]).toBe('D17');
    // The response is due after two hours, so it is overdue now.
    desk.at(minutesOn(125));
    expect((await order(id))[1]).toBe('D6');
    expect(named(await tasksOf(id), 'D6').duties[0].overdue).toBe(true);
  });

  test('puts the call that sends a person to the child before classification, which is due first', async () => {
    const id = await desk.opened({ danger: 'yes' });
    expect((await order(id)).slice(0, 3)).toEqual(['D3', 'D6', 'D1']);
    desk.at(new Date(Date.parse(desk.now) + 35 * 60_000).toISOString());
    expect((await order(id)).slice(0, 3)).toEqual(['D3', 'D6', 'D1']);
    expect(named(await tasksOf(id), 'D1').duties[0].overdue).toBe(true);
  });
});

describe('the police, for a child in danger now', () => {
  test('are called first and at once, and their due time of law does not move', async () => {
    const id = await desk.opened({ danger: 'yes', perpetrators: ['caregiver'] });
    const [police] = await tasksOf(id);
    const due = new Date(Date.parse(desk.now) + 12 * 3_600_000).toISOString().replace('.000Z', 'Z');
    expect(police).toMatchObject({
      callAtOnce: true,
      duties: [{ rule: 'D3', due, byLaw: true }],
      callees: [{ id: 'PD-1', mayHear: ['placeNow'] }],
    });
    expect(police?.say).toContain('Please take the notice of a report now.');
    await called(id, 'D3', 'reached', { agencyId: 'PD-1' });
    expect((await tasksOf(id))[0]?.callAtOnce).toBeUndefined();
  });

  test('have no first place while danger is not known', async () => {
    const tasks = await tasksOf(await desk.opened({ danger: 'unknown' }));
    expect(tasks.some(({ callAtOnce }) => callAtOnce)).toBe(false);
    expect(tasks[0]?.duties[0].rule).toBe('D6');
  });
});

describe('the place of the child on the telephone', () => {
  test('is for the person who goes and for the police, and never for NCMEC', async () => {
    const tasks = await tasksOf(await desk.opened(missing));
    expect(named(tasks, 'D6').callees[0]?.mayHear).toEqual(['placeNow', 'safePlace']);
    expect(named(tasks, 'D3').callees[0]?.mayHear).toEqual(['placeNow']);
    expect(named(tasks, 'D12b').callees[0]?.mayHear).toBeUndefined();
  });
});

describe('two people who call at once', () => {
  test('see each other, until one has a result', async () => {
    const id = await desk.opened({ danger: 'yes' });
    const onCall = { personId: idOf('area-oncall') };
    await called(id, 'D6', 'calling', onCall, 'careline-worker');
    const seen = async () => named(await tasksOf(id, 'careline-worker/2'), 'D6').underWay;
    expect(await seen()).toMatchObject([{ by: idOf('careline-worker'), calleeName: `Invented ${onCall.personId}` }]);
    await called(id, 'D6', 'reached', onCall, 'careline-worker');
    expect(await seen()).toEqual([]);
    expect(named(await tasksOf(id), 'D6').heldBy).toMatchObject({ id: onCall.personId, since: desk.now });
  });
});

describe('the readers of a call task', () => {
  test.each([
    ['careline-worker', ['D6', 'D1', 'D3', 'D21']],
    ['area-oncall', ['D6']],
    ['area-supervisor', ['D6', 'D21']],
    ['hart-liaison', ['D3']],
    ['auditor', []],
    ['administrator', []],
    ['mdt-coordinator', []],
  ])('%s see: %j', async (as, rules) => {
    const tasks = await tasksOf(await desk.opened({ danger: 'yes', perpetrators: ['caregiver'] }), as);
    const shown = tasks.flatMap(({ duties }) => duties.map(({ rule }) => rule));
    for (const rule of rules) expect(shown).toContain(rule);
    if (rules.length === 0) expect(shown).toEqual([]);
  });
});

describe('the head of the queue', () => {
  test('lists the worst first: a missed duty of a child in danger, then the least time left', async () => {
    const safe = await desk.opened({ danger: 'no' });
    desk.at('2026-11-09T17:30:00Z');
    const fresh = await desk.opened({ danger: 'yes' });
    const late = await desk.opened({ danger: 'yes' }, { receivedAt: '2026-11-09T15:00:00Z', lateReason: 'paper-form' });
    for (const id of [safe, fresh, late]) {
      await react(id);
    }
    const parts = { ...desk.parts(), now: desk.now };
    const { referrals } = await unansweredCalls(parts, visitor('careline-worker'), connecticutPolicy, 10);
    const order = referrals.map(({ referralId }) => referralId).filter((id) => [safe, fresh, late].includes(id));
    expect(order[0]).toBe(late);
    expect(order).toHaveLength(3);
    const two = await unansweredCalls(parts, visitor('careline-worker'), connecticutPolicy, 2);
    expect(two.referrals).toHaveLength(2);
    expect(two.more).toBeGreaterThanOrEqual(1);
  });

  test('still lists a referral whose record is damaged, by what the board knows, and all others', async () => {
    const [broken, whole] = [await desk.opened({ danger: 'yes' }), await desk.opened({ danger: 'yes' })];
    for (const id of [broken, whole]) await react(id);
    const chain = `referral#${broken}`;
    await desk.put('Ledger', [{ pk: chain, seq: 1, at: desk.now, body: '{}', hash: 'x', prev: 'x' }]);
    const faults: unknown[] = [];
    const parts = { ...desk.parts(), onFault: (_: unknown, about: string) => faults.push(about) };
    const { referrals } = await unansweredCalls(parts, visitor('careline-worker'), connecticutPolicy, 1000);
    expect(referrals.find(({ referralId }) => referralId === whole)?.tasks.length).toBeGreaterThan(0);
    const found = referrals.find(({ referralId }) => referralId === broken);
    expect(found).toMatchObject({ danger: 'yes', tasks: [] });
    expect(found?.damaged?.length).toBeGreaterThan(0);
    expect(faults).toEqual([broken]);
    expect(await callsOf(parts, [broken, whole], visitor('careline-worker'))).toMatchObject([{ referralId: whole }]);
  });

  test('leaves out a call that a person has taken', async () => {
    const id = await desk.opened({ danger: 'yes' });
    await called(id, 'D6', 'reached', { personId: idOf('area-oncall') });
    await react(id);
    const { referrals } = await unansweredCalls({ ...desk.parts() }, visitor('careline-worker'), connecticutPolicy, 25);
    const shown = referrals.find(({ referralId }) => referralId === id)?.tasks ?? [];
    expect(shown.flatMap(({ duties }) => duties.map(({ rule }) => rule))).not.toContain('D6');
  });
});

describe('a sealed referral', () => {
  const people = ['careline-supervisor', 'careline-supervisor/2', 'caseworker'];
  async function sealed(): Promise<string> {
    const id = await desk.opened({ danger: 'yes' });
    const forPeople = people.map(idOf);
    await desk.do(
      id,
      'seal-referral',
      { because: 'workers-family', forPeople, reason: 'Her aunt works here.' },
      'careline-manager',
    );
    await react(id);
    return id;
  }
  const idsFor = async (as: string) => {
    const parts = desk.parts();
    const { referrals } = await unansweredCalls(parts, visitor(as), connecticutPolicy, 25);
    return referrals.map(({ referralId }) => referralId);
  };

  test('lists its calls only for the people that the seal names', async () => {
    const id = await sealed();
    expect(await idsFor('careline-supervisor')).toContain(id);
    expect(await idsFor('careline-worker')).not.toContain(id);
    expect(await callsOf(desk.parts(), [id], visitor('careline-worker'))).toEqual([]);
    const callees = named(await tasksOf(id, 'careline-supervisor'), 'D6').callees.map((each) => each.id);
    expect(callees.length).toBeGreaterThan(0);
    expect(callees.filter((each) => !people.map(idOf).includes(each))).toEqual([]);
  });

  test('without an answer is in the head line of those people alone', async () => {
    const id = await sealed();
    for (const minutes of [10, 20, 30, 40]) {
      desk.at(new Date(Date.parse((await desk.state(id)).report.recordedAt) + minutes * 60_000).toISOString());
      await desk.step(id, 'RaiseCheckpoint', `${id}.D6.1`);
    }
    await react(id);
    const groupsToRing = async (as: string) =>
      (await unansweredFor(desk.parts(), visitor(as), connecticutPolicy, 25)).referrals.map(
        ({ referralId }) => referralId,
      );
    expect(await groupsToRing('careline-supervisor')).toEqual([id]);
    expect(await groupsToRing('careline-worker')).toEqual([]);
    expect(await groupsToRing('auditor')).toEqual([]);
  });
});

test('all staff see a referral without an answer, with a number, also those who cannot act on it', async () => {
  const id = await desk.opened({ danger: 'yes' });
  const since = Date.parse((await desk.state(id)).report.recordedAt);
  for (const minutes of [10, 20, 30, 40]) {
    desk.at(new Date(since + minutes * 60_000).toISOString());
    await desk.step(id, 'RaiseCheckpoint', `${id}.D6.1`);
  }
  await react(id);
  for (const as of ['careline-worker', 'legal', 'caseworker']) {
    const found = (await unansweredFor(desk.parts(), visitor(as), connecticutPolicy, 25)).referrals.find(
      ({ referralId }) => referralId === id,
    );
    expect(found?.callee).toEqual({ name: `Invented ${idOf('area-oncall')}`, phone: '203-555-0100' });
  }
  for (const rule of ['D1', 'D6'])
    await desk.do(id, 'answer-alarm', { deadlineId: `${id}.${rule}.1` }, 'careline-supervisor');
  await react(id);
  expect(
    (await unansweredFor(desk.parts(), visitor('legal'), connecticutPolicy, 25)).referrals.map(
      ({ referralId }) => referralId,
    ),
  ).not.toContain(id);
});

describe('a call that reaches a person ends the alarm', () => {
  const inDanger = async (): Promise<string> => {
    const id = await desk.opened({ danger: 'yes' });
    return id;
  };
  const reach = (id: string, callee: object, rule = 'D6') =>
    desk.command(
      id,
      'record-call',
      { deadlineId: `${id}.${rule}.1`, result: 'reached', ...callee },
      { as: 'careline-worker' },
    );
  const ringOf = async (id: string) => (await desk.state(id)).deadlines[`${id}.D6.1`]?.ring;

  test("only for a listed person or one who may answer, not for another office's on-call or an auditor", async () => {
    const far = { ...personOf('area-oncall@office-DANBURY') };
    await desk.enter([{ pk: `person#${far.id}`, sk: 'profile', sub: `sub-${far.id}`, ...far }]);
    const id = await inDanger();
    for (const as of ['area-oncall@office-DANBURY', 'seat:medical', 'auditor', 'administrator', 'contact:PV-1']) {
      expect(await reach(id, { personId: idOf(as) })).toMatchObject({ refusal: { refused: 'not-in-line' } });
      expect((await ringOf(id))?.answered?.by).toBeUndefined();
      expect((await desk.state(id)).calls ?? []).toEqual([]);
    }
  });

  test.each(['area-oncall', 'area-oncall/2', 'director-oncall', 'careline-supervisor', 'area-supervisor'])(
    'for %s, who is listed or may answer',
    async (as) => {
      const id = await inDanger();
      expect((await reach(id, { personId: idOf(as) })).kind).toBe('done');
      expect((await ringOf(id))?.answered?.by).toBe(idOf(as));
    },
  );

  test('for a person on shift here, wherever the directory has their role', async () => {
    const far = personOf('area-oncall@office-DANBURY');
    await desk.enter([
      { pk: `person#${far.id}`, sk: 'profile', sub: `sub-${far.id}`, ...far },
      { pk: 'duty#area-oncall', sk: `office-HARTFORD#9#${far.id}`, personId: far.id, order: 9 },
    ]);
    const id = await inDanger();
    expect(named(await tasksOf(id), 'D6').callees.map((each) => each.id)).toContain(far.id);
    expect((await reach(id, { personId: far.id })).kind).toBe('done');
  });

  test('for police that the card names; the caller, who may answer, has the child: one call tells of both notices', async () => {
    const holders = async (id: string) => {
      const { deadlines } = await desk.state(id);
      return ['D3', 'D12A'].map((rule) => deadlines[`${id}.${rule}.1`]?.ring?.answered?.by);
    };
    const first = await desk.opened(missing);
    expect((await reach(first, { agencyId: 'PD-1' }, 'D3')).kind).toBe('done');
    expect(await holders(first)).toEqual([idOf('careline-worker'), idOf('careline-worker')]);
    const second = await desk.opened(missing);
    const input = { deadlineId: `${second}.D12A.1`, result: 'reached', agencyId: 'A-OTHER' };
    expect((await desk.command(second, 'record-call', input, { as: 'careline-supervisor' })).kind).toBe('done');
    expect(await holders(second)).toEqual([idOf('careline-supervisor'), idOf('careline-supervisor')]);
  });
});
