/** The cap of mails to one person about one deadline, and which role is told in their place. */

import { isAbout, toldDeadlines } from '../alerts/alert-duties.ts';
import type { Alert } from '../alerts/alert-state.ts';
import type { AlertLife } from '../alerts/alerts.ts';
import { provedAlerts } from '../alerts/proved-alerts.ts';
import type { Role } from '../core/vocabulary.ts';
import { alarmClassOf } from '../policy/alarm-classes.ts';
import { isRole, type Policy, ruleOf } from '../policy/policy.ts';
import type { Referral } from '../referral.ts';

/**
 * For each deadline of this checkpoint, the other alerts about it. None while those of one deadline are too few for a
 * person to be at the cap. A duty of class `now` has no cap, and calls do not count.
 */
export function alertsToCount(alert: Alert, state: Referral, policy: Policy): readonly (readonly Alert[])[] {
  const deadlines = toldDeadlines(alert, state);
  if (alert.kind !== 'checkpoint' || deadlines.some((each) => alarmClassOf(each, state, policy) === 'now')) return [];
  const others = deadlines.map(({ id }) =>
    provedAlerts(state).filter((each) => isAbout(each, id) && each.id !== alert.id && each.checkpoint !== 'ring'),
  );
  return others.some(({ length }) => length < policy.mostAlerts) ? [] : others;
}

/**
 * The people at the cap of each deadline, or about to be, by the chains of its alerts. A failed mail does not count.
 * While one deadline is below the cap, the mail about all of them is due to the person.
 */
export function peopleAtCap(
  alerts: readonly (readonly (readonly [Alert, AlertLife])[])[],
  policy: Pick<Policy, 'mostAlerts'>,
): readonly string[] {
  const [first = [], ...others] = alerts.map((each) => peopleAtCapOf(each, policy));
  return first.filter((personId) => others.every((each) => each.includes(personId)));
}

function peopleAtCapOf(
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
