import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sendAlerts } from '../../functions/send-alerts/send-alerts.ts';
import { sweep } from '../../functions/sweep/sweep.ts';
import {
  addLook,
  isTurnOf,
  type Look,
  lastInARow,
  roundsDue,
  spansToSweep,
  urgentFirst,
} from '../../functions/sweep/turns.ts';
import { stalledRuns } from '../../functions/sweep/watch-runs.ts';
import type { Mail } from '../../shared/alerts/send/mailer.ts';
import { takeReport } from '../../shared/application/use-cases/take-report.ts';
import { boardRows } from '../../shared/domain/board/board-rows.ts';
import { roundAt, turnsOfDay } from '../../shared/domain/board/watchdog-turns.ts';
import { isReference } from '../../shared/domain/core/ids.ts';
import { isIn } from '../../shared/domain/core/spans.ts';
import { openRuns } from '../../shared/domain/deadlines/deadline-runs.ts';
import { ClockFault } from '../../shared/domain/intake/clock-fault.ts';
import { nextOfRun } from '../../shared/domain/pathway/runs.ts';
import type { Referral } from '../../shared/domain/referral.ts';
import type { SavedWait } from '../../shared/store/waits.ts';
import { withBrokenCalendar } from '../support/broken-calendar.ts';
import { type Desk, reportOf, startDesk, visitor } from '../support/desk.ts';
import { noToAll, referral } from '../support/referral-builder.ts';
import { connecticutPolicy } from '../support/released-policy.ts';
import { sendParts } from '../support/send-parts.ts';
import { sweepParts } from '../support/sweep-parts.ts';

const minutes = (from: string, some: number) => new Date(Date.parse(from) + some * 60_000).toISOString();
const hourOf = (instant: string) => instant.slice(0, 13);

/** The waits of every run that should be waiting in this state. */
function waitsOf(state: Referral, generation = 1): readonly SavedWait[] {
  const common = { referralId: state.id, generation, token: 't', enteredAt: state.report.recordedAt, retryCount: 0 };
  const started = { ...common, startedAt: state.report.recordedAt };
  return [
    { run: 'referral', waitsFor: 'screening', runId: state.id, ...started },
    ...openRuns(state).map(({ id }): SavedWait => {
      const checkpointAt = nextOfRun(state, id, connecticutPolicy)?.at ?? '';
      return { run: 'deadline', runId: id, checkpointAt, ...started };
    }),
  ];
}

describe('the hours that a sweep looks at', () => {
  test('are the last six in every sweep', () => {
    expect(spansToSweep('2026-11-25T02:59:59.999Z')[0]).toEqual({
      from: '2026-11-24T21:00:00.000Z',
      before: '2026-11-25T03:00:00.000Z',
    });
  });

  test('are every hour of the 400 days up to their end, within any three days of sweeps', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('2026-01-01'), max: new Date('2040-01-01'), noInvalidDate: true }),
        (start) => {
          const from = start.toISOString();
          const seen = new Set<string>();
          for (let turn = 0; turn < 3 * 24 * 12; turn += 1) {
            for (const { from: first, before } of spansToSweep(minutes(from, 5 * turn))) {
              for (let at = first; at < before; at = minutes(at, 60)) seen.add(hourOf(at));
            }
          }
          const all = Array.from({ length: 400 * 24 }, (_, hours) =>
            hourOf(minutes(from, 3 * 24 * 60 - 5 - 60 * hours)),
          );
          expect(all.filter((hour) => !seen.has(hour))).toEqual([]);
        },
      ),
      { numRuns: 15 },
    );
  });
});

