/**
 * Runs that should live and do not. The record of the ledger and of the waits is trusted first. AWS is asked only about
 * a run that showed no life for an hour, within a budget. No clock tells that to the minute, so it is asked in turns.
 *
 * How long a lost run stays unseen at worst, where the event of its end did not come:
 *
 * | The run | Seen |
 * |---|---|
 * | of a deadline or of a group, at any age, once its checkpoint is due | within 15 minutes |
 * | of a referral of any age, once a person gives it a step to take | within 20 minutes |
 * | lost in the first three hours of its referral, without a wait | within 15 minutes |
 * | lost in the first three hours of its referral, in its wait | within two hours |
 * | lost later, without a wait | within six hours |
 * | lost later, in its wait | within 25 hours |
 *
 * So a loss delays no clock and no step by more than the first two lines. While rounds are missed, that time comes on top.
 * Where AWS refuses to tell, the last lines take as long as it refuses.
 */
import { executionName } from '../../shared/contracts/tasks.ts';
import { openRuns } from '../../shared/domain/deadlines/deadline-runs.ts';
import { type Event, event } from '../../shared/domain/events.ts';
import { generationDue, nextOfRun } from '../../shared/domain/pathway/runs.ts';
import type { Policy } from '../../shared/domain/policy/policy.ts';
import type { Referral } from '../../shared/domain/referral.ts';
import type { Runs } from '../../shared/store/executions.ts';
import type { CommitContext, Ledger, ReferralRead } from '../../shared/store/ledger.ts';
import type { SavedWait } from '../../shared/store/waits.ts';
import { isPast, patience } from './patience.ts';
import { createTokenBucket } from './token-bucket.ts';

const hour = 3_600_000;
/** No wait of the definitions is longer. A run enters its wait again after this time. */
export const longestWait = 30 * 24 * hour;

/** The commits of the last minutes. Two that are written side by side may stand in the chain a little out of order. */
const recentOf = ({ commits }: ReferralRead, now: string) => {
  const long = Date.parse(now) - 2 * patience;
  const first = commits.findLastIndex(({ at }) => Date.parse(at) < long) + 1;
  return commits.slice(first).filter(({ at }) => !isPast(at, now));
};

/** The runs that a commit of the last minutes began, or began again. They may not be there yet. */
export const begunIn = (referral: ReferralRead, now: string): ReadonlySet<string> =>
  new Set(recentOf(referral, now).flatMap(({ events }) => events.flatMap((each) => begunBy(each, referral.state))));

function begunBy(each: Event, state: Referral): readonly string[] {
  if (each.type === 'run-lost' || each.type === 'run-handed-over') return [each.run];
  if (each.type === 'deadline-opened') return [each.group?.id ?? each.deadlineId];
  if (each.type === 'referral-opened') return [state.id];
  return each.type === 'merge-undone' ? [state.id, ...openRuns(state).map(({ id }) => id)] : [];
}

/** Whether this run stands in its wait, as the waits say. No wait of the definitions is longer than `longestWait`. */
const isIn = (waits: readonly SavedWait[], run: string, generation: number, now: string): boolean =>
  waits.some(
    (wait) =>
      wait.runId === run &&
      wait.generation >= generation &&
      !isPast(new Date(Date.parse(wait.enteredAt) + longestWait).toISOString(), now),
  );

/**
 * The events that repair a referral's runs. A lost run gets its next generation. `changedAt` is the instant of the last
 * commit. A run that this commit resumed may be between two waits, and is not lost. Nor is a run that has `begun` a
 * moment ago.
 */
export function stalledRuns(
  state: Referral,
  waits: readonly SavedWait[],
  policy: Policy,
  now: string,
  changedAt: string,
  begun: ReadonlySet<string> = new Set(),
): readonly (Event & { readonly type: 'run-lost' })[] {
  const isQuiet = isPast(changedAt, now);
  const found: (Event & { readonly type: 'run-lost' })[] = [];
  if (state.stage === 'open' && isQuiet && !begun.has(state.id) && !isIn(waits, state.id, state.generation, now)) {
    found.push(event('run-lost', { run: state.id, generation: state.generation }));
  }
  for (const { id, generation } of openRuns(state)) {
    if (begun.has(id)) continue;
    const next = nextOfRun(state, id, policy);
    const late = next !== undefined && isPast(next.at, now);
    const absent = isQuiet && !isIn(waits, id, generation, now);
    if (late || absent) found.push(event('run-lost', { run: id, generation }));
  }
  return found;
}

export interface RunToAskFor {
  readonly referralId: string;
  readonly machine: string;
  readonly run: string;
  readonly generation: number;
}

/** A run without life for so long, in milliseconds, is asked about in a look at the whole chain. */
export const staleAge = hour;

