/** The cap of mails to one person about one deadline, and who is told in their place. */

import type { Alert } from '../alerts/alert-state.ts';
import type { AlertLife } from '../alerts/alerts.ts';
import type { Role } from '../core/vocabulary.ts';
import { alarmClassOf } from '../policy/alarm-classes.ts';
import { isRole, type Policy, ruleOf } from '../policy/policy.ts';
import type { Referral } from '../referral.ts';

/**
 * The other alerts about the deadline of this checkpoint; none while they are too few for anybody to be at the cap. A duty of class
 * `now` has no cap, and the calls about one count for none.
 */
export function alertsToCount({ id, kind, deadlineId }: Alert, state: Referral, policy: Policy): readonly Alert[] {
  const deadline = deadlineId === undefined ? undefined : state.deadlines[deadlineId];
  if (kind !== 'checkpoint' || !deadline || alarmClassOf(deadline, state, policy) === 'now') return [];
  const others = Object.values(state.alerts).filter(
    (each) => each.deadlineId === deadlineId && each.id !== id && each.checkpoint !== 'ring',
  );
  return others.length >= policy.mostAlerts ? others : [];
}

/** Who got as many mails as one person gets, or will have, in the chains of these alerts; a mail that failed was none. */
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

/** The roles that are told where nobody of a line is below the cap, the first of them first. */
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
