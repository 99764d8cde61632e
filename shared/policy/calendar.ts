/**
 * The holidays of the State of Connecticut, and its business days.
 *
 * Source: C.G.S. 1-4. A holiday that falls on a Sunday is kept on the Monday after. A holiday that falls on a Saturday is kept on
 * the Friday before. Holidays fixed to a weekday do not move. The rules are those in force in 2026, and are used for every year.
 */
import * as PlainDate from 'temporal-polyfill/fns/PlainDate';
import type { Confidence } from '../domain/policy/confidence.ts';
import type { Calendar } from '../domain/policy/due.ts';
import { readDay } from './read-day.ts';

export interface Holiday {
  /** `YYYY-MM-DD`. */
  readonly date: string;
  readonly name: string;
  /** True for the weekday that replaces a Saturday or Sunday. The weekend day is listed too. */
  readonly observed: boolean;
}

/**
 * A fixed day of a month; or days relative to Easter Sunday. With `weekday` (1 Monday … 7 Sunday) it is the first such weekday
 * from the fixed day on.
 */
type When =
  | { readonly month: number; readonly day: number; readonly weekday?: number }
  | { readonly daysFromEaster: number };

interface HolidayRule {
  readonly name: string;
  readonly when: When;
  readonly source: string;
  readonly confidence: Confidence;
}

const statute = { source: 'C.G.S. 1-4', confidence: 'verified' } as const;
/** Days "appointed by Governor or President" every year, from the state's list of employees' holidays. */
const appointedYearly = {
  source: 'C.G.S. 1-4 with the DAS list of state holidays, 2024',
  confidence: 'verified',
} as const;

export const holidayRules: readonly HolidayRule[] = [
  { name: "New Year's Day", when: { month: 1, day: 1 }, ...statute },
  { name: 'Martin Luther King Jr. Day', when: { month: 1, day: 15, weekday: 1 }, ...statute },
  { name: 'Lincoln Day', when: { month: 2, day: 12 }, ...statute },
  { name: "Washington's Birthday", when: { month: 2, day: 15, weekday: 1 }, ...statute },
  { name: 'Good Friday', when: { daysFromEaster: -2 }, ...appointedYearly },
  { name: 'Memorial Day', when: { month: 5, day: 25, weekday: 1 }, ...statute },
  { name: 'Juneteenth', when: { month: 6, day: 19 }, ...statute },
  { name: 'Independence Day', when: { month: 7, day: 4 }, ...statute },
  { name: 'Labor Day', when: { month: 9, day: 1, weekday: 1 }, ...statute },
  { name: 'Columbus Day', when: { month: 10, day: 8, weekday: 1 }, ...statute },
  { name: "Veterans' Day", when: { month: 11, day: 11 }, ...statute },
  { name: 'Thanksgiving', when: { month: 11, day: 22, weekday: 4 }, ...appointedYearly },
  { name: 'Christmas', when: { month: 12, day: 25 }, ...statute },
];

/**
 * Single days that the Governor or the President appoints, as C.G.S. 1-4 allows. None is known for the years of this policy. A
 * storm that closes offices is not a holiday. Add an appointed day here, with its order.
 */
export const appointedDays: readonly { readonly date: string; readonly name: string; readonly reason: string }[] = [];

/** The holidays with their date or observed date in `year`, in order of their dates. */
export function holidays(year: number): readonly Holiday[] {
  const found: Holiday[] = appointedDays.map(({ date, name }) => ({ date, name, observed: false }));
  // New Year's Day of the next year may be observed on December 31 of this year.
  for (const each of [year, year + 1]) {
    for (const { name, when } of holidayRules) {
      const day = dayOf(when, each);
      found.push({ date: PlainDate.toString(day), name, observed: false });
      const shift = { 6: -1, 7: 1 }[PlainDate.dayOfWeek(day)];
      if (shift === undefined) continue;
      found.push({ date: PlainDate.toString(PlainDate.addDays(day, shift)), name, observed: true });
    }
  }
  return found
    .filter(({ date }) => readDay(date).year === year)
    .toSorted((a, b) => PlainDate.compare(readDay(a.date), readDay(b.date)));
}

/** Whether `date` (`YYYY-MM-DD`) is a business day: Monday to Friday and no holiday. Throws RangeError for a malformed date. */
export function isBusinessDay(date: string): boolean {
  return whyNotBusinessDay(date) === undefined;
}

/** Why `date` is no business day, such as `Saturday` or `Independence Day, observed`. Undefined for a business day. */
export function whyNotBusinessDay(date: string): string | undefined {
  const known = whyByDate.get(date);
  if (known !== undefined) return known || undefined;
  const day = readDay(date);
  const weekend = { 6: 'Saturday', 7: 'Sunday' }[PlainDate.dayOfWeek(day)];
  const why = holidayNames(day.year).get(PlainDate.toString(day)) ?? weekend;
  if (whyByDate.size > mostDates) whyByDate.clear();
  whyByDate.set(date, why ?? false);
  return why;
}

/** A cache, because the deadlines of one referral look up the same days again and again. False for a business day. */
const whyByDate = new Map<string, string | false>();
const mostDates = 4000;

/** A cache, because a deadline of 33 business days looks up about fifty days. */
const namesByYear = new Map<number, ReadonlyMap<string, string>>();

function holidayNames(year: number): ReadonlyMap<string, string> {
  const names =
    namesByYear.get(year) ??
    new Map(holidays(year).map(({ date, name, observed }) => [date, observed ? `${name}, observed` : name]));
  namesByYear.set(year, names);
  return names;
}

export const connecticutCalendar: Calendar = { isBusinessDay, why: whyNotBusinessDay };

function dayOf(when: When, year: number): PlainDate.Record {
  if ('daysFromEaster' in when) return PlainDate.addDays(easter(year), when.daysFromEaster);
  const first = PlainDate.create(year, when.month, when.day);
  if (when.weekday === undefined) return first;
  return PlainDate.addDays(first, (when.weekday - PlainDate.dayOfWeek(first) + 7) % 7);
}

/** Easter Sunday of the Gregorian calendar, by the anonymous algorithm (Meeus, Astronomical Algorithms, chapter 8). */
function easter(year: number): PlainDate.Record {
  const { floor } = Math;
  const a = year % 19;
  const b = floor(year / 100);
  const c = year % 100;
  const g = floor((8 * b + 13) / 25);
  const h = (19 * a + b - floor(b / 4) - g + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * floor(c / 4) - h - (c % 4)) % 7;
  const m = floor((a + 11 * h + 22 * l) / 451);
  const n = h + l - 7 * m + 114;
  return PlainDate.create(year, floor(n / 31), (n % 31) + 1);
}
