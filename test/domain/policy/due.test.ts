import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  ageOn,
  atHour,
  type Calendar,
  type Duration,
  daysUntilBirthday18,
  dueAt,
  explain,
  formatInstant,
  newYorkDate,
  partOf,
} from '../../../shared/domain/policy/due.ts';

/** Monday to Friday, without Thanksgiving 2026 and Christmas 2026. */
const closed: Readonly<Record<string, string>> = { '2026-11-26': 'Thanksgiving', '2026-12-25': 'Christmas' };
const weekend = (date: string) => [0, 6].includes(new Date(date).getUTCDay());
const calendar: Calendar = {
  isBusinessDay: (date) => !weekend(date) && closed[date] === undefined,
  why: (date) => closed[date],
};
const due = (start: string, duration: Duration) => dueAt(start, duration, calendar).due;
const epoch = (instant: string) => Date.parse(instant);
const ny = (wall: string, offset: '-05:00' | '-04:00') =>
  new Date(`${wall}${offset}`).toISOString().replace('.000Z', 'Z');

describe('hours and minutes', () => {
  it.each([
    ['over the spring change', '2026-03-08T05:00:00Z', '2026-03-08T17:00:00Z'],
    ['over the autumn change', '2026-11-01T04:00:00Z', '2026-11-01T16:00:00Z'],
    ['over New Year', '2026-12-31T23:30:00Z', '2027-01-01T11:30:00Z'],
  ])('are elapsed time %s', (_, start, expected) => {
    expect(due(start, { unit: 'hours', amount: 12 })).toBe(expected);
    expect(due(start, { unit: 'minutes', amount: 720 })).toBe(expected);
  });
});

/** The nights of 2026 to 2035 on which the clocks of New York change, each with its change in UTC. */
const nights = Array.from({ length: 10 }, (_, index) => 2026 + index).flatMap((year) => {
  const sunday = (month: number, nth: number) =>
    Temporal.PlainDate.from({ year, month, day: 1 }).add({
      days: 7 - Temporal.PlainDate.from({ year, month, day: 1 }).dayOfWeek + 7 * (nth - 1),
    });
  return [
    { date: sunday(3, 2), hours: 23, change: `${sunday(3, 2)}T07:00:00Z` },
    { date: sunday(11, 1), hours: 25, change: `${sunday(11, 1)}T06:00:00Z` },
  ];
});

/** The same by the calendar of zones: the same time of day, and that many times 24 hours. The earlier of the two. */
function earlierOfTwo(start: string, days: number): number {
  const elapsed = epoch(start) + days * 86_400_000;
  const sameTime = Temporal.Instant.from(start).toZonedDateTimeISO('America/New_York').add({ days }).epochMilliseconds;
  return Math.min(elapsed, sameTime);
}

describe('calendar days', () => {
  it.each([
    ['the same time of day in spring', ny('2026-03-07T10:00:00', '-05:00'), 1, ny('2026-03-08T10:00:00', '-04:00')],
    ['on that very date in spring', ny('2026-03-07T23:30:00', '-05:00'), 1, ny('2026-03-08T23:30:00', '-04:00')],
    ['after 24 hours in autumn', ny('2026-10-31T10:00:00', '-04:00'), 1, ny('2026-11-01T09:00:00', '-05:00')],
    ['on the date before in autumn', ny('2026-10-03T00:30:00', '-04:00'), 30, ny('2026-11-01T23:30:00', '-05:00')],
    ['the same over a leap day', ny('2028-02-28T10:00:00', '-05:00'), 2, ny('2028-03-01T10:00:00', '-05:00')],
    ['an hour later at a skipped time', ny('2026-03-07T02:30:00', '-05:00'), 1, ny('2026-03-08T03:30:00', '-04:00')],
    ['the first time of two', ny('2026-10-31T01:30:00', '-04:00'), 1, ny('2026-11-01T01:30:00', '-04:00')],
    ['after 45 days of 24 hours', ny('2026-10-01T09:15:00', '-04:00'), 45, ny('2026-11-15T08:15:00', '-05:00')],
    ['the same over both changes', ny('2026-07-01T10:00:00', '-04:00'), 365, ny('2027-07-01T10:00:00', '-04:00')],
    ['at once, with no day', ny('2026-11-01T01:30:00', '-05:00'), 0, ny('2026-11-01T01:30:00', '-05:00')],
  ])('end %s', (_, start, amount, expected) => {
    expect(due(start, { unit: 'calendar-days', amount })).toBe(expected);
  });

  it.each(nights.map(({ date, hours, change }) => [date.toString(), hours, change] as const))(
    'never give more than days of 24 hours, nor a later date, over the night of %s, a day of %d hours',
    (date, hours, change) => {
      for (let minute = -2 * 1440; minute < 1440; minute += 15) {
        const start = new Date(epoch(change) + minute * 60_000).toISOString().replace('.000Z', 'Z');
        for (const amount of [1, 5, 14, 30, 45, 91, 182, 365]) {
          const end = due(start, { unit: 'calendar-days', amount });
          expect(epoch(end), `${start} ${amount}`).toBe(earlierOfTwo(start, amount));
          expect(newYorkDate(end) <= addDays(newYorkDate(start), amount), `${start} ${amount}`).toBe(true);
        }
      }
      const before = ny(`${addDays(date, -1)}T23:30:00`, hours === 23 ? '-05:00' : '-04:00');
      expect(epoch(due(before, { unit: 'calendar-days', amount: 1 })) - epoch(before)).toBe(
        Math.min(hours, 24) * 3_600_000,
      );
    },
  );
});

