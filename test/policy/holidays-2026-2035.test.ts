/**
 * The holidays of every year 2026 to 2035 against the sentence of C.G.S. 1-4. They are derived here without the
 * calendar's code. The fixed days and the moving rule come from counting days of UTC, Good Friday from a list by hand.
 * A library of holidays stands beside them.
 */
import Holidays from 'date-holidays';
import { describe, expect, it } from 'vitest';
import { holidays, isBusinessDay, whyNotBusinessDay } from '../../shared/policy/calendar.ts';

const years = Array.from({ length: 10 }, (_, index) => 2026 + index);

const utc = (year: number, month: number, day: number) => new Date(Date.UTC(year, month - 1, day));
const textOf = (day: Date) => day.toISOString().slice(0, 10);
const next = (day: Date, days: number) => new Date(day.getTime() + days * 86_400_000);
const [sunday, monday, thursday, saturday] = [0, 1, 4, 6];

function daysOfMonth(year: number, month: number, weekday: number): readonly Date[] {
  const days = Array.from({ length: 31 }, (_, index) => utc(year, month, index + 1));
  return days.filter((day) => day.getUTCMonth() === month - 1 && day.getUTCDay() === weekday);
}
const nth = (year: number, month: number, weekday: number, which: number) =>
  textOf(daysOfMonth(year, month, weekday).at(which) as Date);

/** From the tables of Easter: the Friday before. */
const goodFridays = [
  '2026-04-03',
  '2027-03-26',
  '2028-04-14',
  '2029-03-30',
  '2030-04-19',
  '2031-04-11',
  '2032-03-26',
  '2033-04-15',
  '2034-04-07',
  '2035-03-23',
];

/** A holiday without a fixed weekday is kept on the Monday after a Sunday, or the Friday before a Saturday. */
function withObserved(day: Date): readonly string[] {
  if (day.getUTCDay() === sunday) return [textOf(day), textOf(next(day, 1))];
  return day.getUTCDay() === saturday ? [textOf(day), textOf(next(day, -1))] : [textOf(day)];
}

function sentence(year: number): readonly string[] {
  const fixed = [
    [year, 1, 1],
    [year, 2, 12],
    [year, 6, 19],
    [year, 7, 4],
    [year, 11, 11],
    [year, 12, 25],
    [year + 1, 1, 1],
  ] as const;
  const kingDay = daysOfMonth(year, 1, monday).find((day) => day.getUTCDate() >= 15) as Date;
  return [
    ...fixed.flatMap(([of, month, day]) => withObserved(utc(of, month, day))),
    textOf(kingDay),
    nth(year, 2, monday, 2),
    nth(year, 5, monday, -1),
    nth(year, 9, monday, 0),
    nth(year, 10, monday, 1),
    nth(year, 11, thursday, 3),
    ...goodFridays.filter((date) => date.startsWith(String(year))),
  ]
    .filter((date) => date.startsWith(String(year)))
    .toSorted();
}

describe.each(years)('the state holidays of %i', (year) => {
  it('are those of C.G.S. 1-4, counted out by hand', () => {
    expect(holidays(year).map(({ date }) => date)).toEqual(sentence(year));
  });

  it('and the weekends are the only days on which the state does not work', () => {
    const free = new Set(sentence(year));
    for (let day = utc(year, 1, 1); day.getUTCFullYear() === year; day = next(day, 1)) {
      const rests = free.has(textOf(day)) || day.getUTCDay() === sunday || day.getUTCDay() === saturday;
      expect(isBusinessDay(textOf(day)), textOf(day)).toBe(!rests);
    }
  });
});

/**
 * Days that C.G.S. 1-4 moves and `date-holidays` 3.37 does not. It never moves Lincoln's birthday, and moves Veterans'
 * Day for banks only.
 */
const onlyOurs = ['2028-02-11', '2028-11-10', '2029-11-12', '2033-02-11', '2034-02-13', '2034-11-10', '2035-11-12'];

it('agree with a library of holidays but for the days that the sentence moves and the library does not', () => {
  const library = new Holidays('US', 'CT');
  const theirs = new Set(
    years.flatMap((year) =>
      library
        .getHolidays(year)
        .filter(({ type }) => type === 'public')
        .map(({ date }) => date.slice(0, 10)),
    ),
  );
  const ours = new Set(years.flatMap(sentence));
  expect([...theirs].filter((date) => !ours.has(date))).toEqual([]);
  expect([...ours].filter((date) => !theirs.has(date))).toEqual(onlyOurs);
});

it.each([
  ['Good Friday, although banks are open', '2027-03-26', 'Good Friday'],
  ['a holiday on a Saturday, kept on the Friday before', '2027-06-18', 'Juneteenth, observed'],
  ['a holiday on a Sunday, kept on the Monday after', '2027-07-05', 'Independence Day, observed'],
  ["the New Year's Day of the next year, a Saturday, kept in the old year", '2027-12-31', "New Year's Day, observed"],
  ['Lincoln Day on a Saturday', '2028-02-11', 'Lincoln Day, observed'],
  ["Veterans' Day on a Sunday", '2029-11-12', "Veterans' Day, observed"],
  ['a Monday holiday', '2026-10-12', 'Columbus Day'],
  ['the day after Thanksgiving, which is an ordinary Friday', '2026-11-27', undefined],
])('%s: %s is %s', (_, date, why) => {
  expect(whyNotBusinessDay(date)).toBe(why);
});
