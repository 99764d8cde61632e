/** The deadlines that an alert tells of: none, one, or those of a group that one checkpoint raised together. */
import type { Deadline } from '../deadlines/deadline-state.ts';
import type { Referral } from '../referral.ts';
import type { Alert } from './alert-state.ts';

type About = Pick<Alert, 'deadlineId' | 'alsoAbout'>;

export const deadlineIdsOf = ({ deadlineId, alsoAbout = [] }: About): readonly string[] =>
  deadlineId === undefined ? [] : [deadlineId, ...alsoAbout];

export const isAbout = (alert: About, deadlineId: string): boolean => deadlineIdsOf(alert).includes(deadlineId);

/**
 * The deadlines that the alert still tells of: the open ones, the first due first. Where none of them is open, all.
 * None where it tells of no deadline of this referral.
 */
export function toldDeadlines(alert: About, { deadlines }: Pick<Referral, 'deadlines'>): readonly Deadline[] {
  const all = deadlineIdsOf(alert).flatMap((id) => deadlines[id] ?? []);
  const open = all.filter(({ status }) => status === 'open');
  return (open.length > 0 ? open : all).toSorted((one, other) => Date.parse(one.due) - Date.parse(other.due));
}

/** The alert without these deadlines. Undefined where it tells of them alone. */
export function withoutDeadlines<
  Told extends { readonly deadlineId?: string | undefined; alsoAbout?: unknown; calls?: unknown },
>(
  alert: Told & Pick<Alert, 'deadlineId' | 'alsoAbout' | 'calls'>,
  isLeftOut: (deadlineId: string) => boolean,
): Told | undefined {
  const ids = deadlineIdsOf(alert);
  if (!ids.some(isLeftOut)) return alert;
  const [deadlineId, ...others] = ids.filter((id) => !isLeftOut(id));
  return deadlineId === undefined
    ? undefined
    : {
        ...alert,
        deadlineId,
        alsoAbout: others.length > 0 ? others : undefined,
        calls: alert.calls?.flatMap((call) => {
          const told = call.deadlineIds.filter((id) => !isLeftOut(id));
          return told.length > 0 ? [{ ...call, deadlineIds: told }] : [];
        }),
      };
}

/** These alerts, without these deadlines, and without each alert that tells of them alone. */
export const shownAlerts = (
  alerts: Referral['alerts'],
  isLeftOut: (deadlineId: string) => boolean,
): Referral['alerts'] =>
  Object.fromEntries(
    Object.entries(alerts).flatMap(([id, alert]) => {
      const shown = withoutDeadlines(alert, isLeftOut);
      return shown ? [[id, shown]] : [];
    }),
  );