describe('business days', () => {
  it.each([
    ['a Wednesday morning before Thanksgiving', '2026-11-25T10:15:00', 1, '2026-11-27'],
    ['a Friday morning', '2026-12-04T09:00:00', 1, '2026-12-07'],
    ['17:00 sharp, which is still in time', '2026-12-01T17:00:00', 1, '2026-12-02'],
    ['after 17:00, which is still that day', '2026-12-01T17:00:01', 1, '2026-12-02'],
    ['a Friday evening', '2026-12-04T18:00:00', 1, '2026-12-07'],
    ['a Saturday: Monday is the first that counts', '2026-12-05T09:00:00', 1, '2026-12-07'],
    ['a Sunday evening: Monday is the first that counts', '2026-12-06T20:00:00', 1, '2026-12-07'],
    ['a holiday: the day after is the first that counts', '2026-11-26T09:00:00', 1, '2026-11-27'],
    ['a Monday, five days on', '2026-12-07T09:00:00', 5, '2026-12-14'],
    ['no day on: that day', '2026-12-04T17:00:00', 0, '2026-12-04'],
    ['no day on, past its closing: the next business day', '2026-12-04T17:00:01', 0, '2026-12-07'],
    ['no day on, from a Saturday', '2026-12-05T09:00:00', 0, '2026-12-07'],
  ])('end at 17:00 New York time: %s', (_, start, amount, date) => {
    expect(due(ny(start, '-05:00'), { unit: 'business-days', amount })).toBe(ny(`${date}T17:00:00`, '-05:00'));
  });

  it.each([
    ['in spring', ny('2026-03-06T09:00:00', '-05:00'), ny('2026-03-09T17:00:00', '-04:00')],
    ['in autumn', ny('2026-10-30T09:00:00', '-04:00'), ny('2026-11-02T17:00:00', '-05:00')],
  ])('end at 17:00 by the clocks after the change %s', (_, start, expected) => {
    expect(due(start, { unit: 'business-days', amount: 1 })).toBe(expected);
  });

  it('go by the New York date, not the date in UTC', () => {
    expect(due('2026-12-02T00:30:00Z', { unit: 'business-days', amount: 0 })).toBe('2026-12-02T22:00:00Z');
    expect(due('2026-12-05T03:00:00Z', { unit: 'business-days', amount: 1 })).toBe('2026-12-07T22:00:00Z');
  });

  it('say which days did not count and why', () => {
    const { skipped } = dueAt(ny('2026-11-25T18:00:00', '-05:00'), { unit: 'business-days', amount: 1 }, calendar);
    expect(skipped).toEqual([{ date: '2026-11-26', why: 'Thanksgiving' }]);
  });

  it('are refused where the calendar never has one', () => {
    const never: Calendar = { isBusinessDay: () => false, why: () => undefined };
    expect(() => dueAt('2026-12-01T15:00:00Z', { unit: 'business-days', amount: 1 }, never)).toThrow(
      'no business day in the 60 days',
    );
  });
});

