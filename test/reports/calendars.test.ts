/** The four calendars, by New York dates. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays } from '../../shared/domain/policy/due.ts';
import {
  calendarNames,
  hasEnded,
  isIn,
  lastDayOf,
  periodOf,
  quartersOf,
  yearOf,
} from '../../shared/reports/calendars.ts';
import { examplesOf, seedOf } from '../support/examples.ts';

const names = fc.constantFrom(...calendarNames);
const dates = fc.integer({ min: 0, max: 5000 }).map((days) => addDays('2020-01-01', days));

describe('a calendar', () => {
  test.each([
    ['state-fiscal', 2026, '2025-07-01', '2026-06-30'],
    ['federal-fiscal', 2026, '2025-10-01', '2026-09-30'],
    ['grant', 2026, '2026-09-30', '2027-09-29'],
    ['calendar-year', 2026, '2026-01-01', '2026-12-31'],
  ] as const)('%s has the year %i from %s to %s', (calendar, year, from, last) => {
    expect([periodOf(calendar, year).from, lastDayOf(periodOf(calendar, year))]).toEqual([from, last]);
  });

  test('has each day in one year, and no day between two', () => {
    fc.assert(
      fc.property(names, dates, (calendar, date) => {
        const year = yearOf(calendar, date);
        const years = [-2, -1, 0, 1, 2].filter((more) => isIn(periodOf(calendar, year + more), date));
        expect(years).toEqual([0]);
        expect(periodOf(calendar, year + 1).from).toBe(periodOf(calendar, year).before);
      }),
      { numRuns: examplesOf(300), seed: seedOf(259) },
    );
  });

  test('of months has four quarters that are its year', () => {
    for (const calendar of ['state-fiscal', 'federal-fiscal', 'calendar-year'] as const) {
      const quarters = quartersOf(periodOf(calendar, 2026));
      expect(quarters.map(({ from }) => from).slice(1)).toEqual(quarters.map(({ before }) => before).slice(0, 3));
      expect([quarters[0]?.from, quarters.at(-1)?.before]).toEqual([
        periodOf(calendar, 2026).from,
        periodOf(calendar, 2026).before,
      ]);
    }
    expect(quartersOf(periodOf('grant', 2026))).toEqual([periodOf('grant', 2026)]);
  });

  test('has ended on the day after its last one', () => {
    const period = periodOf('calendar-year', 2026);
    expect([hasEnded(period, '2026-12-31'), hasEnded(period, '2027-01-01')]).toEqual([false, true]);
  });
});
