/**
 * Who has a meeting in their calendar, or was called about a duty: the chains of the alerts before say who was sent one, whatever word
 * led to them.
 */
import { callsOf } from '../alerts/alarms.ts';
import type { Alert } from '../alerts/alert-state.ts';
import type { AlertLife, Delivery } from '../alerts/alerts.ts';
import type { Referral } from '../referral.ts';

/** A mail that came back or was never sent put nothing into a calendar. */
const neverCame: ReadonlySet<Delivery['because']> = new Set(['bounce', 'reject', 'withheld']);

/** The words under which somebody is written to for their calendar alone: of a meeting as it is now, or that it is not theirs any more. */
export const calendarWords = { changed: 'calendar:', notTheirs: 'calendar-left:' } as const;

export const isOfCalendar = (word: string): boolean =>
  Object.values(calendarWords).some((start) => word.startsWith(start));

const takesAway = ({ kind }: Alert, as: string): boolean =>
  kind === 'meeting-cancelled' || kind === 'meeting-left' || as.startsWith(calendarWords.notTheirs);

/** The alerts of the meeting that this one tells of, where it is the last of them: that one sees to the calendars. Otherwise none. */
export function alertsOfMeeting({ id, meeting }: Alert, { alerts }: Referral): readonly Alert[] {
  if (meeting === undefined) return [];
  const all = Object.values(alerts).filter((each) => each.meeting === meeting);
  return all.at(-1)?.id === id ? all : [];
}

/**
 * The alerts before this one of a meeting that it takes out of calendars, or the calls of the alarm that it says is over. Of any other
 * there are none to ask.
 */
export function alertsBefore(alert: Alert, state: Referral): readonly Alert[] | undefined {
  const { id, kind, meeting, deadlineId = '' } = alert;
  const { alerts } = state;
  if (kind === 'alarm-over') return callsOf(state, deadlineId, id);
  if (kind !== 'meeting-left' && kind !== 'meeting-cancelled') return undefined;
  const all = Object.values(alerts);
  return all
    .slice(
      0,
      all.findIndex((each) => each.id === id),
    )
    .filter((each) => each.meeting === meeting);
}

/** Whoever may have the meeting of these alerts in their calendar, or was called by them: they were sent it, or may have been. `alerts` in their order. */
export function holdersAfter(alerts: readonly (readonly [Alert, AlertLife])[]): readonly string[] {
  const holders = new Set<string>();
  for (const [alert, { deliveries, leases }] of alerts) {
    // Of a claim that nobody settled the mail may have been taken.
    const open = Object.entries(leases).flatMap(([personId, lease]) =>
      lease.status === 'open' || lease.doubtful
        ? [{ personId, addressedAs: lease.addressedAs, because: undefined }]
        : [],
    );
    for (const { personId, addressedAs, because } of [...deliveries, ...open]) {
      if (neverCame.has(because)) continue;
      if (takesAway(alert, addressedAs)) holders.delete(personId);
      else holders.add(personId);
    }
  }
  return [...holders];
}

/**
 * Whoever may have the meeting of these alerts in their calendar and is not told by name, together with the last of them, that
 * it is not theirs. `alerts` in their order, each with its life.
 */
export function calendarsWith(alerts: readonly (readonly [Alert, AlertLife])[]): readonly string[] {
  const last = alerts.at(-1)?.[0];
  const leaving = alerts.flatMap(([alert]) =>
    alert.kind === 'meeting-left' && alert.requestedAt === last?.requestedAt ? alert.people : [],
  );
  return holdersAfter(alerts).filter((id) => !leaving.includes(id));
}
