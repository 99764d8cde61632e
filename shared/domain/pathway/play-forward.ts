/**
 * What happens next if no one acts: the clocks of a referral, played forward by the policy. It takes the same decisions as
 * `RaiseCheckpoint` does, one run after the other. Nothing is stored.
 */
import { callOut } from '../alerts/calling.ts';
import { beginDecision } from '../core/decision.ts';
import { isAfter } from '../core/instants.ts';
import { openRuns } from '../deadlines/deadline-runs.ts';
import type { Checkpoint } from '../deadlines/deadline-state.ts';
import type { Event } from '../events.ts';
import type { Policy, Recipient } from '../policy/policy.ts';
import type { Referral } from '../referral.ts';
import { nextOfRun } from './runs.ts';
import { raiseCheckpoint } from './steps.ts';

/** What one run does at one instant if no one acts before. */
export interface Ahead {
  readonly runId: string;
  /** UTC instant. */
  readonly at: string;
  /** The checkpoints that are raised, each with its duty. */
  readonly raised: readonly { readonly deadlineId: string; readonly kind: Checkpoint['kind'] }[];
  /** Duties that are marked as missed. */
  readonly missed: readonly string[];
  /** Duties that end as missed, because the act is of no use any more. */
  readonly closed: readonly string[];
  /** Groups and people who are told. Empty where they were told together with another duty. */
  readonly to: readonly Recipient[];
  readonly people: readonly string[];
}

const player = { kind: 'function', id: 'raise-checkpoint' } as const;

const aheadOf = (runId: string, at: string, events: readonly Event[]): Ahead => {
  const asked = events.flatMap((each) => (each.type === 'alert-requested' ? [each] : []));
  return {
    runId,
    at,
    raised: events.flatMap((each) =>
      each.type === 'checkpoint-raised' ? [{ deadlineId: each.deadlineId, kind: each.kind }] : [],
    ),
    missed: events.flatMap((each) => (each.type === 'deadline-missed' ? [each.deadlineId] : [])),
    closed: events.flatMap((each) => (each.type === 'deadline-closed-missed' ? [each.deadlineId] : [])),
    to: [...new Set(asked.flatMap(({ to }) => to))],
    people: [...new Set(asked.flatMap(({ people }) => people))],
  };
};

/** The run whose checkpoint comes first, and when. Of two at one instant, the one that was opened first. */
const firstOf = (state: Referral, policy: Policy) =>
  openRuns(state)
    .flatMap(({ id }) => {
      const next = nextOfRun(state, id, policy);
      return next ? [{ id, at: next.at }] : [];
    })
    .reduce<{ readonly id: string; readonly at: string } | undefined>(
      (one, other) => (one && !isAfter(one.at, other.at) ? one : other),
      undefined,
    );

/**
 * Plays all clocks of a referral from `now` to `until`, UTC instants, and at most so many steps. A checkpoint that has passed is
 * raised now. The steps come in the order of time. Facts that only a birthday changes are not played.
 */
export function playForward(
  from: Referral,
  policy: Policy,
  { now, until, most }: { readonly now: string; readonly until: string; readonly most: number },
): readonly Ahead[] {
  const ahead: Ahead[] = [];
  let state = from;
  while (ahead.length < most) {
    const first = firstOf(state, policy);
    if (!first || isAfter(first.at, until)) break;
    const at = isAfter(first.at, now) ? new Date(first.at).toISOString() : now;
    const decision = beginDecision(state, { now: at, actor: player, policy });
    raiseCheckpoint(decision, first.id);
    callOut(decision, state);
    // A checkpoint that adds nothing would come for ever.
    if (decision.events().length === 0) break;
    state = { ...decision.state(), seq: state.seq + 1 };
    ahead.push(aheadOf(first.id, at, decision.events()));
  }
  return ahead;
}

/** The next steps of one run, at most so many, within the time that `until` allows. */
export const aheadOfRun = (
  state: Referral,
  policy: Policy,
  runId: string,
  { now, until, most }: { readonly now: string; readonly until: string; readonly most: number },
): readonly Ahead[] =>
  playForward(state, policy, { now, until, most: 200 })
    .filter((each) => each.runId === runId)
    .slice(0, most);
