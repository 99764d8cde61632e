/** Lost runs at 30,000 open referrals: what is asked of AWS, when, and what a busy AWS changes. Time is virtual. */
import { beforeEach, describe, expect, test } from 'vitest';
import { type LookParts, lookAtReferral, type Quiet } from '../../functions/sweep/look-at-referral.ts';
import { createTokenBucket } from '../../functions/sweep/token-bucket.ts';
import { looksNow } from '../../functions/sweep/turns.ts';
import { askForRuns, type RunToAskFor, staleAge, staleRuns } from '../../functions/sweep/watch-runs.ts';
import { boardLayout } from '../../shared/domain/board/board-rows.ts';
import { turnName, turnOf } from '../../shared/domain/board/watchdog-turns.ts';
import type { Span } from '../../shared/domain/core/spans.ts';
import { openRuns } from '../../shared/domain/deadlines/deadline-runs.ts';
import { noDoubt } from '../../shared/domain/doubts/doubts.ts';
import { factLayout } from '../../shared/domain/facts/fact-row-shape.ts';
import { nextOfRun } from '../../shared/domain/pathway/runs.ts';
import type { Referral } from '../../shared/domain/referral.ts';
import type { Life } from '../../shared/store/executions.ts';
import type { CommitContext, ReferralRead } from '../../shared/store/ledger.ts';
import type { SavedWait } from '../../shared/store/waits.ts';
import { type Desk, startDesk } from '../support/desk.ts';
import { inventedReference } from '../support/invented-rows.ts';
import { referral } from '../support/referral-builder.ts';
import { connecticutPolicy } from '../support/released-policy.ts';

const minute = 60_000;
const day = 86_400_000;
const later = (from: string, milliseconds: number) => new Date(Date.parse(from) + milliseconds).toISOString();
const machines = { referral: 'arn:stateMachine:referral', deadline: 'arn:stateMachine:deadline' };

/** The waits of every run, each entered at this instant. */
const waitsOf = (state: Referral, enteredAt: string): readonly SavedWait[] => {
  const common = { referralId: state.id, generation: 1, token: 't', enteredAt, retryCount: 0, startedAt: enteredAt };
  return [
    { run: 'referral', waitsFor: 'screening', runId: state.id, ...common },
    ...openRuns(state).map(({ id }): SavedWait => {
      const checkpointAt = nextOfRun(state, id, connecticutPolicy)?.at ?? '';
      return { run: 'deadline', runId: id, checkpointAt, ...common };
    }),
  ];
};

describe('AWS is asked about a run', () => {
  const { state } = referral().run();
  const now = later(state.report.recordedAt, 5 * minute);
  const none: ReadonlySet<string> = new Set();
  const asked = (waits: readonly SavedWait[], { isWhole = true, begun = none } = {}) =>
    staleRuns(state, waits, connecticutPolicy, { machines, now, isWhole, begun }).map(({ run }) => run);

  test('after an hour in its wait, and not before', () => {
    expect(asked(waitsOf(state, later(now, -staleAge)))).toEqual([]);
    expect(asked(waitsOf(state, later(now, -staleAge - 1)))).toContain(state.id);
    expect(asked(waitsOf(state, later(now, -staleAge - 1)), { isWhole: false })).toEqual([]);
  });

  test('only where no checkpoint within that time shows whether it lives', () => {
    const found = asked(waitsOf(state, later(now, -2 * day)));
    for (const { id } of openRuns(state)) {
      const next = Date.parse(nextOfRun(state, id, connecticutPolicy)?.at ?? '');
      expect(found.includes(id), id).toBe(next - Date.parse(now) > staleAge);
    }
    expect(found).toContain(state.id);
    expect(found.length).toBeLessThan(1 + openRuns(state).length);
  });

  test('in any look where it stands in no wait: commits of others come all the time, so no quiet shows its loss', () => {
    const waits = waitsOf(state, now).filter(({ runId }) => runId !== state.id);
    expect(asked(waits, { isWhole: false })).toEqual([state.id]);
    expect(asked(waits, { isWhole: false, begun: new Set([state.id]) })).toEqual([]);
  });

  test('not where only the wait of an earlier generation is there, while the new run is starting', () => {
    const restarted = { ...state, generation: 2 };
    const waits = waitsOf(state, later(now, -2 * day));
    const look = { machines, now, isWhole: true, begun: new Set([state.id]) };
    const found = staleRuns(restarted, waits, connecticutPolicy, look).map(({ run }) => run);
    expect(found).not.toContain(state.id);
  });
});

