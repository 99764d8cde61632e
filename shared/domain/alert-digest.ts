/** The daily digest: what may wait for it, and when it goes out. */
import { isUrgent } from './alert-urgency.ts';
import { addDays, atHour, newYorkDate } from './due.ts';
import type { Policy } from './policy.ts';
import { type Alert, openDeadlines, type Referral } from './referral.ts';

/** More days than any run of holidays. */
const longestBreak = 60;

type Digest = Pick<Policy, 'digest' | 'calendar'>;

/** When the digest of a New York date (`YYYY-MM-DD`) goes out, as a UTC instant; undefined for a day without one. */
const digestOn = (date: string, { digest, calendar }: Digest): string | undefined =>
  digest.businessDaysOnly && !calendar.isBusinessDay(date) ? undefined : atHour(date, digest.hour);

/** The next digest after `now`, both UTC instants. Throws RangeError where the calendar has no day for one. */
export function digestAfter(now: string, policy: Digest): string {
  let date = newYorkDate(now);
  for (let tries = 0; tries < longestBreak; tries += 1) {
    const at = digestOn(date, policy);
    if (at !== undefined && Date.parse(at) > Date.parse(now)) return at;
    date = addDays(date, 1);
  }
  throw new RangeError(`The calendar has no day for a digest in the ${longestBreak} days before ${date}.`);
}

/** The last digests up to `now`, the latest first: of so many days back, UTC instants. */
export function digestsUntil(now: string, policy: Digest, days: number): readonly string[] {
  const found: string[] = [];
  let date = newYorkDate(now);
  for (let day = 0; day <= days; day += 1) {
    const at = digestOn(date, policy);
    if (at !== undefined && Date.parse(at) <= Date.parse(now)) found.push(at);
    date = addDays(date, -1);
  }
  return found;
}

/** Kinds that only inform: what they tell of can be read the next morning as well. All others ask, and are sent at once. */
const informing: Readonly<Partial<Record<Alert['kind'], (state: Referral) => boolean>>> = {
  'deadline-opened': () => true,
  // What the law still asks for is told at once.
  'referral-ended': (state) => openDeadlines(state).length === 0,
};

/**
 * Whether this alert may wait until the digest at `until`, a UTC instant: it only informs, and is not urgent then. Whoever
 * steps in because an earlier alert went unanswered never waits.
 */
export const mayWait = (alert: Alert, state: Referral, policy: Policy, until: string): boolean =>
  !alert.deputies && informing[alert.kind]?.(state) === true && !isUrgent(alert, state, policy, until);