describe('the same day', () => {
  it.each([
    ['in winter', '2026-11-26T03:00:00Z', ny('2026-11-25T23:59:59', '-05:00')],
    ['in summer', '2026-07-01T16:00:00Z', ny('2026-07-01T23:59:59', '-04:00')],
    ['on the day the clocks go forward', '2026-03-08T05:00:00Z', ny('2026-03-08T23:59:59', '-04:00')],
    ['on the day the clocks go back', '2026-11-01T04:00:00Z', ny('2026-11-01T23:59:59', '-05:00')],
    ['in its last second', '2026-11-26T04:59:59.900Z', '2026-11-26T04:59:59Z'],
  ])('ends at 23:59:59 New York time %s', (_, start, expected) => {
    expect(due(start, { unit: 'same-day' })).toBe(expected);
  });

  it.each([
    ['in the morning', ny('2026-11-25T09:00:00', '-05:00'), ny('2026-11-25T23:59:59', '-05:00')],
    ['four hours before midnight', ny('2026-11-25T19:59:59', '-05:00'), ny('2026-11-25T23:59:59', '-05:00')],
    ['a second later', ny('2026-11-25T20:00:00', '-05:00'), ny('2026-11-26T00:00:00', '-05:00')],
    ['just before midnight', ny('2026-11-25T23:59:00', '-05:00'), ny('2026-11-26T03:59:00', '-05:00')],
    ['before the clocks go forward', ny('2026-03-07T23:00:00', '-05:00'), ny('2026-03-08T04:00:00', '-04:00')],
    ['before the clocks go back', ny('2026-10-31T23:00:00', '-04:00'), ny('2026-11-01T02:00:00', '-05:00')],
  ])('ends no sooner than four hours, where the rule gives at least those: %s', (_, start, expected) => {
    expect(due(start, { unit: 'same-day', atLeastHours: 4 })).toBe(expected);
  });
});

/** Any second of 2026 to 2035, and more often one near a change of the clocks. */
const anyInstant = fc
  .oneof(
    fc.integer({ min: epoch('2026-01-01T00:00:00Z') / 1000, max: epoch('2035-12-31T00:00:00Z') / 1000 }),
    ...nights.map(({ change }) =>
      fc.integer({ min: epoch(change) / 1000 - 200_000, max: epoch(change) / 1000 + 200_000 }),
    ),
  )
  .map((seconds) => new Date(seconds * 1000).toISOString().replace('.000Z', 'Z'));
const anyUnit = fc.constantFrom(
  'minutes' as const,
  'hours' as const,
  'calendar-days' as const,
  'business-days' as const,
);
const anyDuration: fc.Arbitrary<Duration> = fc.oneof(
  fc.record({ unit: anyUnit, amount: fc.nat({ max: 60 }) }),
  fc.constant({ unit: 'same-day' as const }),
  fc.record({ unit: fc.constant('same-day' as const), atLeastHours: fc.integer({ min: 1, max: 12 }) }),
);

