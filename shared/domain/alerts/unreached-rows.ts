/** The alerts that reach nobody, for the top of the queue: until somebody of the line, or who answers for it, acknowledged or what they ask is settled. */

import type { Referral } from '../referral.ts';
import type { Alert } from './alert-state.ts';
import { isObsolete, isSettledFor } from './alert-watch.ts';
import { groupsLeft, isAcknowledgedFor } from './recipient-groups.ts';

export const unreachedQueue = 'unreached';

/** The lines of an alert that nobody could be reached for and somebody must telephone. An older release said it of the alert alone. */
export function groupsToTelephone(alert: Alert, state: Referral): readonly string[] {
  const { unreachable, unreachedGroups, acknowledgedBy } = alert;
  if (!unreachable || isObsolete(alert, state)) return [];
  if (!unreachedGroups) return acknowledgedBy === undefined ? groupsLeft(alert, state) : [];
  return unreachedGroups.filter((group) => !isAcknowledgedFor(group, alert) && !isSettledFor(group, alert, state));
}

/** Whether somebody must act because an alert reached nobody. */
export const reachesNobody = (alert: Alert, state: Referral): boolean => groupsToTelephone(alert, state).length > 0;

/** A row for each alert that ever reached nobody; one that is settled comes without its queue. */
export function unreachedRows(state: Referral) {
  return Object.values(state.alerts)
    .filter(({ unreachable }) => unreachable)
    .map((alert) => {
      const deadline = alert.deadlineId === undefined ? undefined : state.deadlines[alert.deadlineId];
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
