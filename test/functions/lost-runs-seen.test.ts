/**
 * How long a run that ended unseen stays unseen, as the table in `watch-runs.ts` says. The other runs of its referral go
 * on, and so its record is never quiet for long.
 */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sweep } from '../../functions/sweep/sweep.ts';
import { isTurnOf } from '../../functions/sweep/turns.ts';
import { executionName } from '../../shared/contracts/tasks.ts';
import { boardRows } from '../../shared/domain/board/board-rows.ts';
import { roundAt, turnOf, turnsOfDay } from '../../shared/domain/board/watchdog-turns.ts';
import { openRuns } from '../../shared/domain/deadlines/deadline-runs.ts';
import { generationDue, hasStepToTake, nextOfRun } from '../../shared/domain/pathway/runs.ts';
import type { Life } from '../../shared/store/executions.ts';
import type { SavedWait } from '../../shared/store/waits.ts';
import { type Desk, startDesk } from '../support/desk.ts';
import { noToAll } from '../support/referral-builder.ts';
import { connecticutPolicy } from '../support/released-policy.ts';
import { sweepParts } from '../support/sweep-parts.ts';

const minute = 60_000;
const hour = 60 * minute;
const iso = (at: number) => new Date(at).toISOString();

/** A referral with its runs, and a sweep in each round of five minutes. `misses`: but in no round of its turns. */
async function world(desk: Desk, { misses = false } = {}) {
  const id = await desk.opened({ danger: 'no' });
  await desk.do(id, 'start-response', {}, 'caseworker');
  const opened = Date.parse(desk.now);
  const dead = new Set<string>();
  const entered = new Map<string, string>();
  const parts = sweepParts(desk);
  const lifeOf = async (_machine: string, name: string): Promise<Life> => (dead.has(name) ? 'ended' : 'running');
  const now = () => Date.parse(desk.now);

  /** Living runs act, and stand in their waits. Both consumers follow all commits. */
  async function live(): Promise<void> {
    const before = await desk.state(id);
    for (const { id: run, generation } of openRuns(before)) {
      const next = nextOfRun(before, run, connecticutPolicy);
      if (!next || Date.parse(next.at) > now() || dead.has(executionName(run, generation))) continue;
      await desk.step(id, 'RaiseCheckpoint', run, generation);
      entered.set(run, desk.now);
    }
    const state = await desk.state(id);
    for (const run of [id, ...openRuns(state).map((each) => each.id)]) {
      const generation = generationDue(state, run);
      if (generation === undefined || dead.has(executionName(run, generation))) continue;
      const common = {
        referralId: id,
        runId: run,
        generation,
        token: `t-${run}`,
        retryCount: 0,
        startedAt: iso(opened),
      };
      const wait = { ...common, enteredAt: entered.get(run) ?? iso(opened) };
      const checkpointAt = nextOfRun(state, run, connecticutPolicy)?.at ?? '';
      await desk.waits.save(
        run === id ? { run: 'referral', waitsFor: 'screening', ...wait } : { run: 'deadline', checkpointAt, ...wait },
      );
    }
    await follow();
  }

  let areBehind = false;
  async function follow(): Promise<void> {
    if (areBehind) return;
    const state = await desk.state(id);
    for (const row of boardRows(state, connecticutPolicy)) await desk.board.put(row);
    await desk.followedTo(id, state.seq);
  }

  return {
    id,
    opened,
    dead,
    async forget(run: string): Promise<void> {
      const isIts = (wait: SavedWait) => wait.runId === run;
      for (const wait of (await desk.waits.of(id)).filter(isIts)) await desk.waits.forget(wait);
    },
    enters(run: string) {
      entered.set(run, desk.now);
    },
    follow,
    /** From now on, both consumers follow no commit, or all. */
    follows(yes: boolean) {
      areBehind = !yes;
    },
    /** Lets the runs live until then, without a sweep. */
    async skipTo(instant: number): Promise<void> {
      desk.at(iso(instant));
      const isLate = async () => {
        const state = await desk.state(id);
        return openRuns(state).some(
          (run) => Date.parse(nextOfRun(state, run.id, connecticutPolicy)?.at ?? '') <= now(),
        );
      };
      do await live();
      while (await isLate());
    },
    generationOf: async (run: string) => generationDue(await desk.state(id), run) ?? 0,
    /** Lets time pass in rounds until then. Gives when `isOver` was first true after a sweep. */
    async until(end: number, isOver: () => Promise<boolean> = async () => false): Promise<number> {
      while (now() < end) {
        desk.at(iso((Math.floor(now() / (5 * minute)) + 1) * 5 * minute));
        await live();
        if (!misses || roundAt(desk.now) % 2 !== turnOf(id) % 2) {
          await sweep({ ...parts, ...desk.parts(), runs: { lifeOf }, now: desk.now });
        }
        if (await isOver()) return now();
      }
      return Number.POSITIVE_INFINITY;
    },
  };
}

