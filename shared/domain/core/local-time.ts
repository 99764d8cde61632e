/** The local time of New York as people type it and read it. Instants are UTC. */
import { getBasic } from 'temporal-polyfill/fns/Calendar';
import * as PlainDateTime from 'temporal-polyfill/fns/PlainDateTime';
import * as ZonedDateTime from 'temporal-polyfill/fns/ZonedDateTime';
import { formatInstant, newYorkDate } from '../policy/due.ts';

export type ReadTime = { readonly instant: string } | { readonly sentence: string };

/**
 * The UTC instant of a New York wall time (`2026-11-25T10:15`), or a sentence where it is malformed. Times that the
 * spring change skips get a sentence too. When clocks go back, a local time occurs twice: we take the first.
 */
export function newYorkInstant(local: string): ReadTime {
  try {
    const wall = PlainDateTime.fromString(local, getBasic);
    const zoned = PlainDateTime.toZonedDateTime(wall, 'America/New_York', { disambiguation: 'compatible' });
    if (!PlainDateTime.equals(ZonedDateTime.toPlainDateTime(zoned), wall)) {
      return { sentence: 'This time does not exist: the clocks in New York went forward over it. Give another.' };
    }
    return { instant: new Date(zoned.epochMilliseconds).toISOString() };
  } catch {
    return { sentence: 'Give a date and a time, such as 11/25/2026, 10:15 AM.' };
  }
}

const [iso, american] = [
  /^(?<date>\d{4}-\d\d-\d\d)[ T]+(?<hour>\d{1,2}):(?<minute>\d\d)(?::00)?$/,
  /^(?<month>\d{1,2})\/(?<day>\d{1,2})\/(?<year>\d{4}),? +(?<hour>\d{1,2}):(?<minute>\d\d)(?::00)?(?: ?(?<half>[AP]M))?$/i,
];

const twoDigits = (number: string | number) => String(number).padStart(2, '0');

/**
 * A local time as a spreadsheet writes it: `2026-11-25 20:00`, `11/25/2026 20:00` or `11/25/2026, 8:00 PM`. All else
 * goes to `newYorkInstant`.
 */
export function typedInstant(typed: string): ReadTime {
  const none = { sentence: 'Give a New York date and time, such as 11/25/2026 8:00 PM.' };
  const found = (iso?.exec(typed) ?? american?.exec(typed))?.groups;
  if (!found) return none;
  const { date, year, month = '', day = '', hour = '', minute, half } = found;
  const isTwelve = half !== undefined;
  if (isTwelve && (Number(hour) < 1 || Number(hour) > 12)) return none;
  const hours = isTwelve ? (Number(hour) % 12) + (half.toUpperCase() === 'PM' ? 12 : 0) : hour;
  const on = date ?? `${year}-${twoDigits(month)}-${twoDigits(day)}`;
  const read = newYorkInstant(`${on}T${twoDigits(hours)}:${minute}`);
  return 'sentence' in read && !read.sentence.startsWith('This time') ? none : read;
}

/** `Thu, Nov 26, 8:00 AM`, New York time. */
export function dayTime(instant: string): string {
  const [, weekday, date, time] = /^(\w+) (\w+ \d+), \d+, (.+) E[DS]T$/.exec(formatInstant(instant)) ?? [];
  return `${weekday}, ${date}, ${time}`;
}

/** `8:00 AM` on the New York day of `now`, `Thu, Nov 26, 8:00 AM` on another. Both are UTC instants. */
export const clockTime = (instant: string, now: string): string =>
  newYorkDate(instant) === newYorkDate(now) ? (dayTime(instant).split(', ')[2] ?? '') : dayTime(instant);

/** `Thu, Nov 26, 8:00 AM`, New York time, with the year where it is not that of `now`. Both are UTC instants. */
export function shortDate(instant: string, now: string): string {
  const [weekday, date, time] = dayTime(instant).split(', ');
  const [year, thisYear] = [instant, now].map((each) => newYorkDate(each).slice(0, 4));
  return year === thisYear ? `${weekday}, ${date}, ${time}` : `${weekday}, ${date}, ${year}, ${time}`;
}
