/**
 * Who has a meeting in their calendar, or was called about a duty. The chains of earlier alerts tell who got one, under
 * any recipient group.
 */

import { groupOf } from '../alerts/addressed-as.ts';
import type { Alert } from '../alerts/alert-state.ts';
import type { AlertLife, Delivery } from '../alerts/alerts.ts';
import { callsEndedBy } from '../alerts/call-rounds.ts';
import { holdsGroup } from '../alerts/recipient-groups.ts';
import type { Referral } from '../referral.ts';

/** A mail that came back or was never sent changed no calendar. */
const neverCame: ReadonlySet<Delivery['because']> = new Set(['bounce', 'reject', 'withheld']);

/**
 * The prefixes of recipient groups that get mail for their calendar alone. The meeting changed, or is no longer theirs.
 */
export const calendarWords = { changed: 'calendar:', notTheirs: 'calendar-left:' } as const;

export const isOfCalendar = (word: string): boolean =>
  Object.values(calendarWords).some((start) => word.startsWith(start));

const takesAway = ({ kind }: Alert, as: string): boolean =>
  kind === 'meeting-cancelled' || kind === 'meeting-left' || as.startsWith(calendarWords.notTheirs);

/** The meeting or hearing that the alert tells of: its number or id. Undefined for any other alert. */
export const appointmentTold = ({ meeting, appointment }: Alert): number | string | undefined => appointment ?? meeting;

/**
 * The alerts of the meeting or hearing that this one tells of, where this one is the last of them. The last one updates the
 * calendars. Otherwise none.
 */
export function alertsOfMeeting(alert: Alert, { alerts }: Referral): readonly Alert[] {
  const { id } = alert;
  const told = appointmentTold(alert);
  if (told === undefined) return [];
  const all = Object.values(alerts).filter((each) => appointmentTold(each) === told && each.notBefore === undefined);
  return all.at(-1)?.id === id ? all : [];
}

/**
 * The earlier alerts of a meeting that this one takes out of calendars. For the end of an alarm, its calls. Undefined
 * for any other alert.
 */
export function alertsBefore(alert: Alert, state: Referral): readonly Alert[] | undefined {
  const { id, kind } = alert;
  const { alerts } = state;
  if (kind === 'alarm-over') return callsEndedBy(alert, state);
  if (kind !== 'meeting-left' && kind !== 'meeting-cancelled') return undefined;
  const all = Object.values(alerts);
  return all
    .slice(
      0,
      all.findIndex((each) => each.id === id),
    )
    .filter((each) => appointmentTold(each) === appointmentTold(alert) && each.notBefore === undefined);
}

/** The recipient groups that the news of a call's end is for. Other groups may still be called. Undefined for any other alert. */
export const groupsOfEnd = ({ kind, to }: Alert): readonly string[] | undefined =>
  kind === 'alarm-over' ? to : undefined;

/**
 * The people who may have the meeting of these alerts in their calendar, or were called by them. They got an alert, or
 * may have got one. `alerts` in their order. `groups`: only as one of these recipient groups.
 */
export function holdersAfter(
  alerts: readonly (readonly [Alert, AlertLife])[],
  groups?: readonly string[],
): readonly string[] {
  const isOne = ({ addressedAs, also = [] }: Pick<Delivery, 'addressedAs' | 'also'>) =>
    groups === undefined || [addressedAs, ...also].some((each) => holdsGroup(groups, groupOf(each)));
  const holders = new Set<string>();
  for (const [alert, { deliveries, leases }] of alerts) {
    // The mail service may have taken the mail of an unsettled lease.
    const open = Object.entries(leases).flatMap(([personId, lease]) =>
      lease.status === 'open' || lease.doubtful
        ? [{ personId, addressedAs: lease.addressedAs, also: lease.also ?? [], because: undefined }]
        : [],
    );
    for (const { personId, because, ...as } of [...deliveries, ...open]) {
      const { addressedAs } = as;
      if (neverCame.has(because) || !isOne(as)) continue;
      if (takesAway(alert, addressedAs)) holders.delete(personId);
      else holders.add(personId);
    }
  }
  return [...holders];
}

/**
 * The people not named by the last alert who may have the meeting of these alerts in their calendar. They must learn
 * that the meeting is no longer theirs. `alerts` in their order, each with its life.
 */
export function calendarsWith(alerts: readonly (readonly [Alert, AlertLife])[]): readonly string[] {
  const last = alerts.at(-1)?.[0];
  const leaving = alerts.flatMap(([alert]) =>
    alert.kind === 'meeting-left' && alert.requestedAt === last?.requestedAt ? alert.people : [],
  );
  return holdersAfter(alerts).filter((id) => !leaving.includes(id));
}