/**
 * The runs that AWS is asked about. In any look: those that stand in no wait, while commits come that may have moved
 * them. Where the look is whole: also those that entered their wait more than an hour ago. A deadline is left out whose
 * next checkpoint comes within the hour. It shows by itself whether its run lives. `now` is a UTC instant.
 */
export function staleRuns(
  state: Referral,
  waits: readonly SavedWait[],
  policy: Policy,
  look: {
    readonly machines: SweepMachines;
    readonly now: string;
    readonly isWhole: boolean;
    readonly begun: ReadonlySet<string>;
  },
): readonly RunToAskFor[] {
  const { machines, now, isWhole, begun } = look;
  const isOld = (run: string) =>
    waits.some((wait) => wait.runId === run && Date.parse(now) - Date.parse(wait.enteredAt) > staleAge);
  const isFar = (run: string) => {
    const next = run === state.id ? undefined : nextOfRun(state, run, policy);
    return next === undefined || Date.parse(next.at) - Date.parse(now) > staleAge;
  };
  const due = [
    ...(state.stage === 'open' ? [{ machine: machines.referral, run: state.id, generation: state.generation }] : []),
    ...openRuns(state).map(({ id, generation }) => ({ machine: machines.deadline, run: id, generation })),
  ];
  return due
    .filter(({ run, generation }) =>
      isIn(waits, run, generation, now) ? isWhole && isOld(run) && isFar(run) : !begun.has(run),
    )
    .map((each) => ({ referralId: state.id, ...each }));
}

export interface SweepMachines {
  readonly referral: string;
  readonly deadline: string;
}

/**
 * A third of what AWS allows an account in its smallest regions: 250 at once and 10 a second. The rest is for operators
 * and for starts. In a round this is about 1,000 runs, so 290,000 a day.
 */
const budget = { burst: 80, perSecond: 4 };
/** A round of five minutes asks no longer than this after its beginning. */
const latest = 220_000;
/** After so many refusals in a row, AWS has its rest until the next round. */
const mostRefusals = 4;
const firstRest = 1000;
/** The most runs that wait for a later round. What is dropped has its turn tomorrow. */
const mostUnasked = 20_000;

export interface AskParts {
  readonly runs: Pick<Runs, 'lifeOf'>;
  readonly ledger: Pick<Ledger, 'changeReferral'>;
  /** Runs that an earlier round had no time for, by the name of the execution. It lives as long as the process. */
  readonly unasked: Map<string, RunToAskFor>;
  /** Milliseconds since the round began. */
  readonly elapsed: () => number;
  readonly pause: (milliseconds: number) => Promise<void>;
}

export interface Asked {
  /** Referrals with a run that has ended and was restarted. */
  readonly restarted: number;
  /** How often AWS refused to tell. */
  readonly refusals: number;
}

/**
 * Asks AWS about these runs, and about those left by earlier rounds. An ended one gets its next generation. A refusal
 * or a fault of one ends no round: the run is asked about again in the next.
 */
export async function askForRuns(
  parts: AskParts,
  asks: readonly RunToAskFor[],
  frame: CommitContext,
  onFault: (fault: unknown) => void,
): Promise<Asked> {
  const { runs, unasked, elapsed, pause } = parts;
  for (const ask of asks) if (unasked.size < mostUnasked) unasked.set(executionName(ask.run, ask.generation), ask);
  const bucket = createTokenBucket(budget);
  const ended: RunToAskFor[] = [];
  let refusals = 0;
  let inARow = 0;
  for (const [name, ask] of [...unasked]) {
    const rest = bucket.take(elapsed());
    if (inARow >= mostRefusals || elapsed() + rest > latest) break;
    if (rest > 0) await pause(rest);
    const life = await runs.lifeOf(ask.machine, name).catch(onFault);
    if (life === 'not-told') {
      bucket.empty(elapsed(), firstRest * 2 ** inARow);
      refusals += 1;
      inARow += 1;
    } else {
      inARow = 0;
      unasked.delete(name);
      if (life === 'ended') ended.push(ask);
    }
  }
  const byReferral = Map.groupBy(ended, ({ referralId }) => referralId);
  let restarted = 0;
  for (const [referralId, lost] of byReferral) {
    const changed = await parts.ledger
      .changeReferral(referralId, frame, (state) => {
        // Meanwhile its deadlines may be kept, or its loss known.
        const due = lost.filter(({ run, generation }) => state && generationDue(state, run) === generation);
        return due.length === 0 ? [] : [event('swept', { found: 'lost-run' }), ...due.map(lostEvent)];
      })
      .catch(onFault);
    if (changed && 'events' in changed && changed.events.length > 0) restarted += 1;
  }
  return { restarted, refusals };
}

const lostEvent = ({ run, generation }: RunToAskFor) => event('run-lost', { run, generation });
