/** The cap of mails to one person about one deadline, and which role is told in their place. */

import type { Alert } from '../alerts/alert-state.ts';
import type { AlertLife } from '../alerts/alerts.ts';
import type { Role } from '../core/vocabulary.ts';
import { alarmClassOf } from '../policy/alarm-classes.ts';
import { isRole, type Policy, ruleOf } from '../policy/policy.ts';
import type { Referral } from '../referral.ts';

/**
 * The other alerts about the deadline of this checkpoint. None while they are too few for a person to be at the cap. A
 * duty of class `now` has no cap, and calls do not count.
 */
export function alertsToCount({ id, kind, deadlineId }: Alert, state: Referral, policy: Policy): readonly Alert[] {
  const deadline = deadlineId === undefined ? undefined : state.deadlines[deadlineId];
  if (kind !== 'checkpoint' || !deadline || alarmClassOf(deadline, state, policy) === 'now') return [];
  const others = Object.values(state.alerts).filter(
    (each) => each.deadlineId === deadlineId && each.id !== id && each.checkpoint !== 'ring',
  );
  return others.length >= policy.mostAlerts ? others : [];
}

/** The people at the cap, or about to be, by the chains of these alerts. A failed mail does not count. */
export function peopleAtCap(
  alerts: readonly (readonly [Alert, AlertLife])[],
  { mostAlerts }: Pick<Policy, 'mostAlerts'>,
): readonly string[] {
  const told = alerts.flatMap(([, { deliveries, leases, deferred }]) => [
    ...new Set([
      ...deliveries.filter(({ status }) => status !== 'failed').map(({ personId }) => personId),
      ...Object.keys(leases),
      ...Object.keys(deferred),
    ]),
  ]);
  return [...Map.groupBy(told, (personId) => personId)]
    .filter(([, mails]) => mails.length >= mostAlerts)
    .map(([personId]) => personId);
}

/** The roles that are told, in this order, where all people of a recipient group are at the cap. */
export function afterCap(
  { deadlineId = '' }: Alert,
  { deadlines }: Referral,
  policy: Policy,
): readonly [Role, ...Role[]] {
  const deadline = deadlines[deadlineId];
  const [first, ...others] = policy.afterEscalation;
  const own = deadline ? ruleOf(policy, deadline).escalate.filter(isRole) : [];
  const [next = first, ...rest] = [...new Set([...own, first, ...others])];
  return [next, ...rest];
}