describe('the rounds of a sweep', () => {
  const now = '2026-11-25T15:02:00.000Z';
  const round = roundAt(now);
  const due = (last: number | undefined) => roundsDue(last, now).map((each) => each - round);

  test.each([
    ['are the one of now alone, for the first sweep', undefined, [0]],
    ['are the one of now alone, where the last one was done', round - 1, [0]],
    ['are the one of now again, for a second sweep in it', round, [0]],
    ['are those that were missed, and the one of now', round - 4, [-3, -2, -1, 0]],
    ['are an hour of those that were missed, the oldest first', round - 40, [...span(-39, -28), 0]],
    ['are none of another day: each referral had its turn since', round - 1000, [...span(-288, -277), 0]],
    ['are the one of now, where the stored round is forged', round + 99, [0]],
  ])('%s', (_, last, expected) => {
    expect(due(last)).toEqual(expected);
  });

  test('are done up to the first one that is missing', () => {
    expect(lastInARow([3, 4, 5])).toBe(5);
    expect(lastInARow([3, 4, 9])).toBe(4);
    expect(lastInARow([9])).toBe(9);
  });

  test('leave one look at a referral, which does all that any of its looks does', () => {
    const looks = new Map<string, Look>();
    addLook(looks, { referralId: 'CR-1', as: 'older', isWhole: true });
    addLook(looks, { referralId: 'CR-2', as: 'open', isWhole: false });
    addLook(looks, { referralId: 'CR-1', as: 'stuck', isWhole: false });
    expect(urgentFirst(looks.values())).toEqual([
      { referralId: 'CR-1', as: 'stuck', isWhole: true },
      { referralId: 'CR-2', as: 'open', isWhole: false },
    ]);
  });
});

const span = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

describe('stalled runs', () => {
  const story = () => referral().run();
  const lost = (state: Referral, waits: readonly SavedWait[], now: string, changedAt = state.report.recordedAt) =>
    stalledRuns(state, waits, connecticutPolicy, now, changedAt).map((event) => event.type === 'run-lost' && event.run);

  test('are none while every run waits and nothing is overdue', () => {
    const { state } = story();
    expect(lost(state, waitsOf(state), minutes(state.report.recordedAt, 5))).toEqual([]);
  });

  test('are none in the first ten minutes, while runs may still be starting', () => {
    const { state } = story();
    expect(lost(state, [], minutes(state.report.recordedAt, 10))).toEqual([]);
    expect(lost(state, [], minutes(state.report.recordedAt, 11))).toHaveLength(1 + openRuns(state).length);
  });

  test('are exactly those without a wait', () => {
    const { state } = story();
    const missing = `${state.id}.D8.1`;
    const waits = waitsOf(state).filter(({ runId }) => runId !== missing && runId !== state.id);
    const found = lost(state, waits, minutes(state.report.recordedAt, 11));
    expect(found).toContain(state.id);
    expect(found).toContain(missing);
    expect(found).not.toContain(`${state.id}.D9.1`);
  });

  test('are none within ten minutes of a commit, which may have sent the run from one wait to the next', () => {
    const { state } = story();
    const [before, now] = [minutes(state.report.recordedAt, 600), minutes(state.report.recordedAt, 610)];
    const waits = waitsOf(state).filter(({ runId }) => runId !== state.id);
    expect(lost(state, waits, now, before)).not.toContain(state.id);
    expect(lost(state, waits, minutes(now, 1), before)).toContain(state.id);
  });

  test('are those whose checkpoint has long passed, even with a saved wait', () => {
    // D1 is due after 30 minutes. It reminds at half, once a person has answered its call.
    const { state } = story().answers();
    expect(lost(state, waitsOf(state), minutes(state.report.recordedAt, 24))).toEqual([]);
    expect(lost(state, waitsOf(state), minutes(state.report.recordedAt, 28))).toEqual([`${state.id}.D1.1`]);
  });

  test('are those that entered their wait more than 30 days ago: no wait is longer, so none is there', () => {
    const { state } = story();
    const entered = minutes(state.report.recordedAt, 60);
    const waits = waitsOf(state).map((wait) => ({ ...wait, enteredAt: entered }));
    const month = 30 * 24 * 60;
    expect(lost(state, waits, minutes(entered, month + 10))).not.toContain(state.id);
    expect(lost(state, waits, minutes(entered, month + 11))).toContain(state.id);
  });

  test('are those with a wait of an older generation only', () => {
    const { state } = story().lose(story().state.id);
    expect(lost(state, waitsOf(state, 1), minutes(state.report.recordedAt, 11))).toEqual([state.id]);
    expect(lost(state, waitsOf(state, 2), minutes(state.report.recordedAt, 11))).toEqual([]);
  });

  test('of a group of duties is one: without its wait, or with a checkpoint of any of its duties long passed', () => {
    const { state } = referral({ perpetrators: ['third-party'] }).run();
    const group = `${state.id}.G1`;
    expect(state.runs[group]?.deadlineIds).toHaveLength(2);
    const waits = waitsOf(state).filter(({ runId }) => runId !== group);
    expect(lost(state, waits, minutes(state.report.recordedAt, 11))).toEqual([group]);
    // The reminder of both is due after six hours. No other duty has been raised here either.
    expect(lost(state, waitsOf(state), minutes(state.report.recordedAt, 6 * 60 + 10))).not.toContain(group);
    expect(lost(state, waitsOf(state), minutes(state.report.recordedAt, 6 * 60 + 11))).toContain(group);
  });

  test('are not those whose work is done', () => {
    const { state } = story()
      .do('propose-withdrawal', { because: 'made-in-error' })
      .do('agree-withdrawal', {}, 'careline-manager');
    const found = lost(state, [], minutes(state.report.recordedAt, 11));
    expect(found).not.toContain(state.id);
    expect(found).toHaveLength(openRuns(state).length);
  });
});

