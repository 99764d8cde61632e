/**
 * Which alerts may be deferred, and until when. Class `now` is never deferred. `today` waits for the end of the quiet
 * hours alone. `routine` waits for the daily digest, so that a person gets one mail a day for all of it. A question, and
 * what would come too late in the digest, wait for the end of the quiet hours. No alert waits past the instant at which
 * its duty is due (docs/domain.md#quiet-hours).
 */

import { appointmentOf } from '../appointments/appointment.ts';
import { questionOf } from '../approvals/questions.ts';
import { isAfter } from '../core/instants.ts';
import { isStatutory } from '../deadlines/deadlines.ts';
import { alarmClassOfAlert, dutiesTold } from '../policy/alarm-classes.ts';
import { addDays, atHour, elapsedFrom, newYorkDate } from '../policy/due.ts';
import type { Policy } from '../policy/policy.ts';
import type { Referral } from '../referral.ts';
import type { Alert } from './alert-state.ts';

/** More days than any run of holidays. */
const longestBreak = 60;

type Digest = Pick<Policy, 'digest' | 'calendar'>;
type Quiet = Pick<Policy, 'quiet'>;

/** When the digest of a New York date (`YYYY-MM-DD`) goes out: a UTC instant. Undefined for a day without a digest. */
const digestOn = (date: string, { digest, calendar }: Digest): string | undefined =>
  digest.businessDaysOnly && !calendar.isBusinessDay(date) ? undefined : atHour(date, digest.hour);

/** The next digest after `now`, both UTC instants. Throws RangeError where the calendar has no day for one. */
export function digestAfter(now: string, policy: Digest): string {
  let date = newYorkDate(now);
  for (let tries = 0; tries < longestBreak; tries += 1) {
    const at = digestOn(date, policy);
    if (at !== undefined && isAfter(at, now)) return at;
    date = addDays(date, 1);
  }
  throw new RangeError(`The calendar has no day for a digest in the ${longestBreak} days before ${date}.`);
}

/** The latest answer of each policy. It is read for every alert of a referral at the same instant. */
const quietAt = new WeakMap<Quiet['quiet'], { readonly now: string; readonly until: string | undefined }>();

/** The end of the quiet hours that contain `now`, both UTC instants. Undefined outside quiet hours. */
export function quietUntil(now: string, { quiet }: Quiet): string | undefined {
  const known = quietAt.get(quiet);
  if (known?.now === now) return known.until;
  const until = endOfQuiet(now, quiet);
  quietAt.set(quiet, { now, until });
  return until;
}

function endOfQuiet(now: string, { from, to }: Quiet['quiet']): string | undefined {
  const today = newYorkDate(now);
  // Quiet hours that began yesterday may go on.
  for (const date of [addDays(today, -1), today]) {
    const end = atHour(from < to ? date : addDays(date, 1), to);
    if (from !== to && !isAfter(atHour(date, from), now) && isAfter(end, now)) return end;
  }
  return undefined;
}

/** Kinds that only inform: where routine, they can be read the next morning. */
const informing: Readonly<Partial<Record<Alert['kind'], (alert: Alert, state: Referral, policy: Policy) => boolean>>> =
  {
    // An alert with a question waits for the person who must answer it.
    'deadline-opened': (alert, state) => questionOf(alert, state) === undefined,
    'referral-ended': (alert, state, policy) => dutiesTold(alert, state, policy).length === 0,
    'seat-removed': () => true,
  };

/** Whether it asks for nothing now. A deputy mailed because an earlier alert went unanswered is always asked. */
const informs = (alert: Alert, state: Referral, policy: Policy): boolean =>
  !alert.deputies && informing[alert.kind]?.(alert, state, policy) === true;

/** Whether it is bundled with others of its class, whatever they are about. */
export const isBundled = (alert: Alert, state: Referral, policy: Policy): boolean =>
  alarmClassOfAlert(alert, state, policy) === 'routine';

const day = 86_400_000;

