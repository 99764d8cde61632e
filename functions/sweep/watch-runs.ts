/**
 * Runs that should live and do not. The record of the ledger and of the waits is trusted first. AWS is asked only about
 * a run that showed no life for a day, within a budget.
 */
import { executionName } from '../../shared/contracts/tasks.ts';
import { openRuns } from '../../shared/domain/deadlines/deadline-runs.ts';
import { type Event, event } from '../../shared/domain/events.ts';
import { generationDue, nextOfRun } from '../../shared/domain/pathway/runs.ts';
import type { Policy } from '../../shared/domain/policy/policy.ts';
import type { Referral } from '../../shared/domain/referral.ts';
import type { CommitContext, Ledger, ReferralRead } from '../../shared/store/ledger.ts';
import type { Runs } from '../../shared/store/runs.ts';
import type { SavedWait } from '../../shared/store/waits.ts';
import { isPast, patience } from './patience.ts';
import { createTokenBucket } from './token-bucket.ts';

const hour = 3_600_000;
const day = 24 * hour;
/** No wait of the definitions is longer. A run enters its wait again after this time. */
export const longestWait = 30 * day;

/** The commits of the last minutes. Two that are written side by side may stand in the chain a little out of order. */
const recentOf = ({ commits }: ReferralRead, now: string) => {
  const long = Date.parse(now) - 2 * patience;
  const first = commits.findLastIndex(({ at }) => Date.parse(at) < long) + 1;
  return commits.slice(first).filter(({ at }) => !isPast(at, now));
};

/** The runs that were restarted in the last minutes. */
export const restartedIn = (referral: ReferralRead, now: string): ReadonlySet<string> =>
  new Set(
    recentOf(referral, now).flatMap(({ events }) =>
      events.flatMap((each) => (each.type === 'run-lost' ? [each.run] : [])),
    ),
  );

/**
 * The events that repair a referral's runs. A lost run gets its next generation. `changedAt` is the instant of the last
 * commit. A run that this commit resumed may be between two waits, and is not lost. Nor is a run that was `restarted` a
 * moment ago.
 */
export function stalledRuns(
  state: Referral,
  waits: readonly SavedWait[],
  policy: Policy,
  now: string,
  changedAt: string,
  restarted: ReadonlySet<string> = new Set(),
): readonly (Event & { readonly type: 'run-lost' })[] {
  const isQuiet = isPast(changedAt, now);
  const waiting = (run: string, generation: number) =>
    waits.find(
      (wait) =>
        wait.runId === run &&
        wait.generation >= generation &&
        !isPast(new Date(Date.parse(wait.enteredAt) + longestWait).toISOString(), now),
    );
  const found: (Event & { readonly type: 'run-lost' })[] = [];
  if (state.stage === 'open' && isQuiet && !restarted.has(state.id) && !waiting(state.id, state.generation)) {
    found.push(event('run-lost', { run: state.id, generation: state.generation }));
  }
  for (const { id, generation } of openRuns(state)) {
    if (restarted.has(id)) continue;
    const next = nextOfRun(state, id, policy);
    const late = next !== undefined && isPast(next.at, now);
    const absent = isQuiet && !waiting(id, generation);
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

/**
 * The runs that look stale: they entered their wait over so many milliseconds ago. A deadline is left out whose next
 * checkpoint comes within that time. It shows by itself whether its run lives. `now` is a UTC instant.
 */
export function staleRuns(
  state: Referral,
  waits: readonly SavedWait[],
  policy: Policy,
  { machines, now, age }: { readonly machines: SweepMachines; readonly now: string; readonly age: number },
): readonly RunToAskFor[] {
  const isStale = (run: string, generation: number) => {
    const wait = waits.find((each) => each.runId === run && each.generation >= generation);
    return wait !== undefined && Date.parse(now) - Date.parse(wait.enteredAt) > age;
  };
  const isFar = (run: string) => {
    const next = nextOfRun(state, run, policy);
    return next === undefined || Date.parse(next.at) - Date.parse(now) > age;
  };
  const due = [
    ...(state.stage === 'open' ? [{ machine: machines.referral, run: state.id, generation: state.generation }] : []),
    ...openRuns(state)
      .filter(({ id }) => isFar(id))
      .map(({ id, generation }) => ({ machine: machines.deadline, run: id, generation })),
  ];
  return due
    .filter(({ run, generation }) => isStale(run, generation))
    .map((each) => ({ referralId: state.id, ...each }));
}

export interface SweepMachines {
  readonly referral: string;
  readonly deadline: string;
}

/** Without life for so long, a run of a recent referral, or of any other, is asked about. */
export const ageOfRecent = hour;
export const ageOfOpen = day;

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
