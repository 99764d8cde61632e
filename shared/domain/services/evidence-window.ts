/**
 * The evidence window: how long after the last known assault an acute exam is of use (docs/domain.md#evidence-window).
 * Every instant is UTC with `Z`. A policy without a rule that has a hard stop has no window.
 */

import { isAfter } from '../core/instants.ts';
import type { Service } from '../core/vocabulary.ts';
import { elapsedFrom } from '../policy/due.ts';
import { type DeadlineRule, type Policy, windowRuleOf } from '../policy/policy.ts';
import type { Referral } from '../referral.ts';

/** The services that are an exam by a doctor. Either one is the offer that is due once the window has passed. */
export const exams: readonly Service[] = ['medical-acute-forensic', 'medical-nonacute'];

/**
 * When the act of this rule is no longer of use. Undefined where the row has no hard stop, or the time of the assault
 * is unknown.
 */
export function endOfUse(
  { child }: Pick<Referral, 'child'>,
  { hardStop }: Pick<DeadlineRule, 'hardStop'>,
): string | undefined {
  const at = Date.parse(child.lastAssaultAt);
  if (hardStop === undefined || Number.isNaN(at)) return undefined;
  return elapsedFrom(new Date(at).toISOString(), hardStop.after);
}

/** Without an assault there is nothing to examine. An assault at an unknown time is treated as urgent. */
export function mayStillBeOfUse(state: Referral, row: DeadlineRule): boolean {
  if (state.child.lastAssaultAt === 'none-known') return false;
  const stop = endOfUse(state, row);
  return stop === undefined || Date.parse(state.report.receivedAt) <= Date.parse(stop);
}

/** The end of the window of a service, whether or not it lies ahead. */
export function stopOf(state: Pick<Referral, 'child'>, service: Service, policy: Policy): string | undefined {
  const rule = windowRuleOf(policy, service);
  return rule && endOfUse(state, rule);
}

/** The end of the window of a service, while that is after `now`. No clock of the service is due later. */
export function windowOf(
  state: Pick<Referral, 'child'>,
  service: Service,
  policy: Policy,
  now: string,
): string | undefined {
  const stop = stopOf(state, service, policy);
  return stop !== undefined && isAfter(stop, now) ? stop : undefined;
}

/**
 * True where every window for an exam had passed before the report was received. A medical exam is then offered without
 * the stop (D17b).
 */
export function isPastEveryWindow(state: Referral, { deadlines }: Policy): boolean {
  const stops = deadlines.flatMap((rule) => endOfUse(state, rule) ?? []);
  return stops.length > 0 && stops.every((stop) => isAfter(state.report.receivedAt, stop));
}
