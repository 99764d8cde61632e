/** A second reading of time, from docs/domain.md and the statutes alone. Nothing here imports the product. Instants are milliseconds in UTC. */

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const THURSDAY = 4;

/** One day of the calendar, counted from 1970-01-01 as day 0. */
type Day = number;

/** The day of a date. A date that its year does not have is the day after: February 29 becomes March 1. */
export const dayOf = (year: number, month: number, date: number): Day => Date.UTC(year, month - 1, date) / DAY;
const weekday = (day: Day): number => (((day + THURSDAY) % 7) + 7) % 7;

/** The date `count` weekdays (0 is Sunday) into a month: the third Monday is `nth(year, 1, 1, 3)`. */
const nth = (year: number, month: number, wanted: number, count: number): Day => {
  const first = dayOf(year, month, 1);
  return first + ((wanted - weekday(first) + 7) % 7) + 7 * (count - 1);
};

/** The instants at which New York changes its clocks (15 U.S.C. 260a): 2:00 standard time in March, 2:00 daylight time in November. */
export const clockChanges = (year: number): { readonly forward: number; readonly back: number } => ({
  forward: nth(year, 3, 0, 2) * DAY + 7 * HOUR,
  back: nth(year, 11, 0, 1) * DAY + 6 * HOUR,
});

const yearOf = (day: Day): number => new Date(day * DAY).getUTCFullYear();

/** What New York's clocks are behind UTC at an instant, in milliseconds. */
const behind = (instant: number): number => {
  const { forward, back } = clockChanges(yearOf(Math.floor((instant - 5 * HOUR) / DAY)));
  return instant >= forward && instant < back ? 4 * HOUR : 5 * HOUR;
};

/** The New York day and the time of that day, in milliseconds by the clock on the wall. */
export const newYork = (instant: number): { readonly day: Day; readonly time: number } => {
  const wall = instant - behind(instant);
  const day = Math.floor(wall / DAY);
  return { day, time: wall - day * DAY };
};

/** The instant of a time by the clock. A skipped time is read an hour later; of two equal times the first counts. */
export const instantOf = (day: Day, time: number): number => {
  const daylight = day * DAY + time + 4 * HOUR;
  if (behind(daylight) === 4 * HOUR) return daylight;
  return day * DAY + time + 5 * HOUR;
};

/** Easter Sunday of the Gregorian calendar, by Meeus. */
const easter = (year: number): Day => {
  const golden = year % 19;
  const century = Math.floor(year / 100);
  const rest = year % 100;
  const epact =
    (19 * golden +
      century -
      Math.floor(century / 4) -
      Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3) +
      15) %
    30;
  const week = (32 + 2 * (century % 4) + 2 * Math.floor(rest / 4) - epact - (rest % 4)) % 7;
  const shift = Math.floor((golden + 11 * epact + 22 * week) / 451);
  const sum = epact + week - 7 * shift + 114;
  return dayOf(year, Math.floor(sum / 31), (sum % 31) + 1);
};

/** A holiday with a fixed date is kept on Monday in place of Sunday, and on Friday in place of Saturday. */
const kept = (day: Day): Day => {
  if (weekday(day) === 0) return day + 1;
  return weekday(day) === 6 ? day - 1 : day;
};

/** The days kept as state holidays (C.G.S. 1-4) for the holidays of one year. One of them may lie in the year before. */
const holidaysOf = (year: number): readonly Day[] => [
  kept(dayOf(year, 1, 1)),
  nth(year, 1, 1, 3),
  kept(dayOf(year, 2, 12)),
  nth(year, 2, 1, 3),
  easter(year) - 2,
  nth(year, 6, 1, 1) - 7,
  kept(dayOf(year, 6, 19)),
  kept(dayOf(year, 7, 4)),
  nth(year, 9, 1, 1),
  nth(year, 10, 1, 2),
  kept(dayOf(year, 11, 11)),
  nth(year, 11, 4, 4),
  kept(dayOf(year, 12, 25)),
];

const holidays = new Map<number, ReadonlySet<Day>>();

/** Whether the state keeps a holiday on a day. */
export const isHoliday = (day: Day): boolean => {
  const year = yearOf(day);
  const known = holidays.get(year) ?? new Set([...holidaysOf(year), ...holidaysOf(year + 1)]);
  holidays.set(year, known);
  return known.has(day);
};

const isBusinessDay = (day: Day): boolean => weekday(day) !== 0 && weekday(day) !== 6 && !isHoliday(day);

/** The first day of the month that a day is in. */
export const firstOfMonth = (day: Day): Day => day - new Date(day * DAY).getUTCDate() + 1;

/** The last business day before a day. */
export const lastBusinessDayBefore = (day: Day): Day =>
  isBusinessDay(day - 1) ? day - 1 : lastBusinessDayBefore(day - 1);

/** 17:00 in New York on the last of so many business days. The count begins on the day after the start. */
const afterBusinessDays = (start: number, count: number): number => {
  let { day } = newYork(start);
  for (let left = count; left > 0; ) {
    day += 1;
    if (isBusinessDay(day)) left -= 1;
  }
  return instantOf(day, 17 * HOUR);
};

/** The same New York time so many days later, or that many times 24 hours, whichever is earlier. */
const afterCalendarDays = (start: number, count: number): number => {
  const { day, time } = newYork(start);
  return Math.min(instantOf(day + count, time), start + count * DAY);
};

/** The last second of the New York day of the start, or so many hours after the start where that is later. */
const sameDay = (start: number, atLeastHours: number): number =>
  Math.max(instantOf(newYork(start).day, DAY - SECOND), start + atLeastHours * HOUR);

/** A time as the texts give it. */
export type Span =
  | { readonly minutes: number }
  | { readonly hours: number }
  | { readonly businessDays: number }
  | { readonly calendarDays: number }
  | { readonly sameDayAtLeastHours: number };

/** When a span that begins at an instant ends. */
export const endOf = (start: number, span: Span): number => {
  if ('minutes' in span) return start + span.minutes * MINUTE;
  if ('hours' in span) return start + span.hours * HOUR;
  if ('businessDays' in span) return afterBusinessDays(start, span.businessDays);
  if ('calendarDays' in span) return afterCalendarDays(start, span.calendarDays);
  return sameDay(start, span.sameDayAtLeastHours);
};