describe('a lost run', () => {
  let desk: Desk;
  beforeEach(async () => {
    desk = await startDesk();
  });
  afterEach(() => desk.stop());

  const kinds = {
    'of the referral': ({ id }: { id: string }) => id,
    'of a deadline': ({ id }: { id: string }) => `${id}.D9.1`,
    'of a group of deadlines': ({ id }: { id: string }) => `${id}.G1`,
  };
  const within = {
    'in its first hours, without a wait': { lostAt: 2 * hour + 3 * minute, hasWait: false, worst: 15 * minute },
    'in its first hours, in its wait': { lostAt: 2 * hour + 3 * minute, hasWait: true, worst: 2 * hour },
    'later, without a wait': { lostAt: 9 * hour, hasWait: false, worst: 6 * hour },
    'later, in its wait': { lostAt: 9 * hour, hasWait: true, worst: 25 * hour },
  };
  const cases = Object.entries(kinds).flatMap(([kind, runOf]) =>
    Object.entries(within).flatMap(([when, loss]) =>
      [false, true].map((misses) => ({ kind, runOf, when, ...loss, misses })),
    ),
  );

  test.each(cases)(
    '$kind, $when, is restarted in time. Its turns are missed: $misses',
    async (each) => {
      const { runOf, lostAt, hasWait, worst, misses } = each;
      const referral = await world(desk, { misses });
      const { id, dead } = referral;
      const run = runOf(referral);
      await referral.skipTo(referral.opened + lostAt);
      // In its wait it has shown life a moment ago. So it is not asked about in the next turn.
      referral.enters(run);
      await referral.until(Date.parse(desk.now) + 1);
      const generation = await referral.generationOf(run);
      expect(generation, run).toBe(1);
      dead.add(executionName(run, generation));
      if (!hasWait) await referral.forget(run);
      const lost = Date.parse(desk.now);
      // The run of another deadline may raise its checkpoint too, as one call tells of both.
      let late = 0;
      const isBack = async () => {
        const next = nextOfRun(await desk.state(id), run, connecticutPolicy);
        if (next) late = Math.max(late, Date.parse(desk.now) - Date.parse(next.at));
        return (await referral.generationOf(run)) > generation;
      };
      const seen = await referral.until(lost + 30 * hour, isBack);
      const missed = misses ? 5 * minute : 0;
      expect(seen - lost).toBeLessThanOrEqual(worst + missed);
      expect(late).toBeLessThanOrEqual(15 * minute + missed);
      // No living run was taken for a lost one.
      const runs = openRuns(await desk.state(id)).filter((other) => other.id !== run);
      expect(runs.every((other) => other.generation === 1)).toBe(true);
    },
    60_000,
  );

  test('of an old referral is restarted within 20 minutes once a person gives it a step to take', async () => {
    const referral = await world(desk);
    const { id, dead } = referral;
    await referral.skipTo(referral.opened + 9 * hour);
    dead.add(executionName(id, 1));
    desk.at(iso(Date.parse(desk.now) + minute));
    // It has no turn soon.
    expect([1, 2, 3, 4].map((round) => isTurnOf(id, iso(Date.parse(desk.now) + round * 5 * minute)))).not.toContain(
      true,
    );
    await desk.do(id, 'answer-checklist', { answers: noToAll }, 'hart-liaison');
    await desk.do(id, 'screen', { outcome: 'not-indicated', rationale: 'An invented one.' }, 'hart-liaison');
    expect(hasStepToTake(await desk.state(id), connecticutPolicy)).toBe(true);
    // React resumes it in vain, and forgets the wait.
    await referral.forget(id);
    await referral.follow();
    const acted = Date.parse(desk.now);
    const seen = await referral.until(acted + hour, async () => (await referral.generationOf(id)) === 2);
    expect(seen - acted).toBeLessThanOrEqual(20 * minute);
  });

  test('is asked about in the round after one that repaired something else of its referral', async () => {
    const referral = await world(desk);
    const { id, dead } = referral;
    const afterIt = Array.from({ length: turnsOfDay }, (_, round) => referral.opened + 9 * hour + round * 5 * minute);
    const turn = afterIt.find((at) => isTurnOf(id, iso(at), turnsOfDay)) ?? 0;
    await referral.skipTo(turn - 15 * minute);
    referral.follows(false);
    await desk.do(id, 'answer-checklist', { answers: noToAll }, 'hart-liaison');
    dead.add(executionName(id, 1));
    await referral.skipTo(turn - 1);
    // The look of its turn nudges the consumers, and only the next one asks.
    await referral.until(turn);
    expect(await referral.generationOf(id)).toBe(1);
    referral.follows(true);
    const seen = await referral.until(turn + hour, async () => (await referral.generationOf(id)) === 2);
    expect(seen).toBe(turn + 5 * minute);
  });
});