describe('whatever the rule', () => {
  it('nothing is due before its start, and a due instant is a UTC instant of whole seconds', () => {
    fc.assert(
      fc.property(anyInstant, anyDuration, (start, duration) => {
        const instant = due(start, duration);
        expect(epoch(instant)).toBeGreaterThanOrEqual(epoch(start));
        expect(instant).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
        expect(new Date(instant).toISOString()).toBe(instant.replace('Z', '.000Z'));
      }),
    );
  });

  it('a greater amount is due later', () => {
    fc.assert(
      fc.property(anyInstant, anyUnit, fc.integer({ min: 1, max: 40 }), (start, unit, amount) => {
        expect(epoch(due(start, { unit, amount: amount + 1 }))).toBeGreaterThan(epoch(due(start, { unit, amount })));
      }),
    );
  });

  it('a later start is never due earlier', () => {
    fc.assert(
      fc.property(anyInstant, anyInstant, anyDuration, (one, other, duration) => {
        const [first = one, second = other] = [one, other].toSorted();
        const leeway = duration.unit === 'calendar-days' ? 3_600_000 : 0;
        expect(epoch(due(second, duration)) - epoch(due(first, duration))).toBeGreaterThanOrEqual(-leeway);
      }),
    );
  });

  it('a business-day deadline falls on a business day, and each day on the way is either counted or skipped', () => {
    fc.assert(
      fc.property(anyInstant, fc.integer({ min: 1, max: 30 }), (start, amount) => {
        const { due: end, skipped } = dueAt(start, { unit: 'business-days', amount }, calendar);
        expect(calendar.isBusinessDay(newYorkDate(end))).toBe(true);
        expect(formatInstant(end)).toContain(', 5:00 PM ');
        const days = (epoch(newYorkDate(end)) - epoch(newYorkDate(start))) / 86_400_000;
        expect(days).toBe(amount + skipped.length);
      }),
    );
  });

  it('calendar days are the earlier of the time of day and of elapsed time', () => {
    fc.assert(
      fc.property(anyInstant, fc.integer({ min: 1, max: 400 }), (start, amount) => {
        expect(epoch(due(start, { unit: 'calendar-days', amount }))).toBe(earlierOfTwo(start, amount));
      }),
    );
  });

  it('fractions of a second are dropped', () => {
    expect(due('2026-11-25T15:15:00.999Z', { unit: 'hours', amount: 12 })).toBe('2026-11-26T03:15:00Z');
  });

  it.each([-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('an amount of %d is refused', (amount) => {
    expect(() => due('2026-11-25T15:15:00Z', { unit: 'hours', amount })).toThrow('whole number of hours');
  });

  it.each([
    '2026-11-25',
    '2026-11-25T15:15:00',
    'now',
    '',
    '2026-06-31T10:00:00Z',
    '2027-02-29T10:00:00Z',
    '2026-13-01T10:00:00Z',
    '2026-11-25T24:00:00Z',
    '2026-11-25T10:60:00Z',
  ])('a start of %j, which is no instant, is refused', (start) => {
    expect(() => due(start, { unit: 'hours', amount: 1 })).toThrow(RangeError);
  });

  it('a leap day and a last of the month are instants', () => {
    expect(due('2028-02-29T10:00:00Z', { unit: 'hours', amount: 24 })).toBe('2028-03-01T10:00:00Z');
    expect(due('2026-12-31T10:00:00Z', { unit: 'hours', amount: 24 })).toBe('2027-01-01T10:00:00Z');
  });
});

describe('an hour of a New York date', () => {
  it.each([
    ['of winter', '2026-01-15', 8, '2026-01-15T13:00:00.000Z'],
    ['of summer', '2026-07-15', 8, '2026-07-15T12:00:00.000Z'],
    ['the last before the spring change', '2026-03-08', 1, '2026-03-08T06:00:00.000Z'],
    ['that the spring change skips is an hour later', '2026-03-08', 2, '2026-03-08T07:00:00.000Z'],
    ['the first after the spring change', '2026-03-08', 3, '2026-03-08T07:00:00.000Z'],
    ['that the autumn change repeats is the first', '2026-11-01', 1, '2026-11-01T05:00:00.000Z'],
    ['the first after the autumn change', '2026-11-01', 2, '2026-11-01T07:00:00.000Z'],
  ])('%s', (_, date, hour, instant) => {
    expect(atHour(date, hour)).toBe(instant);
  });

  it('is the one that the calendar of zones says', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20 * 366 }), fc.integer({ min: 0, max: 23 }), (days, hour) => {
        const date = addDays('2020-01-01', days);
        const { epochMilliseconds } = Temporal.PlainDate.from(date).toZonedDateTime({
          timeZone: 'America/New_York',
          plainTime: { hour },
        });
        expect(epoch(atHour(date, hour))).toBe(epochMilliseconds);
      }),
      { numRuns: 2000 },
    );
  });

  it('of what is no date throws', () => {
    expect(() => atHour('tomorrow', 8)).toThrow(RangeError);
  });
});

describe('a part of the time', () => {
  it.each([
    [0, '2026-11-25T15:00:00Z'],
    [0.5, '2026-11-25T21:00:00Z'],
    [0.75, '2026-11-26T00:00:00Z'],
    [1, '2026-11-26T03:00:00Z'],
    [1.25, '2026-11-26T06:00:00Z'],
  ])('%d of 12 hours', (fraction, expected) => {
    expect(partOf('2026-11-25T15:00:00Z', '2026-11-26T03:00:00Z', fraction)).toBe(expected);
  });

  it('is elapsed time over a change of the clocks', () => {
    expect(partOf('2026-10-31T14:00:00Z', '2026-11-01T15:00:00Z', 0.5)).toBe('2026-11-01T02:30:00Z');
  });

  it('lies between start and due, in order of the fractions', () => {
    fc.assert(
      fc.property(anyInstant, anyDuration, (start, duration) => {
        const end = due(start, duration);
        const order = [start, ...[0.5, 0.75, 1, 1.25].map((fraction) => partOf(start, end, fraction))];
        expect(order.map(epoch)).toEqual(order.map(epoch).toSorted((a, b) => a - b));
        expect(order[3]).toBe(end);
      }),
    );
  });

  it('is refused for a due instant before the start and for a fraction that is none', () => {
    expect(() => partOf('2026-11-26T03:00:00Z', '2026-11-25T15:00:00Z', 0.5)).toThrow('before the start');
    expect(() => partOf('2026-11-25T15:00:00Z', '2026-11-26T03:00:00Z', -0.5)).toThrow('at least zero');
    expect(() => partOf('2026-11-25T15:00:00Z', '2026-11-26T03:00:00Z', Number.NaN)).toThrow('at least zero');
  });
});