/** A clock that only pauses and calls move. */
function virtualTime() {
  let at = 0;
  return {
    now: () => at,
    pass: (milliseconds: number) => {
      at += milliseconds;
    },
    pause: async (milliseconds: number) => {
      at += milliseconds;
    },
  };
}

/** Step Functions as AWS limits it: so many calls at once, then so many a second. Each call takes 15 milliseconds. */
function throttlingRuns(time: ReturnType<typeof virtualTime>, limit: { burst: number; perSecond: number }) {
  let tokens = limit.burst;
  let filledAt = 0;
  const ended = new Set<string>();
  const asked: string[] = [];
  return {
    ended,
    asked,
    async lifeOf(_machine: string, name: string): Promise<Life> {
      time.pass(15);
      tokens = Math.min(limit.burst, tokens + ((time.now() - filledAt) / 1000) * limit.perSecond);
      filledAt = time.now();
      if (tokens < 1) return 'not-told';
      tokens -= 1;
      asked.push(name);
      return ended.has(name) ? 'ended' : 'running';
    },
  };
}

/** What AWS allows an account in its smallest regions. */
const ofAws = { burst: 250, perSecond: 10 };

describe('30,000 open referrals', () => {
  const story = referral().run();
  const text = JSON.stringify(story.state);
  const now = later(story.state.report.recordedAt, minute);
  const entered = later(now, -3 * day);
  const stateOf = (id: string) => JSON.parse(text.replaceAll(story.state.id, id)) as Referral;
  const ids = Array.from({ length: 30_000 }, (_, number) => inventedReference(number));
  const byTurn = Map.groupBy(ids, (id) => turnName(turnOf(id)));
  const reads = { place: 0, others: 0 };
  /** They were reported long ago, and no commit came since. */
  const commits = [
    { seq: 1, at: later(now, -30 * day), events: [], cause: { kind: 'delivery' }, stored: { hash: 'hash 1' } },
  ];
  const readOf = (id: string) =>
    ({
      state: { ...stateOf(id), seq: 1, alerts: {} },
      commits,
      policy: connecticutPolicy.version,
    }) as unknown as ReferralRead;
  const counted =
    <Args extends readonly unknown[], Result>(what: keyof typeof reads, answer: (...args: Args) => Result) =>
    async (...args: Args) => {
      reads[what] += 1;
      return answer(...args);
    };
  const quiet = new Map<string, Quiet>();
  const never = () => {
    throw new Error('Nothing is to be done here.');
  };
  const parts = {
    ledger: {
      // Its index has each of them, at the instant of its opening.
      openedIn: async ({ from, before }: Span) => (Date.parse(before) - Date.parse(from) === 1 ? ids : []),
      lastOf: counted('place', () => ({ seq: 1, hash: 'hash 1' })),
      referral: counted('others', readOf),
      changeReferral: never,
      changeRoster: never,
      doubt: counted('others', () => noDoubt),
      readChecked: counted('others', () => ({ commits: [], check: { intact: true } })),
      noteDoubts: never,
    },
    board: {
      openInTurn: async (turn: number) => byTurn.get(turnName(turn)) ?? [],
      queue: async () => ({ rows: [] }),
      listedDrafts: async () => [],
      stored: counted('others', (rows: readonly unknown[]) => rows.map((row) => ({ row }))),
      replace: never,
    },
    cursors: {
      of: counted('others', () => {
        const progress = { seq: 1, head: 'hash 1', layout: boardLayout };
        return { react: progress, 'send-alerts': progress, facts: { ...progress, layout: factLayout } };
      }),
      witnesses: counted('others', () => new Map()),
      putWitness: counted('others', () => undefined),
    },
    waits: { of: counted('others', (id: string) => waitsOf(stateOf(id), entered)) },
    directory: { seats: never, people: never },
    countSeatsNotReached: never,
    machines,
    policyOf: () => connecticutPolicy,
    quiet,
  } as unknown as Omit<LookParts, 'now'> & Parameters<typeof looksNow>[0];
  const frameAt = (at: string): CommitContext => ({
    now: at,
    actor: { kind: 'function', id: 'sweep' },
    cause: { kind: 'sweep' },
  });

  /** One round at this instant: its looks, and then what AWS is asked. */
  async function round(
    at: string,
    runs: ReturnType<typeof throttlingRuns>,
    unasked: Map<string, RunToAskFor>,
    time: ReturnType<typeof virtualTime>,
    changeReferral: unknown = never,
  ) {
    const faults: unknown[] = [];
    const onFault = (fault: unknown) => void faults.push(fault);
    const began = time.now();
    const asks: RunToAskFor[] = [];
    const looks = await looksNow({ ...parts, now: at });
    for (const look of looks) {
      asks.push(...(await lookAtReferral({ ...parts, now: at }, look, frameAt(at), onFault)).asks);
    }
    const ledger = { changeReferral } as never;
    const elapsed = () => time.now() - began;
    const asked = await askForRuns({ runs, ledger, unasked, elapsed, pause: time.pause }, asks, frameAt(at), onFault);
    const took = elapsed();
    // The next round begins five minutes after this one.
    time.pass(Math.max(0, 5 * minute - took));
    return { looks, asks, ...asked, faults, took };
  }

  beforeEach(() => {
    quiet.clear();
    Object.assign(reads, { place: 0, others: 0 });
  });

  test('are asked about within what AWS allows, each in its turn of the day, and no round fails or runs late', async () => {
    const time = virtualTime();
    const runs = throttlingRuns(time, ofAws);
    const unasked = new Map<string, RunToAskFor>();
    const wanted: string[] = [];
    for (let number = 0; number < 4; number += 1) {
      const { looks, asks, refusals, faults, took } = await round(later(now, number * 5 * minute), runs, unasked, time);
      expect(looks.length).toBeGreaterThan(30_000 / 80);
      expect(looks.length).toBeLessThan(30_000 / 60);
      expect([refusals, faults]).toEqual([0, []]);
      expect(took).toBeLessThan(4 * minute);
      wanted.push(...asks.map(({ run }) => `${run}-g1`));
    }
    expect(wanted.length).toBeGreaterThan(4 * 80);
    expect(unasked.size).toBe(0);
    expect(runs.asked).toEqual(wanted);
  }, 60_000);

  test('cost one read each where nothing is to do, once a round has looked at them', async () => {
    const time = virtualTime();
    const runs = throttlingRuns(time, ofAws);
    const at = now;
    const { looks } = await round(at, runs, new Map(), time);
    Object.assign(reads, { place: 0, others: 0 });
    // Six hours later the same have their turn, and a fourth of them the one of the day.
    const evening = later(at, day / 4);
    const again = await looksNow({ ...parts, now: evening });
    expect(again.map(({ referralId }) => referralId).toSorted()).toEqual(
      looks.map((look) => look.referralId).toSorted(),
    );
    // Their next checkpoint is late by then. One that is not costs its place alone.
    for (const [id, known] of quiet) quiet.set(id, { ...known, until: Date.parse(evening) + 1 });
    for (const look of again)
      await lookAtReferral({ ...parts, now: evening }, { ...look, isWhole: false }, frameAt(evening), never);
    expect(reads).toEqual({ place: again.length, others: 0 });
  }, 60_000);

  test('lose no run where AWS refuses most calls: it is found in a later round, without a commit in between', async () => {
    const time = virtualTime();
    // Operators and other stacks use up the rest.
    const runs = throttlingRuns(time, { burst: 30, perSecond: 1 });
    const unasked = new Map<string, RunToAskFor>();
    const restarted: string[] = [];
    const states = new Map<string, Referral>();
    const changeReferral = async (
      id: string,
      _frame: unknown,
      decide: (state: Referral) => readonly { run?: string }[],
    ) => {
      const events = decide(states.get(id) ?? stateOf(id));
      restarted.push(...events.flatMap(({ run }) => run ?? []));
      return { events };
    };
    const first = await round(now, runs, unasked, time, changeReferral);
    expect(first.refusals).toBeGreaterThan(0);
    expect(first.faults).toEqual([]);
    expect(unasked.size).toBeGreaterThan(0);
    const last = [...unasked.values()].at(-1)?.run ?? '';
    runs.ended.add(`${last}-g1`);
    for (let rounds = 0; rounds < 200 && unasked.size > 0; rounds += 1) {
      const asked = await askForRuns(
        { runs, ledger: { changeReferral } as never, unasked, elapsed: () => 0, pause: time.pause },
        [],
        frameAt(now),
        never,
      );
      expect(asked.refusals).toBeLessThanOrEqual(4);
      time.pass(5 * minute);
    }
    expect(restarted).toEqual([last]);
    expect(unasked.size).toBe(0);
  }, 60_000);
});

