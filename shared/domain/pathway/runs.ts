/**
 * What a run (an execution) is told when its wait may be over. The answer is an outcome word of the definitions in
 * `workflows`.
 */

import { conditionsOfClosure } from '../closure/closure.ts';
import { isAfter } from '../core/instants.ts';
import { nextCheckpoint } from '../deadlines/deadlines.ts';
import { groundsMoved } from '../eligibility/eligibility.ts';
import type { Policy } from '../policy/policy.ts';
import type { Referral } from '../referral.ts';
import { currentScreening } from '../screening/current-screening.ts';

/**
 * A wait as the run entered it. A deadline's run waits for `checkpointAt`; `startedAt` is the start of the execution.
 */
export type Wait =
  | {
      readonly run: 'deadline';
      readonly deadlineId: string;
      readonly checkpointAt: string;
      readonly generation: number;
      readonly startedAt: string;
    }
  | {
      readonly run: 'referral';
      readonly waitsFor: 'screening' | 'resolution';
      readonly generation: number;
      readonly startedAt: string;
    };

export interface Answer {
  readonly outcome: string;
  readonly checkpointAt?: string;
  /** When the referral's run looks at its proposal again, unless something happens earlier. */
  readonly askAgainAt?: string;
}

/**
 * In milliseconds. An execution lives a year at most and remembers 25,000 events. The next generation takes over long
 * before either.
 */
const longestRun = 300 * 86_400_000;
const mostCheckpoints = 500;

export const needsNewGeneration = (state: Referral, wait: Wait, now: string): boolean =>
  Date.parse(now) - Date.parse(wait.startedAt) > longestRun ||
  (wait.run === 'deadline' &&
    (state.deadlines[wait.deadlineId]?.raised.length ?? 0) >= mostCheckpoints * wait.generation);

/**
 * The answer for a wait in this state, or undefined while it goes on. It depends on the arguments alone, so asking
 * again gives the same.
 */
export function answerTo(state: Referral, wait: Wait, policy: Policy): Answer | undefined {
  return wait.run === 'deadline' ? answerDeadline(state, wait, policy) : answerReferral(state, wait, policy);
}

function answerDeadline(state: Referral, wait: Wait & { run: 'deadline' }, policy: Policy): Answer | undefined {
  const deadline = state.deadlines[wait.deadlineId];
  if (!deadline) return { outcome: 'ended' };
  if (deadline.generation > wait.generation) return { outcome: 'handed-over' };
  if (deadline.status !== 'open') return { outcome: deadline.status };
  const { at } = nextCheckpoint(deadline, state, policy);
  return isSame(at, wait.checkpointAt) ? undefined : { outcome: 'moved', checkpointAt: at };
}

const isSame = (one: string, other: string) => !isAfter(one, other) && !isAfter(other, one);

function answerReferral(state: Referral, wait: Wait & { run: 'referral' }, policy: Policy): Answer | undefined {
  if (state.generation > wait.generation) return { outcome: 'handed-over' };
  if (state.stage !== 'open') return { outcome: state.stage };
  const screening = currentScreening(state);
  // A fact behind the proposal has changed. The proposal is made again, and the steps after it do what is left.
  if (screening && (screening.number > state.pathway.screening || groundsMoved(state))) return { outcome: 'screened' };
  // A later generation begins with this wait, and the pathway of the screening may be open already.
  if (wait.waitsFor === 'screening') return screening && { outcome: 'waiting' };
  if (state.services.recommended.length > 0) return { outcome: 'recommended' };
  if (!state.closure.opened && conditionsOfClosure(state, policy).length === 0) return { outcome: 'resolved' };
  return undefined;
}
