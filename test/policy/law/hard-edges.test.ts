/** The hard edges of Connecticut's clocks, with the state's own calendar. Times are those of New York. */
import { describe, expect, it } from 'vitest';
import { type Duration, dueAt } from '../../../shared/domain/policy/due.ts';
import { connecticut20261 } from '../../../shared/policy/connecticut-2026-1.ts';

const hours = (amount: number): Duration => ({ unit: 'hours', amount });
const calendarDays = (amount: number): Duration => ({ unit: 'calendar-days', amount });
const businessDays = (amount: number): Duration => ({ unit: 'business-days', amount });
const due = (start: string, duration: Duration) => dueAt(start, duration, connecticut20261.calendar);
const utc = (instant: string) => new Date(instant).toISOString().replace('.000Z', 'Z');
const winter = (wall: string) => `${wall}:00-05:00`;
const summer = (wall: string) => `${wall}:00-04:00`;

describe('the night the clocks go forward, March 8, 2026', () => {
  it('is an hour short on the wall, and twelve hours are still twelve hours', () => {
    expect(due(winter('2026-03-07T22:00'), hours(12)).due).toBe(utc(summer('2026-03-08T11:00')));
  });

  it('two hours from half past one end at half past four', () => {
    expect(due(winter('2026-03-08T01:30'), hours(2)).due).toBe(utc(summer('2026-03-08T04:30')));
  });

  it('a business day over it ends at five by the new time', () => {
    expect(due(winter('2026-03-06T16:59'), businessDays(1)).due).toBe(utc(summer('2026-03-09T17:00')));
  });

  it('a calendar day over it ends at the same time of day, after 23 hours', () => {
    expect(due(winter('2026-03-07T10:00'), calendarDays(1)).due).toBe(utc(summer('2026-03-08T10:00')));
    expect(due(winter('2026-02-06T23:30'), calendarDays(30)).due).toBe(utc(summer('2026-03-08T23:30')));
    expect(due(winter('2026-03-07T02:30'), calendarDays(1)).due).toBe(utc(summer('2026-03-08T03:30')));
  });
});

describe('the night the clocks go back, November 1, 2026', () => {
  it('is an hour longer on the wall, and twelve hours are still twelve hours', () => {
    expect(due(summer('2026-10-31T22:00'), hours(12)).due).toBe(utc(winter('2026-11-01T09:00')));
  });

  it('half past one comes twice, and each runs its own two hours', () => {
    expect(due(summer('2026-11-01T01:30'), hours(2)).due).toBe(utc(winter('2026-11-01T02:30')));
    expect(due(winter('2026-11-01T01:30'), hours(2)).due).toBe(utc(winter('2026-11-01T03:30')));
  });

  it('a business day over it ends at five by the new time', () => {
    expect(due(summer('2026-10-30T16:59'), businessDays(1)).due).toBe(utc(winter('2026-11-02T17:00')));
  });

  it('a calendar day over it is 24 hours and gives no hour more: 45 of them are 1,080', () => {
    expect(due(summer('2026-09-20T01:30'), calendarDays(45)).due).toBe(utc(winter('2026-11-04T00:30')));
    expect(due(summer('2026-10-31T01:30'), calendarDays(1)).due).toBe(utc(summer('2026-11-01T01:30')));
  });
});

describe("a year's end", () => {
  it('twelve hours run from the last evening into the first morning', () => {
    expect(due(winter('2026-12-31T20:00'), hours(12)).due).toBe(utc(winter('2027-01-01T08:00')));
  });

  it('business days skip Christmas, New Year and the weekends between', () => {
    const { due: end, skipped } = due(winter('2026-12-24T15:00'), businessDays(5));
    expect(end).toBe(utc(winter('2027-01-04T17:00')));
    expect(skipped.map(({ date, why }) => `${date} ${why}`)).toEqual([
      '2026-12-25 Christmas',
      '2026-12-26 Saturday',
      '2026-12-27 Sunday',
      "2027-01-01 New Year's Day",
      '2027-01-02 Saturday',
      '2027-01-03 Sunday',
    ]);
  });

  it("the New Year's Day of 2028 is kept on the last day of 2027", () => {
    const { due: end, skipped } = due(winter('2027-12-30T10:00'), businessDays(1));
    expect(end).toBe(utc(winter('2028-01-03T17:00')));
    expect(skipped.map(({ why }) => why)).toEqual(["New Year's Day, observed", "New Year's Day", 'Sunday']);
  });
});

describe('long weekends', () => {
  it.each([
    ['over Columbus Day, a three-day weekend', summer('2026-10-09T10:00'), summer('2026-10-13T17:00'), 3],
    ['over Memorial Day, a three-day weekend', summer('2026-05-22T10:00'), summer('2026-05-26T17:00'), 3],
    ['over Good Friday', summer('2026-04-02T10:00'), summer('2026-04-06T17:00'), 3],
    [
      'over Independence Day 2026, a Saturday kept on Friday',
      summer('2026-07-02T10:00'),
      summer('2026-07-06T17:00'),
      3,
    ],
    ['over Independence Day 2027, a Sunday kept on Monday', summer('2027-07-02T10:00'), summer('2027-07-06T17:00'), 3],
    ['over Juneteenth 2027, a Saturday kept on Friday', summer('2027-06-17T10:00'), summer('2027-06-21T17:00'), 3],
    ['over Christmas 2027, a Saturday kept on Friday', winter('2027-12-23T10:00'), winter('2027-12-27T17:00'), 3],
    ['over Thanksgiving, with a working Friday after it', winter('2026-11-25T10:00'), winter('2026-11-27T17:00'), 1],
  ])('one business day %s', (_, start, end, skippedDays) => {
    const found = due(start, businessDays(1));
    expect(found.due).toBe(utc(end));
    expect(found.skipped).toHaveLength(skippedDays);
  });

  it('hours run through them', () => {
    expect(due(summer('2026-10-09T18:00'), hours(72)).due).toBe(utc(summer('2026-10-12T18:00')));
  });
});

describe('the end of a day', () => {
  it.each([
    ['one minute before midnight belongs to the old day', winter('2026-12-01T23:59'), winter('2026-12-02T17:00')],
    ['midnight belongs to the new day', winter('2026-12-02T00:00'), winter('2026-12-03T17:00')],
    ['closing time', winter('2026-12-01T17:00'), winter('2026-12-02T17:00')],
    ['one minute after closing is still that day', winter('2026-12-01T17:01'), winter('2026-12-02T17:00')],
    ['one minute after closing on a Friday', winter('2026-12-04T17:01'), winter('2026-12-07T17:00')],
    ['a Saturday noon: Monday is the first day that counts', winter('2026-12-05T12:00'), winter('2026-12-07T17:00')],
    ['a holiday: the day after is the first that counts', winter('2026-11-26T12:00'), winter('2026-11-27T17:00')],
  ])('%s', (_, start, end) => {
    expect(due(start, businessDays(1)).due).toBe(utc(end));
  });

  it('one minute before midnight leaves one minute to what is due the same day', () => {
    expect(due(winter('2026-12-01T23:59'), { unit: 'same-day' }).due).toBe('2026-12-02T04:59:59Z');
  });
});
