/** The rules of Retry and Catch. */
import type { Retrier } from '../language/definition.ts';

/** What a rule is matched against. `terminal`: it is a limit of the service that the state itself ran into, not its task. */
export interface Raised {
  readonly error?: string | undefined;
  readonly terminal?: boolean | undefined;
}

/** In milliseconds, for a rule that was used so many times. Full jitter is drawn from 0 to the capped delay. */
export const retryDelay = (rule: Retrier, used: number, random: () => number): number => {
  const seconds = Math.min(rule.maxDelaySeconds, rule.intervalSeconds * rule.backoffRate ** used);
  return Math.round(1000 * seconds * (rule.fullJitter ? random() : 1));
};

/**
 * As Step Functions: the wildcards never stand for States.Runtime, nor for a limit that the state itself ran into. That
 * of a task's result is caught (`localstack/localstack`, test_states_errors).
 */
export function matches(errors: readonly string[], { error, terminal }: Raised): boolean {
  if (error === 'States.Runtime') return false;
  if (error !== undefined && errors.includes(error)) return true;
  if (terminal) return false;
  return errors.includes('States.ALL') || (errors.includes('States.TaskFailed') && error !== 'States.Timeout');
}
