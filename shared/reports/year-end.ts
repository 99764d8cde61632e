/** When a year of the yearly figures ends, and from when on its figures can be read. */
import { newYorkDate, startOfDay } from '../domain/policy/due.ts';
import { type Disclosure, disclosure } from '../policy/disclosure.ts';
import { periodOf, yearOf } from './calendars.ts';

const hour = 3_600_000;

/** The UTC instant at which the year ends in which a referral was received. */
export const endOfYear = (receivedAt: string, { calendar }: Disclosure = disclosure): string =>
  startOfDay(periodOf(calendar, yearOf(calendar, newYorkDate(receivedAt))).before);

/** The last year whose figures can be read at `now`, a UTC instant. */
export function lastSettledYear(now: string, { calendar, settledAfter }: Disclosure = disclosure): number {
  const settled = new Date(Date.parse(now) - settledAfter * hour).toISOString();
  return yearOf(calendar, newYorkDate(settled)) - 1;
}
