/** Which alerts come before all others where the mail service takes only so many. */
import { type Policy, ruleOf } from './policy.ts';
import type { Alert, Referral } from './referral.ts';

const soon = 24 * 3_600_000;

/**
 * Whether it is urgent: about a duty of law, due within 24 hours or overdue, or a child who is missing or in danger.
 * Danger that nobody has ruled out is danger. `now` is a UTC instant.
 */
export function isUrgent({ deadlineId }: Alert, state: Referral, policy: Policy, now: string): boolean {
  if (state.missing || state.danger !== 'no') return true;
  const deadline = deadlineId === undefined ? undefined : state.deadlines[deadlineId];
  if (!deadline) return false;
  return ruleOf(policy, deadline).kind === 'statute' || Date.parse(deadline.due) - Date.parse(now) <= soon;
}

/** The same alerts, the urgent ones first, each part in the order it had. */
export const urgentFirst = (
  alerts: readonly Alert[],
  state: Referral,
  policy: Policy,
  now: string,
): readonly Alert[] => {
  const { urgent = [], other = [] } = Object.groupBy(alerts, (alert) =>
    isUrgent(alert, state, policy, now) ? 'urgent' : 'other',
  );
  return [...urgent, ...other];
};
