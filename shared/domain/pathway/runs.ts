/**
 * What a run (an execution) is told when its wait may be over. The answer is an outcome word of the definitions in
 * `workflows`.
 */

import { unmetConditions } from '../closure/closure.ts';
import { isAfter } from '../core/instants.ts';
import { dutiesOf, endOfRun, openDutiesOf } from '../deadlines/deadline-runs.ts';
import type { Checkpoint } from '../deadlines/deadline-state.ts';
import { nextCheckpoint } from '../deadlines/deadlines.ts';
import { groundsMoved } from '../eligibility/eligibility.ts';
import type { Policy } from '../policy/policy.ts';
import type { Referral } from '../referral.ts';
import { currentScreening } from '../screening/current-screening.ts';

/**
 * A wait as the run entered it. The run of a deadline, or of a group of them, waits for `checkpointAt`. `startedAt` is
 * the start of the execution.
 */
export type Wait =
  | {
      readonly run: 'deadline';
      readonly runId: string;
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
    dutiesOf(state, wait.runId).reduce((sum, { raised }) => sum + raised.length, 0) >=
      mostCheckpoints * wait.generation);

/**
 * The answer for a wait in this state, or undefined while it goes on. It depends on the arguments alone, so asking
 * again gives the same.
 */
export function answerTo(state: Referral, wait: Wait, policy: Policy): Answer | undefined {
  return wait.run === 'deadline' ? answerDeadline(state, wait, policy) : answerReferral(state, wait, policy);
}

/**
 * Whether the own run of an open referral has a step to take now. A living run takes it within seconds, and its commit
 * ends this.
 */
export const hasStepToTake = (state: Referral, policy: Policy): boolean =>
  state.stage === 'open' &&
  answerReferral(state, { waitsFor: 'resolution', generation: state.generation }, policy) !== undefined;

function answerDeadline(state: Referral, wait: Wait & { run: 'deadline' }, policy: Policy): Answer | undefined {
  if ((state.runs[wait.runId]?.generation ?? 0) > wait.generation) return { outcome: 'handed-over' };
  const next = nextOfRun(state, wait.runId, policy);
  if (!next) return { outcome: endOfRun(state, wait.runId) };
  return isSame(next.at, wait.checkpointAt) ? undefined : { outcome: 'moved', checkpointAt: next.at };
}

/**
 * The generation of a run that still has something to wait for: an open referral, or an open deadline. Undefined for
 * any other run. `runId`: of the referral, of a deadline, or of a group of deadlines.
 */
export function generationDue(state: Referral, runId: string): number | undefined {
  if (runId === state.id) return state.stage === 'open' ? state.generation : undefined;
  return openDutiesOf(state, runId).length > 0 ? state.runs[runId]?.generation : undefined;
}

/** The next checkpoint of a run: the earliest of its open deadlines. Undefined where none is open. */
export const nextOfRun = (state: Referral, runId: string, policy: Policy): Checkpoint | undefined =>
  openDutiesOf(state, runId)
    .map((deadline) => nextCheckpoint(deadline, state, policy))
    .reduce<Checkpoint | undefined>((one, other) => (one && !isAfter(one.at, other.at) ? one : other), undefined);

const isSame = (one: string, other: string) => !isAfter(one, other) && !isAfter(other, one);

function answerReferral(
  state: Referral,
  wait: Pick<Wait & { run: 'referral' }, 'waitsFor' | 'generation'>,
  policy: Policy,
): Answer | undefined {
  if (state.generation > wait.generation) return { outcome: 'handed-over' };
  if (state.stage !== 'open') return { outcome: state.stage };
  const screening = currentScreening(state);
  // A fact behind the proposal has changed. The proposal is made again, and the steps after it do what is left.
  if (screening && (screening.number > state.pathway.screening || groundsMoved(state))) return { outcome: 'screened' };
  // A later generation begins with this wait, and the pathway of the screening may be open already.
  if (wait.waitsFor === 'screening') return screening && { outcome: 'waiting' };
  if (state.services.recommended.length > 0) return { outcome: 'recommended' };
  if (!state.closure.opened && unmetConditions(state, policy).length === 0) return { outcome: 'resolved' };
  return undefined;
}
