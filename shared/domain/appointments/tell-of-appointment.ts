/** Tells people of an appointment, with a calendar object, and reminds them before it. */
import { requestAlert } from '../alerts/alert-requests.ts';
import type { Decision } from '../core/decision.ts';
import { isAfter } from '../core/instants.ts';
import { addDays, atHour, newYorkDate } from '../policy/due.ts';
import type { Policy, Recipient } from '../policy/policy.ts';

interface Told {
  /** The id of the appointment, such as `H1`. */
  readonly appointment: string;
  readonly startsAt: string;
  readonly to: readonly Recipient[];
  readonly people: readonly string[];
}

function request(decision: Decision, kind: 'meeting-scheduled' | 'meeting-moved' | 'meeting-cancelled', told: Told) {
  const { appointment, to, people } = told;
  const alertId = requestAlert(decision, { kind, to, people });
  return { alertId, appointment };
}

/** The morning so many business days before an appointment: a UTC instant. */
export function morningBefore(
  startsAt: string,
  days: number,
  { calendar, digest }: Pick<Policy, 'calendar' | 'digest'>,
) {
  let date = newYorkDate(startsAt);
  for (let left = days; left > 0; ) {
    date = addDays(date, -1);
    if (calendar.isBusinessDay(date)) left -= 1;
  }
  return atHour(date, digest.hour);
}

/** Tells of the appointment, its new time, or its end. Each change of one updates the same entry of a calendar. */
export function tellOfAppointment(decision: Decision, kind: Parameters<typeof request>[1], told: Told): void {
  if (told.to.length + told.people.length === 0) return;
  decision.add('appointment-told', request(decision, kind, told));
}

/** Asks for a reminder so many business days before. None where that morning is past: the first mail is new enough. */
export function remindOfAppointment(decision: Decision, days: number, told: Told): void {
  const { now, policy } = decision.context;
  const notBefore = morningBefore(told.startsAt, days, policy);
  if (told.to.length + told.people.length === 0 || !isAfter(notBefore, now)) return;
  decision.add('appointment-told', { ...request(decision, 'meeting-scheduled', told), notBefore });
}
