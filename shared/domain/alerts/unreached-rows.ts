/**
 * The unreachable alerts, for the top of the queue. A row stays until the recipient group, or a person who answers for
 * it, acknowledges. It also goes when the alert is settled.
 */

import type { Referral } from '../referral.ts';
import { toldDeadlines } from './alert-duties.ts';
import type { Alert } from './alert-state.ts';
import { isObsolete, isSettledFor } from './alert-watch.ts';
import { isAcknowledgedFor } from './recipient-groups.ts';

export const unreachedQueue = 'unreached';

/** The unreachable recipient groups of an alert, which a person must telephone. */
export function groupsToTelephone(alert: Alert, state: Referral): readonly string[] {
  const { unreachedGroups = [] } = alert;
  if (isObsolete(alert, state)) return [];
  return unreachedGroups.filter((group) => !isAcknowledgedFor(group, alert) && !isSettledFor(group, alert, state));
}

/** Whether a person must act because an alert reached no one. */
export const reachesNobody = (alert: Alert, state: Referral): boolean => groupsToTelephone(alert, state).length > 0;

/** A row for each alert that was ever unreachable. A settled one comes without its queue. */
export function unreachedRows(state: Referral) {
  return Object.values(state.alerts)
    .filter(({ unreachable }) => unreachable)
    .map((alert) => {
      const [deadline] = toldDeadlines(alert, state);
      return {
        kind: 'unreached',
        id: alert.id,
        subject: alert.kind,
        due: deadline?.due ?? alert.requestedAt,
        ...(deadline && { deadlineId: deadline.id, rule: deadline.rule }),
        ...(reachesNobody(alert, state) && { queue: unreachedQueue, groups: [...groupsToTelephone(alert, state)] }),
      } as const;
    });
}
