/** The starts that the comparison tries, as milliseconds in UTC, from 2026 to 2035. */
import { clockChanges, instantOf, isHoliday, newYork } from './calendar.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const FIRST_DAY = Date.UTC(2026, 0, 1) / DAY;
const LAST_DAY = Date.UTC(2035, 11, 31) / DAY;
const years = [2026, 2027, 2028, 2029, 2030, 2031, 2032, 2033, 2034, 2035];

/** Times of a day at which a rule may turn: soon after midnight, in the skipped hour, at the closing of offices, late. */
const times = [
  0,
  30 * MINUTE,
  150 * MINUTE,
  9 * HOUR,
  17 * HOUR - 1000,
  17 * HOUR,
  17 * HOUR + 1000,
  20 * HOUR,
  23.5 * HOUR,
];

/** Every quarter of an hour around both changes of the clocks in each year, one to 46 days before them as well. */
function aroundChanges(step: number): number[] {
  const around: number[] = [];
  for (const year of years) {
    const { forward, back } = clockChanges(year);
    for (const change of [forward, back]) {
      for (const days of [0, 1, 5, 10, 14, 30, 45, 91, 182])
        for (let at = -3 * HOUR; at <= 4 * HOUR; at += step) around.push(change - days * DAY + at);
    }
  }
  return around;
}

/** Each day of the ten years at each of the times. */
export function everyStart(): readonly number[] {
  const starts = aroundChanges(15 * MINUTE);
  for (let day = FIRST_DAY; day <= LAST_DAY; day += 1) for (const time of times) starts.push(instantOf(day, time));
  return starts;
}

/** Some of them: the nights of the changes, the days before holidays, and days drawn by a number from 0 to 1. */
export function someStarts(draw: () => number, count: number): readonly number[] {
  const oneOf = <Item>(items: readonly Item[]): Item => items[Math.floor(draw() * items.length)] as Item;
  const changes = aroundChanges(30 * MINUTE);
  const starts: number[] = [];
  for (let at = 0; at < count; at += 1) {
    let day = FIRST_DAY + Math.floor(draw() * (LAST_DAY - FIRST_DAY));
    if (at % 3 === 1) while (!isHoliday(day + 1)) day += 1;
    starts.push(at % 3 === 2 ? oneOf(changes) : instantOf(day, oneOf(times)));
  }
  return starts;
}

/** The time of a day in New York, for words about a difference: `2027-03-14 01:30`. */
export const inNewYork = (instant: number): string => {
  const { day, time } = newYork(instant);
  return new Date(day * DAY + time).toISOString().slice(0, 16).replace('T', ' ');
};