describe('a sweep', () => {
  let desk: Desk;
  beforeEach(async () => {
    desk = await startDesk();
  });
  afterEach(() => desk.stop());

  const parts = (ended?: readonly string[]) => sweepParts(desk, ended);
  const run = (ended?: readonly string[]) => sweep(parts(ended));
  const found = async (id: string) =>
    (await desk.ledger.referral(id))?.commits.flatMap(({ events }) =>
      events.flatMap((event) => (event.type === 'swept' ? [event.found] : [])),
    );
  /** A referral whose consumers and runs have all done their work. */
  async function wellKept(): Promise<string> {
    const id = await desk.opened();
    const state = await desk.state(id);
    await desk.followedTo(id, state.seq);
    for (const wait of waitsOf(state)) await desk.waits.save(wait);
    return id;
  }

  test('leaves a referral alone whose runs all wait as they should', async () => {
    const id = await wellKept();
    desk.at(minutes(desk.now, 12));
    expect(await run()).toEqual({ looked: 1, repaired: {}, vacantRoles: [], refusals: 0, unasked: 0, faults: [] });
    expect((await desk.state(id)).seq).toBe(1);
  });

  test('looks in the next round where this one has no time left, and forgets no referral', async () => {
    const id = await desk.opened();
    desk.at(minutes(desk.now, 12));
    const kept = parts();
    expect(await sweep({ ...kept, elapsed: () => 200_000 })).toMatchObject({ looked: 0, repaired: {} });
    // Much later it is in no list of this round.
    desk.at(minutes(desk.now, 60 * 24 * 500));
    await sweep({ ...desk.parts(), ...kept, now: desk.now });
    expect(await found(id)).toEqual(['cursor-behind']);
  });

  describe('makes up for rounds:', () => {
    /** The turns that a new process looks at, so many minutes later. */
    async function turnsAfter(wait: number, more: object = {}): Promise<readonly number[]> {
      desk.at(minutes(desk.now, wait));
      const asked: number[] = [];
      const openInTurn = (turn: number) => {
        asked.push(turn % 72);
        return desk.board.openInTurn(turn);
      };
      const kept = parts();
      await sweep({ ...kept, board: { ...kept.board, openInTurn }, ...more });
      const now = roundAt(desk.now);
      return [...new Set(asked.map((turn) => (turn - now) % 72))]
        .map((each) => (each > 0 ? each - 72 : each))
        .toSorted();
    }
    const sorted = (...turns: number[]) => turns.toSorted();

    test('another process goes on where the last one was done', async () => {
      expect(await turnsAfter(5)).toEqual([0]);
      expect(await turnsAfter(5)).toEqual([0]);
      expect(await turnsAfter(20)).toEqual(sorted(-3, -2, -1, 0));
      expect(await turnsAfter(5)).toEqual([0]);
    });

    test('the lists of an hour of rounds are asked for once a round, and their older hours once', async () => {
      await turnsAfter(5);
      const { ledger, board } = parts();
      const asked = { turns: 0, opened: 0, drafts: 0 };
      const count =
        <Args extends readonly unknown[], Answer>(what: keyof typeof asked, work: (...args: Args) => Answer) =>
        (...args: Args) => {
          asked[what] += 1;
          return work(...args);
        };
      desk.at(minutes(desk.now, 24 * 60));
      await sweep({
        ...parts(),
        ledger: { ...ledger, openedIn: count('opened', ledger.openedIn), draftsIn: count('drafts', ledger.draftsIn) },
        board: { ...board, openInTurn: count('turns', board.openInTurn) },
      });
      // Thirteen rounds: this one, and an hour of those that were missed. Each of the two has a span of older hours. The recent
      // hours are one more, and a look asks about the instant of an opening.
      expect(asked.turns).toBe(13);
      expect(asked.opened).toBeLessThanOrEqual(4);
      // Also those that the rule of drafts looks for.
      expect(asked.drafts).toBeLessThanOrEqual(10);
    });

    test('a round is not done where its looks found no time, or its lists were refused', async () => {
      await wellKept();
      await turnsAfter(5);
      await turnsAfter(5, { elapsed: () => 200_000 });
      expect(await turnsAfter(5)).toEqual(sorted(-1, 0));
      const { ledger } = parts();
      const refuse = () => Promise.reject(new Error('refused'));
      await turnsAfter(5, { ledger: { ...ledger, openedIn: refuse } }).catch(() => undefined);
      expect(await turnsAfter(5)).toEqual(sorted(-1, 0));
    });

    test('nor while AWS has not told of a run, so that a process that ends forgets none', async () => {
      await turnsAfter(5);
      const ask = { referralId: 'CR-1', machine: 'm', run: 'CR-1', generation: 1 };
      const runs = { lifeOf: async () => 'not-told' as const };
      await turnsAfter(5, { runs, unasked: new Map([['CR-1-g1', ask]]) });
      expect(await turnsAfter(5)).toEqual(sorted(-1, 0));
    });
  });

  test('after a day without it, looks at a recent referral whole at once, and then in its own turns alone', async () => {
    await wellKept();
    await run();
    desk.at(minutes(desk.now, 24 * 60));
    const id = await wellKept();
    const { ledger, ...kept } = parts();
    let whole = 0;
    const readChecked: typeof ledger.readChecked = (chain, trusting) => {
      if (chain === `referral#${id}`) whole += 1;
      return ledger.readChecked(chain, trusting);
    };
    const looks: number[] = [];
    // Each of these sweeps makes up for an hour of the day before.
    for (let sweeps = 0; sweeps < 13; sweeps += 1) {
      whole = 0;
      desk.at(minutes(desk.now, 5));
      await sweep({ ...kept, ledger: { ...ledger, readChecked }, now: desk.now });
      looks.push(whole);
    }
    expect(looks[0]).toBe(1);
    expect(looks.reduce((sum, each) => sum + each)).toBe(2);
    // Another process does not know of these looks.
    await sweep({ ...parts(), ledger: { ...ledger, readChecked }, now: desk.now });
    expect(whole).toBe(1);
  });

  test('goes on where the lists of a round are refused, and says so', async () => {
    const id = await desk.opened();
    desk.at(minutes(desk.now, 12));
    const refuse = async () => {
      throw new Error('refused');
    };
    const { ledger, ...kept } = parts();
    const swept = await sweep({ ...kept, ledger: { ...ledger, leasedIn: refuse, draftsIn: refuse } });
    expect(swept.faults.length).toBeGreaterThan(0);
    expect(await found(id)).toEqual(['cursor-behind']);
  });

  test.each(['react', 'send-alerts'] as const)(
    'nudges with a commit of its own where %s is behind',
    async (consumer) => {
      const id = await wellKept();
      await desk.do(id, 'start-response', {}, 'caseworker');
      const other = consumer === 'react' ? 'send-alerts' : 'react';
      await desk.followedTo(id, 2, [other]);
      desk.at(minutes(desk.now, 10));
      expect((await run()).repaired).toEqual({});
      desk.at(minutes(desk.now, 1));
      expect((await run()).repaired).toEqual({ 'cursor-behind': 1 });
      expect(await found(id)).toEqual(['cursor-behind']);
      const { commits } = (await desk.ledger.referral(id)) ?? {};
      expect(commits?.at(-1)).toMatchObject({ actor: { kind: 'function', id: 'sweep' }, cause: { kind: 'sweep' } });
    },
  );

  test('logs a referral that cannot be read, and goes on with the others', async () => {
    const id = await wellKept();
    const wait = (await desk.waits.of(id)).find(({ runId }) => runId === `${id}.D8.1`);
    if (wait) await desk.waits.forget(wait);
    const broken = await desk.opened();
    desk.at(minutes(desk.now, 11));
    const { ledger: whole, ...others } = parts();
    const ledger = {
      ...whole,
      referral: (each: string) =>
        each === broken ? Promise.reject(new Error('This chain is damaged.')) : whole.referral(each),
    };
    const swept = await sweep({ ...others, ledger });
    expect(swept).toMatchObject({ looked: 2, repaired: { 'lost-run': 1 } });
    expect(swept.faults).toHaveLength(1);
  });

  test('finds a referral without any started run', async () => {
    const id = await desk.opened();
    desk.at(minutes(desk.now, 11));
    expect((await run()).repaired).toEqual({ 'cursor-behind': 1 });
    await desk.followedTo(id, 2);
    expect((await run()).repaired).toEqual({ 'lost-run': 1 });
    expect((await desk.state(id)).generation).toBe(2);
  });

  test('starts the next generation of a lost run, in one commit that says so', async () => {
    const id = await wellKept();
    const wait = (await desk.waits.of(id)).find(({ runId }) => runId === `${id}.D8.1`);
    if (wait) await desk.waits.forget(wait);
    desk.at(minutes(desk.now, 11));
    expect((await run()).repaired).toEqual({ 'lost-run': 1 });
    const { commits, state } = (await desk.ledger.referral(id)) ?? {};
    expect(commits?.at(-1)?.events).toEqual([
      { type: 'swept', v: 1, found: 'lost-run' },
      { type: 'run-lost', v: 1, run: `${id}.D8.1`, generation: 1 },
    ]);
    expect(state?.runs[`${id}.D8.1`]?.generation).toBe(2);
    // The next sweep may come before the new run waits. It gives that run the same patience.
    expect((await run()).repaired).toEqual({});
    desk.at(minutes(desk.now, 11));
    await desk.followedTo(id, state?.seq ?? 0);
    expect((await run()).repaired).toEqual({ 'lost-run': 1 });
  });

  test('goes on past a row of the board and a wait that cannot be read', async () => {
    const id = await wellKept();
    for (const queue of ['calls', 'sealed']) await desk.put('Board', [{ pk: 'junk', sk: queue, queue, order: '0' }]);
    await desk.put('Waits', [{ pk: id, sk: 'junk' }]);
    expect(await run()).toMatchObject({ looked: 1, repaired: {}, faults: [] });
  });

  describe('asks whether the runs of an open referral still run', () => {
    /** The next instant at which this referral has its turn of the day, at least `wait` minutes from now. */
    const turnAfter = (id: string, wait: number): string =>
      Array.from({ length: turnsOfDay }, (_, index) => minutes(desk.now, wait + 5 * index)).find((at) =>
        isTurnOf(id, at, turnsOfDay),
      ) ?? '';
    const onTheBoard = async (id: string) => {
      for (const row of boardRows(await desk.state(id), connecticutPolicy)) await desk.board.put(row);
    };

    test('once a day, and looks at it every six hours, each at an instant of its own', () => {
      const marks = Array.from({ length: turnsOfDay }, (_, index) => minutes(desk.now, 5 * index));
      for (const id of ['CR-7F3KD-9QXMT2', 'CR-AAAAA-AAAAAA', 'CR-ZZZZZ-ZZZZZ9']) {
        expect(marks.filter((at) => isTurnOf(id, at, turnsOfDay))).toHaveLength(1);
        expect(marks.filter((at) => isTurnOf(id, at))).toHaveLength(4);
        expect(marks.filter((at) => isTurnOf(id, at, 12))).toHaveLength(24);
      }
    });

    test('and finds one that ended while its wait is still there', async () => {
      const id = await wellKept();
      await onTheBoard(id);
      desk.at(turnAfter(id, 36 * 60));
      // Its deadlines showed life a moment ago, its own run did not for a day and a half.
      for (const wait of await desk.waits.of(id)) {
        if (wait.runId !== id) await desk.waits.save({ ...wait, enteredAt: desk.now });
      }
      const ended = [`${id}-g1`];
      const quiet = { ...parts(ended), ledger: { ...desk.ledger, openedIn: async () => [] } };
      // What is overdue shows without AWS.
      while ((await sweep(quiet)).repaired['lost-run'] === 1) {
        const { seq, generation } = await desk.state(id);
        if (generation === 2) break;
        await desk.followedTo(id, seq);
      }
      expect((await desk.state(id)).generation).toBe(2);
    });
  });

  test('removes parts of the vault an hour after a failed commit, and confirms those whose commit is there', async () => {
    const id = await wellKept();
    const pending = (key: string, commandId: string) =>
      desk.identities.putPending([{ key, content: 'Words.' }], {
        referralId: id,
        commandId,
        digest: '',
        now: desk.now,
      });
    await pending(`text#${id}#LOST`, 'C-NEVER');
    await pending(`text#${id}#KEPT`, `OPEN-${id}`);
    await desk.identities.putPending([{ key: 'child#CR-NONE', content: 'Aspen Example' }], {
      referralId: 'CR-NONE',
      commandId: 'OPEN-CR-NONE',
      digest: '',
      now: desk.now,
    });
    const texts = async () => [
      await desk.identities.text(id, 'LOST'),
      await desk.identities.text(id, 'KEPT'),
      await desk.identities.childName('CR-NONE'),
    ];
    desk.at(minutes(desk.now, 60));
    expect((await run()).repaired).not.toHaveProperty('vault-pending');
    expect(await texts()).toEqual(['Words.', 'Words.', 'Aspen Example']);
    desk.at(minutes(desk.now, 1));
    expect((await run()).repaired).toMatchObject({ 'vault-pending': 3 });
    expect(await texts()).toEqual([undefined, 'Words.', undefined]);
    expect((await run()).repaired).not.toHaveProperty('vault-pending');
  });

  test('removes the other pending parts of the vault where one cannot be removed', async () => {
    const id = await wellKept();
    const pendingAs = { referralId: id, commandId: 'C-NEVER', digest: '', now: desk.now };
    for (const key of ['FIRST', 'SECOND'])
      await desk.identities.putPending([{ key: `text#${id}#${key}`, content: 'Words.' }], pendingAs);
    desk.at(minutes(desk.now, 61));
    let tries = 0;
    const removePending: typeof desk.identities.removePending = async (part) => {
      tries += 1;
      if (tries === 1) throw new Error('The vault refused.');
      await desk.identities.removePending(part);
    };
    const { repaired, faults } = await sweep({ ...parts(), identities: { ...desk.identities, removePending } });
    expect(repaired).toMatchObject({ 'vault-pending': 1 });
    expect(faults).toHaveLength(1);
  });

  test('looks at referrals opened in the hours of its turn, at any age', async () => {
    const id = await desk.opened();
    const old = minutes(desk.now, 60 * 24 * 30);
    const turn = Array.from({ length: 800 }, (_, index) => minutes(old, 5 * index)).find((at) =>
      spansToSweep(at).some((span) => isIn(span, '2026-11-09T15:00:00.000Z')),
    );
    desk.at(turn ?? '');
    expect(await run()).toMatchObject({ looked: 1, repaired: { 'cursor-behind': 1 } });
    expect(isReference('CR', id)).toBe(true);
  });

  describe('looks at a referral with a duty that calls, long after its opening:', () => {
    /**
     * Called so many minutes ago, with the next call due in so many, as the board says. In truth no run is left to call
     * again.
     */
    async function calling(calledAgo: number, nextIn: number, isSealed = false): Promise<void> {
      const id = await wellKept();
      const forPeople = ['P-CASEWORKER', 'P-CARELINE-SUPERVISOR', 'P-CARELINE-SUPERVISOR.2'];
      const sealing = { because: 'workers-family', forPeople, reason: 'Her mother works here.' };
      if (isSealed) await desk.do(id, 'seal-referral', sealing, 'careline-manager');
      const { seq } = await desk.state(id);
      await desk.followedTo(id, seq, ['react']);
      await desk.followedTo(id, seq);
      const now = Array.from({ length: 800 }, (_, index) => minutes(desk.now, 60 * 24 + 5 * index)).find(
        (at) => !isTurnOf(id, at) && !spansToSweep(at).some((span) => isIn(span, desk.now)),
      );
      const times = { calledAt: minutes(now ?? '', -calledAgo), callsAt: minutes(now ?? '', nextIn) };
      for (const row of boardRows(await desk.state(id), connecticutPolicy)) {
        // Its runs show life until then, so only the lists of calls show what is stuck.
        const shows = row.kind === 'watch' ? { due: minutes(now ?? '', 60) } : row.callsAt !== undefined && times;
        await desk.board.put({ ...row, ...shows });
      }
      desk.at(now ?? '');
    }

    test.each([
      ['is not looked at while the last call has its time to go out', 9, 30, 0],
      ['is looked at when the last call had its time', 11, 30, 1],
      ['is looked at again, as one sweep may be what goes wrong', 16, 30, 1],
      ['is not looked at any more until its next call', 21, 30, 0],
      ['is not looked at while the next call has its time to come', 120, -10, 0],
      ['is looked at in each sweep once the next call did not come', 120, -11, 1],
      ['is looked at in each sweep until it does', 600, -300, 1],
    ])('the referral %s', async (_, calledAgo, nextIn, looked) => {
      await calling(calledAgo, nextIn);
      expect(await run()).toMatchObject({ looked, repaired: looked === 1 ? { 'lost-run': 1 } : {} });
    });

    test('a sealed referral is found by the list of sealed ones', async () => {
      await calling(11, 30, true);
      expect(await run()).toMatchObject({ looked: 1, repaired: { 'lost-run': 1 } });
    });
  });

  test('counts a seat that no invitation reached once, however many sweeps tell of it at a time', async () => {
    const id = await desk.opened();
    await desk.do(id, 'answer-checklist', { answers: { ...noToAll, disclosure: 'yes' } }, 'hart-liaison');
    await desk.do(id, 'screen', { outcome: 'high-risk', rationale: 'An invented rationale.' }, 'hart-liaison');
    for (const step of ['ProposeEligibility', 'DrawRoster', 'InviteMdt', 'OpenServices'] as const)
      await desk.step(id, step);
    const keepUp = async () => {
      const state = await desk.state(id);
      await desk.followedTo(id, state.seq);
      for (const wait of waitsOf(state)) await desk.waits.save(wait);
    };
    desk.at(minutes(desk.now, 3 * 60));
    // The sweep restarts the runs that are late. It looks at the seats in its next turn.
    await keepUp();
    await run();
    await keepUp();
    let counted = 0;
    const counting = {
      countSeatsNotReached: (seats: number) => {
        counted += seats;
      },
    };
    await Promise.all([sweep({ ...parts(), ...counting }), sweep({ ...parts(), ...counting })]);
    const told = Object.values((await desk.state(id)).alerts).filter(({ kind }) => kind === 'seat-not-reached');
    expect(told.length).toBeGreaterThan(0);
    expect(counted).toBe(told.length);
  });

  test('freezes the agenda of a meeting once, however many sweeps find it due at a time', async () => {
    const id = await desk.opened();
    await desk.do(id, 'answer-checklist', { answers: { ...noToAll, disclosure: 'yes' } }, 'hart-liaison');
    await desk.do(id, 'screen', { outcome: 'high-risk', rationale: 'An invented rationale.' }, 'hart-liaison');
    for (const step of ['ProposeEligibility', 'DrawRoster', 'InviteMdt', 'OpenServices'] as const)
      await desk.step(id, step);
    await desk.do(id, 'schedule-meeting', { startsAt: '2026-11-09T18:00:00Z', place: 'virtual' }, 'mdt-chair');
    const keepUp = async () => {
      const state = await desk.state(id);
      await desk.followedTo(id, state.seq);
      for (const wait of waitsOf(state)) await desk.waits.save(wait);
    };
    await keepUp();
    const frozen = async () =>
      (await desk.ledger.referral(id))?.commits.flatMap(({ events }) =>
        events.filter(({ type }) => type === 'agenda-frozen'),
      ).length;
    expect(await frozen()).toBe(0);
    await Promise.all([sweep(parts()), sweep(parts())]);
    expect(await frozen()).toBe(1);
    await keepUp();
    desk.at(minutes(desk.now, 20));
    await run();
    expect(await frozen()).toBe(1);
  });

  test('names the roles that the policy would alert and that have no holder', async () => {
    const asked: string[] = [];
    const isHeld = async (role: string) => {
      asked.push(role);
      return role !== 'hart-lead';
    };
    const watch = { ...parts(), directory: { ...desk.directory, isHeld } };
    expect((await sweep(watch)).vacantRoles).toEqual(['hart-lead']);
    expect(asked.length).toBeGreaterThan(10);
    // A role with a holder is looked up again six hours later, a role without one each time.
    for (const [later, again] of [
      [5, ['hart-lead']],
      [360, expect.arrayContaining(['careline-supervisor', 'hart-lead'])],
    ] as const) {
      asked.length = 0;
      expect((await sweep({ ...watch, now: minutes(watch.now, later) })).vacantRoles).toEqual(['hart-lead']);
      expect(asked).toEqual(again);
    }
  });
});