describe('an instant for people', () => {
  it.each([
    ['2026-11-25T15:15:00Z', 'Wed Nov 25, 2026, 10:15 AM EST'],
    ['2026-07-04T16:00:00Z', 'Sat Jul 4, 2026, 12:00 PM EDT'],
    ['2026-07-04T04:05:59Z', 'Sat Jul 4, 2026, 12:05 AM EDT'],
    ['2027-01-01T04:59:00Z', 'Thu Dec 31, 2026, 11:59 PM EST'],
    ['2026-11-01T05:30:00Z', 'Sun Nov 1, 2026, 1:30 AM EDT'],
    ['2026-11-01T06:30:00Z', 'Sun Nov 1, 2026, 1:30 AM EST'],
  ])('%s is %s', (instant, words) => {
    expect(formatInstant(instant)).toBe(words);
  });

  it('reads back as the same minute', () => {
    fc.assert(
      fc.property(anyInstant, (instant) => {
        const words = formatInstant(instant).replace('EST', 'GMT-0500').replace('EDT', 'GMT-0400');
        expect(epoch(words)).toBe(Math.floor(epoch(instant) / 60_000) * 60_000);
      }),
    );
  });

  it('has the New York date', () => {
    expect(newYorkDate('2026-11-26T04:59:59Z')).toBe('2026-11-25');
    expect(newYorkDate('2026-11-26T05:00:00Z')).toBe('2026-11-26');
  });
});

describe('the explanation of a deadline', () => {
  const explained = (start: string, startedBy: string, duration: Duration) =>
    explain({ start, startedBy, duration, ...dueAt(start, duration, calendar) });

  it('names the rule, the start and the skipped holiday', () => {
    expect(explained('2026-11-25T15:15:00Z', 'MDT notified', { unit: 'business-days', amount: 1 })).toBe(
      'due Fri Nov 27, 2026, 5:00 PM EST: 1 business day after MDT notified (Wed Nov 25, 2026, 10:15 AM EST), counted from the day after, skipping Thu Nov 26 (Thanksgiving)',
    );
  });

  it('counts weekend days instead of listing them', () => {
    expect(explained('2026-12-18T15:00:00Z', 'the screening outcome', { unit: 'business-days', amount: 5 })).toBe(
      'due Mon Dec 28, 2026, 5:00 PM EST: 5 business days after the screening outcome (Fri Dec 18, 2026, 10:00 AM EST), counted from the day after, skipping Fri Dec 25 (Christmas) and 4 weekend days',
    );
    expect(explained('2026-12-05T15:00:00Z', 'receipt of the report', { unit: 'business-days', amount: 1 })).toMatch(
      /^due Mon Dec 7, 2026, 5:00 PM EST: 1 business day .*, skipping 1 weekend day$/,
    );
    expect(explained('2026-11-25T23:00:00Z', 'receipt of the report', { unit: 'business-days', amount: 1 })).toMatch(
      /skipping Thu Nov 26 \(Thanksgiving\)$/,
    );
  });

  it.each<[string, string, Duration, string]>([
    [
      '12 hours in spring',
      ny('2026-03-07T22:00:00', '-05:00'),
      { unit: 'hours', amount: 12 },
      ' (clocks went forward)',
    ],
    ['12 hours in autumn', ny('2026-10-31T22:00:00', '-04:00'), { unit: 'hours', amount: 12 }, ' (clocks went back)'],
    [
      '30 calendar days in spring',
      ny('2026-02-06T23:30:00', '-05:00'),
      { unit: 'calendar-days', amount: 30 },
      ', to the same time of day (clocks went forward)',
    ],
    [
      '30 calendar days in autumn',
      ny('2026-10-03T00:30:00', '-04:00'),
      { unit: 'calendar-days', amount: 30 },
      ', at 24 hours each (clocks went back)',
    ],
    ['12 hours of a summer day', ny('2026-07-01T08:00:00', '-04:00'), { unit: 'hours', amount: 12 }, ''],
    ['365 calendar days', ny('2026-07-01T08:00:00', '-04:00'), { unit: 'calendar-days', amount: 365 }, ''],
  ])('says what a change of the clocks did: %s', (_, start, duration, words) => {
    expect(explained(start, 'the start', duration)).toMatch(
      /^due .*E[SD]T: \d+ (?:hours|calendar days) after the start/,
    );
    expect(explained(start, 'the start', duration).split(/E[SD]T\)/)[1]).toBe(words);
  });

  it.each<[Duration, string]>([
    [{ unit: 'minutes', amount: 30 }, 'due Wed Nov 25, 2026, 10:45 AM EST: 30 minutes after'],
    [{ unit: 'hours', amount: 1 }, 'due Wed Nov 25, 2026, 11:15 AM EST: 1 hour after'],
    [{ unit: 'calendar-days', amount: 45 }, 'due Sat Jan 9, 2027, 10:15 AM EST: 45 calendar days after'],
    [{ unit: 'same-day' }, 'due Wed Nov 25, 2026, 11:59 PM EST: the end of the day of'],
    [
      { unit: 'same-day', atLeastHours: 14 },
      "due Thu Nov 26, 2026, 12:15 AM EST: the later of day's end and 14 hours after",
    ],
  ])('for %j skips nothing', (duration, words) => {
    expect(explained('2026-11-25T15:15:00Z', 'receipt of the report', duration)).toBe(
      `${words} receipt of the report (Wed Nov 25, 2026, 10:15 AM EST)`,
    );
  });
});