/**
 * Whether a routine alert may wait for the digest at `digest`. A missed duty may, unless its hard stop comes before, or
 * another duty of its group is due before. A reminder may, unless its duty is due before. News may, where nothing in it
 * is due within a day after. Instants are UTC.
 */
function waitsForDigest(alert: Alert, state: Referral, policy: Policy, now: string, digest: string): boolean {
  const duties = dutiesTold(alert, state, policy);
  switch (alert.checkpoint) {
    case undefined:
      return informs(alert, state, policy) && duties.every(({ due }) => Date.parse(due) - Date.parse(digest) > day);
    case 'due':
    case 'escalate':
      // One alert may tell of a missed duty and warn of another of its group.
      return duties.every(({ due, hardStop: stop = due }) =>
        [due, stop].every((at) => !isAfter(at, now) || isAfter(at, digest)),
      );
    case 'remind':
    case 'warn':
      return duties.every(({ due }) => isAfter(due, digest));
    case 'ring':
      return false;
  }
}

/**
 * Whether it comes too late at `end`, the end of the quiet hours. A duty or meeting that it tells of comes before. A
 * person may hear of the duty first by news, so news leaves the policy's least time as well. A missed duty of law is told
 * at once. Any other missed duty may wait. Instants are UTC.
 */
function comesTooLate(end: string, alert: Alert, state: Referral, policy: Policy, now: string): boolean {
  const by = alert.checkpoint === undefined ? elapsedFrom(end, policy.ringing.atLeastLeft) : end;
  const appointment = appointmentOf(alert, state);
  if (appointment && !isAfter(appointment.startsAt, by)) return true;
  return dutiesTold(alert, state, policy).some(
    (deadline) =>
      [deadline.due, deadline.hardStop ?? deadline.due].some((at) => isAfter(at, now) && !isAfter(at, by)) ||
      (!isAfter(deadline.due, now) && isStatutory(deadline, policy)),
  );
}

/** The next digest after `now`, where the alert waits for it. Both are UTC instants. */
export function digestFor(alert: Alert, state: Referral, policy: Policy, now: string): string | undefined {
  if (!isBundled(alert, state, policy)) return undefined;
  const digest = digestAfter(now, policy);
  return waitsForDigest(alert, state, policy, now, digest) ? digest : undefined;
}

/**
 * Until when this alert may be deferred, a UTC instant: the next digest, or the end of these quiet hours. Undefined
 * where it may not: its class is `now`, or it would come too late. A reminder of an appointment waits for its morning.
 */
export function waitsUntil(alert: Alert, state: Referral, policy: Policy, now: string): string | undefined {
  const { notBefore } = alert;
  if (notBefore !== undefined && isAfter(notBefore, now)) return notBefore;
  if (alarmClassOfAlert(alert, state, policy) === 'now') return undefined;
  const digest = digestFor(alert, state, policy, now);
  if (digest !== undefined) return digest;
  const quiet = quietUntil(now, policy);
  return quiet !== undefined && comesTooLate(quiet, alert, state, policy, now) ? undefined : quiet;
}

/**
 * Until when the mail of this alert has waited since it was asked for and still waits at `now`. Both are UTC instants. Undefined
 * where it may have gone out.
 */
export function stillWaitsUntil(alert: Alert, state: Referral, policy: Policy, now: string): string | undefined {
  const until = waitsUntil(alert, state, policy, alert.requestedAt);
  const isWaiting = until !== undefined && isAfter(until, now) && waitsUntil(alert, state, policy, now) !== undefined;
  return isWaiting ? until : undefined;
}

/** The same for the latest mail that offers a service to this person. A reminder before it makes no sense. */
export function offerWaitsUntil(contactId: string, state: Referral, policy: Policy, now: string): string | undefined {
  const offer = Object.values(state.alerts).findLast(
    ({ kind, people }) => kind === 'linkage-offered' && people.includes(contactId),
  );
  return offer && stillWaitsUntil(offer, state, policy, now);
}
