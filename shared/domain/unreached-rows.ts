/** The alerts that reach nobody, for the top of the queue: until somebody of the line, or who answers for it, acknowledged or what they ask is settled. */
import { isAcknowledgedFor } from './alert-lines.ts';
import { isMoot, isSettledFor } from './alert-watch.ts';
import type { Alert, Referral } from './referral.ts';

export const unreachedQueue = 'unreached';

/** Whether somebody must act because an alert reached nobody. */
export function reachesNobody(alert: Alert, state: Referral): boolean {
  const { unreachable, unreachedLines, acknowledgedBy } = alert;
  if (!unreachable || isMoot(alert, state)) return false;
  return unreachedLines
    ? unreachedLines.some((line) => !isAcknowledgedFor(line, alert) && !isSettledFor(line, alert, state))
    : acknowledgedBy === undefined;
}

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
        ...(reachesNobody(alert, state) && { queue: unreachedQueue }),
      } as const;
    });
}