describe('the age of a child', () => {
  it.each([
    ['the day before the birthday', '2008-11-26', '2026-11-25T15:00:00Z', 17],
    ['the birthday', '2008-11-25', '2026-11-25T15:00:00Z', 18],
    ['the last minute in New York before the birthday, past midnight in UTC', '2008-11-26', '2026-11-26T04:59:00Z', 17],
    ['midnight in New York', '2008-11-26', '2026-11-26T05:00:00Z', 18],
    ['February 28 for a birthday on February 29', '2008-02-29', '2026-02-28T15:00:00Z', 17],
    ['March 1 for a birthday on February 29', '2008-02-29', '2026-03-01T15:00:00Z', 18],
    ['February 29 for a birthday on February 29', '2008-02-29', '2028-02-29T15:00:00Z', 20],
    ['the day of birth', '2026-11-25', '2026-11-25T15:00:00Z', 0],
  ])('on %s', (_, birthDate, instant, age) => {
    expect(ageOn(birthDate, instant)).toBe(age);
  });

  it.each([
    ['2008-11-25', 0],
    ['2008-11-26', 1],
    ['2008-11-24', -1],
    ['2009-02-23', 90],
    ['2026-11-25', 6575],
  ])('born on %s, it is %d days to the 18th birthday', (birthDate, days) => {
    expect(daysUntilBirthday18(birthDate, '2026-11-25T15:00:00Z')).toBe(days);
  });

  it('is 18 from the 18th birthday on, and not before', () => {
    const anyBirth = fc
      .integer({ min: 0, max: 10_000 })
      .map((day) => new Date(Date.UTC(1998, 0, 1) + day * 86_400_000).toISOString().slice(0, 10));
    fc.assert(
      fc.property(fc.oneof(anyBirth, fc.constantFrom('2008-02-29', '2012-02-29')), anyInstant, (birthDate, instant) => {
        expect(ageOn(birthDate, instant) >= 18).toBe(daysUntilBirthday18(birthDate, instant) <= 0);
      }),
    );
    expect(daysUntilBirthday18('2008-02-29', '2026-02-28T15:00:00Z')).toBe(1);
  });

  it.each(['2010-02-30', 'unknown', '2030-01-01'])(
    'is refused for %j by a message that does not repeat it',
    (birthDate) => {
      expect(() => ageOn(birthDate, '2026-11-25T15:00:00Z')).toThrow(
        expect.objectContaining({ name: 'RangeError', message: expect.not.stringContaining(birthDate) }),
      );
    },
  );
});
