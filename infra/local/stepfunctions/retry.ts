/** The rules of Retry and Catch. */
import type { Retrier } from './definition.ts';

/** In milliseconds. Full jitter is drawn from 0 to the delay; here it is the midpoint, so that runs can be repeated. */
export const retryDelay = (rule: Retrier, used: number) =>
  1000 * Math.min(rule.maxDelaySeconds, rule.intervalSeconds * rule.backoffRate ** used) * (rule.fullJitter ? 0.5 : 1);

/** As Step Functions: the wildcards never stand for States.Runtime, and States.DataLimitExceeded only by its name. */
export function matches(errors: readonly string[], error: string | undefined): boolean {
  if (error === 'States.Runtime') return false;
  if (error !== undefined && errors.includes(error)) return true;
  if (error === 'States.DataLimitExceeded') return false;
  return errors.includes('States.ALL') || (errors.includes('States.TaskFailed') && error !== 'States.Timeout');
}