describe('a report whose clocks could not be computed', () => {
  let isBroken = true;
  const policy = withBrokenCalendar(() => isBroken);
  let desk: Desk;
  beforeEach(async () => {
    isBroken = true;
    desk = await startDesk({ policyOf: () => policy, released: [policy] });
  });
  afterEach(() => desk.stop());
  const run = () => sweep({ ...sweepParts(desk), released: [policy] });
  const mailsOf = async (id: string) => {
    const mails: string[] = [];
    const mailer = { send: async ({ subject }: Mail) => `mail ${mails.push(subject)}` };
    await sendAlerts(sendParts({ ledger: desk.ledger, cursors: desk.cursors, mailer }), id, desk.now);
    return mails;
  };

  test('is stored all the same, and the fault names no child', async () => {
    const faults: unknown[] = [];
    const parts = { ...desk.parts(), onFault: (error: unknown) => faults.push(error) };
    const answer = await takeReport(parts, visitor('careline-worker'), 'key', reportOf({ name: 'Aspen Example' }));
    if (answer.kind !== 'taken') throw new Error('It was not taken.');
    const [id = ''] = answer.referralIds;
    expect(faults.length).toBeGreaterThan(0);
    for (const fault of faults)
      expect(String(fault)).toMatch(/^ClockFault: The part D\d+b? of the opening of CR-[\w-]+ cannot/);
    expect(await desk.state(id)).toMatchObject({ seq: 1, deadlines: {}, pathway: { clocksMissing: true } });
    expect(await desk.identities.childName(id)).toBe('Aspen Example');
    const again = await takeReport(parts, visitor('careline-worker'), 'key', reportOf({ name: 'Aspen Example' }));
    expect(again).toEqual({ ...answer, repeated: true });
  });

  test('gets its clocks and its mail from the sweep, once, as soon as they can be computed', async () => {
    const id = await desk.opened();
    // The people with a duty learn of the report at once.
    expect((await mailsOf(id)).length).toBeGreaterThan(0);
    desk.at(minutes(desk.now, 5));
    const failed = await run();
    expect(failed.repaired).toEqual({});
    expect(failed.faults).toContainEqual(expect.any(ClockFault));
    expect((await desk.state(id)).seq).toBe(1);

    isBroken = false;
    desk.at(minutes(desk.now, 5));
    expect(await run()).toMatchObject({ repaired: { 'no-clocks': 1 }, faults: [] });
    const { deadlines, alerts, pathway } = await desk.state(id);
    expect(pathway).toEqual({ screening: 0 });
    expect(deadlines[`${id}.D3.1`]).toMatchObject({ start: '2026-11-09T15:00:00.000Z', due: '2026-11-10T03:00:00Z' });
    const mails = await mailsOf(id);
    expect(mails.length).toBeGreaterThan(1);
    for (const subject of mails) expect(subject).toContain(id);

    desk.at(minutes(desk.now, 5));
    expect((await run()).repaired['no-clocks']).toBeUndefined();
    const after = await desk.state(id);
    expect(Object.keys(after.deadlines)).toEqual(Object.keys(deadlines));
    expect(Object.keys(after.alerts)).toEqual(Object.keys(alerts));
    expect(await mailsOf(id)).toEqual([]);
  });

  test('does not keep the sweep from a lost run of the same referral', async () => {
    const id = await desk.opened();
    await desk.followedTo(id, 1);
    desk.at(minutes(desk.now, 11));
    expect(await run()).toMatchObject({
      repaired: { 'lost-run': 1 },
      faults: expect.arrayContaining([expect.any(ClockFault)]),
    });
    expect((await desk.state(id)).generation).toBe(2);
  });
});
