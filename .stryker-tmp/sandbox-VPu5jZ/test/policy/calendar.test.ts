// @ts-nocheck
import Holidays from 'date-holidays';
import { describe, expect, it } from 'vitest';
import {
  appointedDays,
  connecticutCalendar,
  holidayRules,
  holidays,
  isBusinessDay,
  whyNotBusinessDay,
} from '../../shared/policy/calendar.ts';

const years = Array.from({ length: 9 }, (_, index) => 2024 + index);

describe('the holidays of Connecticut', () => {
  it('are those of C.G.S. 1-4 with Thanksgiving and Good Friday, in 2026', () => {
    expect(holidays(2026).map(({ date, name, observed }) => `${date} ${name}${observed ? ', observed' : ''}`)).toEqual([
      "2026-01-01 New Year's Day",
      '2026-01-19 Martin Luther King Jr. Day',
      '2026-02-12 Lincoln Day',
      "2026-02-16 Washington's Birthday",
      '2026-04-03 Good Friday',
      '2026-05-25 Memorial Day',
      '2026-06-19 Juneteenth',
      '2026-07-03 Independence Day, observed',
      '2026-07-04 Independence Day',
      '2026-09-07 Labor Day',
      '2026-10-12 Columbus Day',
      "2026-11-11 Veterans' Day",
      '2026-11-26 Thanksgiving',
      '2026-12-25 Christmas',
    ]);
  });

  it.each([
    ['2026-07-03', 'Independence Day, a Saturday'],
    ['2027-06-18', 'Juneteenth, a Saturday'],
    ['2027-12-24', 'Christmas, a Saturday'],
    ['2027-12-31', "New Year's Day of the next year, a Saturday"],
    ['2028-02-11', 'Lincoln Day, a Saturday'],
    ['2028-11-10', "Veterans' Day, a Saturday"],
    ['2027-07-05', 'Independence Day, a Sunday'],
    ['2033-12-26', 'Christmas, a Sunday'],
    ['2034-01-02', "New Year's Day, a Sunday"],
    ['2034-02-13', 'Lincoln Day, a Sunday'],
  ])('are kept on the Friday before or the Monday after: %s for %s', (date) => {
    expect(holidays(Number(date.slice(0, 4))).filter((each) => each.date === date)).toMatchObject([{ observed: true }]);
    expect(isBusinessDay(date)).toBe(false);
  });

  /** The library moves Lincoln's birthday never, and Veterans' Day for banks only; C.G.S. 1-4 moves both for the state. */
  const knownDifferences = [
    { date: '2028-02-11', name: 'Lincoln Day, observed' },
    { date: '2028-11-10', name: "Veterans' Day, observed" },
    { date: '2029-11-12', name: "Veterans' Day, observed" },
  ];

  it('agree with date-holidays for 2024 to 2032 but for the known differences', () => {
    const library = new Holidays('US', 'CT');
    const differences = years.flatMap((year) => {
      const theirs = new Set(
        library
          .getHolidays(year)
          .filter(({ type }) => type === 'public')
          .map(({ date }) => date.slice(0, 10)),
      );
      const ours = new Set(holidays(year).map(({ date }) => date));
      return [...ours, ...theirs]
        .filter((date) => !(ours.has(date) && theirs.has(date)))
        .map((date) => ({ date, name: whyNotBusinessDay(date) }));
    });
    expect(differences).toEqual(knownDifferences);
  });

  it('name no day twice', () => {
    for (const year of years) {
      const dates = holidays(year).map(({ date }) => date);
      expect(new Set(dates).size).toBe(dates.length);
    }
  });

  it('each have a source, and no day is appointed besides', () => {
    expect(holidayRules.every(({ source }) => source.startsWith('C.G.S. 1-4'))).toBe(true);
    expect(appointedDays).toEqual([]);
  });
});

describe('a business day', () => {
  it.each([
    ['2026-11-25', true, undefined],
    ['2026-11-26', false, 'Thanksgiving'],
    ['2026-11-27', true, undefined],
    ['2026-11-28', false, 'Saturday'],
    ['2026-11-29', false, 'Sunday'],
    ['2026-07-03', false, 'Independence Day, observed'],
    ['2026-07-04', false, 'Independence Day'],
    ['2026-12-24', true, undefined],
  ])('%s: %s (%s)', (date, expected, why) => {
    expect(connecticutCalendar.isBusinessDay(date)).toBe(expected);
    expect(connecticutCalendar.why(date)).toBe(why);
  });

  it('never lies in a break longer than four days', () => {
    for (const year of years) {
      let run = 0;
      for (let day = 0; day < 366; day += 1) {
        const date = new Date(Date.UTC(year, 0, 1 + day)).toISOString().slice(0, 10);
        run = isBusinessDay(date) ? 0 : run + 1;
        expect(run, date).toBeLessThanOrEqual(4);
      }
    }
  });

  it('is asked for by a date: anything else is refused', () => {
    expect(() => isBusinessDay('2026-02-30')).toThrow(RangeError);
    expect(() => isBusinessDay('tomorrow')).toThrow(RangeError);
  });
});