describe('asking about runs', () => {
  test('takes back no work that was done meanwhile', async () => {
    const desk: Desk = await startDesk();
    try {
      const id = await desk.opened();
      const state = await desk.state(id);
      const asks = openRuns(state).map(({ id: run, generation }) => ({
        referralId: id,
        machine: machines.deadline,
        run,
        generation,
      }));
      const runs = {
        async lifeOf(): Promise<Life> {
          if ((await desk.state(id)).seq === state.seq) await desk.do(id, 'start-response', {}, 'caseworker');
          return 'ended';
        },
      };
      const frame = { now: desk.now, actor: { kind: 'function', id: 'sweep' }, cause: { kind: 'sweep' } } as const;
      const more = { unasked: new Map(), elapsed: () => 0, pause: async () => {} };
      const { restarted } = await askForRuns({ runs, ledger: desk.ledger, ...more }, asks, frame, (fault) => {
        throw fault;
      });
      expect(restarted).toBe(1);
      const read = await desk.ledger.referral(id);
      const lost = read?.commits.at(-1)?.events.flatMap((each) => (each.type === 'run-lost' ? [each.run] : [])) ?? [];
      const openNow = openRuns(await desk.state(id)).map((run) => run.id);
      expect(lost.toSorted()).toEqual(openNow.toSorted());
      expect(lost.length).toBeLessThan(asks.length);
    } finally {
      await desk.stop();
    }
  });

  test('about one that cannot be told of ends no round', async () => {
    const faults: unknown[] = [];
    const runs = {
      lifeOf: async (_machine: string, name: string): Promise<Life> => {
        if (name === 'CR-A-g1') throw new Error('The network is down.');
        return 'running';
      },
    };
    const asks = ['CR-A', 'CR-B'].map((run) => ({ referralId: run, machine: 'arn', run, generation: 1 }));
    const unasked = new Map<string, RunToAskFor>();
    const frame = {
      now: '2026-11-10T15:00:00.000Z',
      actor: { kind: 'function', id: 'sweep' },
      cause: { kind: 'sweep' },
    };
    const ledger = { changeReferral: async () => undefined };
    const asked = await askForRuns(
      { runs, ledger, unasked, elapsed: () => 0, pause: async () => {} } as never,
      asks,
      frame as never,
      (fault) => void faults.push(fault),
    );
    expect([asked, faults.length, unasked.size]).toEqual([{ restarted: 0, refusals: 0 }, 1, 0]);
  });
});

test('a bucket of tokens gives a burst at once, then one for each of its seconds, and has its rest where it is emptied', () => {
  const bucket = createTokenBucket({ burst: 3, perSecond: 2 });
  expect([0, 0, 0, 0].map((at) => bucket.take(at))).toEqual([0, 0, 0, 500]);
  expect(bucket.take(500)).toBe(500);
  expect(bucket.take(10_000)).toBe(0);
  bucket.empty(10_000, 4000);
  expect(bucket.take(10_000)).toBe(4000);
});
