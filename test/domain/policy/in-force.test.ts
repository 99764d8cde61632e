/** Which version of the policy a new referral begins under, by the instant at which the Careline heard. */
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it, test } from 'vitest';
import { holdsAt, instantOf, isStart, policyInForce } from '../../../shared/domain/policy/in-force.ts';

const first = { version: 'first', inForceFrom: '2026-01-01' };
const second = { version: 'second', inForceFrom: '2027-01-01' };
const versionAt = (receivedAt: string, ...later: readonly { version: string; inForceFrom: string }[]) =>
  policyInForce([first, ...later], receivedAt).version;

describe('a report that the Careline received', () => {
  it.each([
    ['in the last second of December', '2026-12-31T23:59:59-05:00', 'first'],
    ['at midnight in New York', '2027-01-01T00:00:00-05:00', 'second'],
    ['on New Year in London, still December in New York', '2027-01-01T04:59:59.999Z', 'first'],
    ['in July', '2027-07-01T12:00:00Z', 'second'],
    ['before the first version was in force', '2025-12-31T12:00:00Z', 'first'],
  ])('%s, is under the version of that instant', (_, receivedAt, version) => {
    expect(versionAt(receivedAt, second)).toBe(version);
  });

  it.each([
    ['a day of winter', '2027-01-01', '2027-01-01T05:00:00.000Z'],
    ['a day of summer', '2027-07-01', '2027-07-01T04:00:00.000Z'],
    ['the night in which clocks go forward', '2027-03-14', '2027-03-14T05:00:00.000Z'],
    ['the night in which clocks go back', '2027-11-07', '2027-11-07T04:00:00.000Z'],
    ['an instant', '2027-11-07T01:30:00-05:00', '2027-11-07T06:30:00.000Z'],
  ])('counts from %s', (_, start, instant) => {
    expect(instantOf(start)).toBe(instant);
    expect(versionAt(instant, { version: 'second', inForceFrom: start })).toBe('second');
    const before = new Date(Date.parse(instant) - 1).toISOString();
    expect(versionAt(before, { version: 'second', inForceFrom: start })).toBe('first');
  });

  it('within the hour that occurs twice in November is under the version of its own instant', () => {
    const inTheNight = { version: 'second', inForceFrom: '2027-11-07T01:30:00-05:00' };
    expect(versionAt('2027-11-07T01:45:00-04:00', inTheNight)).toBe('first');
    expect(versionAt('2027-11-07T01:45:00-05:00', inTheNight)).toBe('second');
  });
});

/** The days around both changes of the clocks of 2027, and around New Year. */
const nights = ['2027-01-01', '2027-03-14', '2027-11-07'].flatMap((day) =>
  [-1, 0, 1].map((away) => Temporal.PlainDate.from(day).add({ days: away }).toString()),
);
const day = fc.constantFrom(...nights);
/** An instant within two days of the midnight of that day. */
const near = (start: string) =>
  fc
    .integer({ min: -2 * 86_400_000, max: 2 * 86_400_000 })
    .map((away) => new Date(Date.parse(instantOf(start)) + away).toISOString());
const withNear = day.chain((start) => fc.tuple(fc.constant(start), near(start)));

describe('whichever night a version comes into force', () => {
  test('a report is under it just where the calendar of New York shows that day or a later one', () => {
    fc.assert(
      fc.property(withNear, ([start, receivedAt]) => {
        const shown = Temporal.Instant.from(receivedAt).toZonedDateTimeISO('America/New_York').toPlainDate();
        const expected = Temporal.PlainDate.compare(shown, start) >= 0 ? 'second' : 'first';
        expect(versionAt(receivedAt, { version: 'second', inForceFrom: start })).toBe(expected);
      }),
    );
  });

  test('a later report is never under an older version, and an offset changes nothing', () => {
    const order = ['first', 'second', 'third'];
    fc.assert(
      fc.property(withNear, fc.integer({ min: 0, max: 40 * 86_400_000 }), ([start, receivedAt], more) => {
        const third = { version: 'third', inForceFrom: Temporal.PlainDate.from(start).add({ days: 9 }).toString() };
        const later = new Date(Date.parse(receivedAt) + more).toISOString();
        const at = (instant: string) => versionAt(instant, { version: 'second', inForceFrom: start }, third);
        expect(order.indexOf(at(later))).toBeGreaterThanOrEqual(order.indexOf(at(receivedAt)));
        const local = Temporal.Instant.from(receivedAt).toString({ timeZone: 'America/New_York' });
        expect(at(local)).toBe(at(receivedAt));
      }),
    );
  });

  test('what holds until that day and what holds from it on never hold together, and one of them always does', () => {
    fc.assert(
      fc.property(withNear, ([start, receivedAt]) => {
        expect(holdsAt({ until: start }, receivedAt)).toBe(!holdsAt({ from: start }, receivedAt));
      }),
    );
  });
});

test.each([
  ['2027-01-01', true],
  ['2027-01-01T00:00:00-05:00', true],
  ['2027-01-01T05:00Z', true],
  ['2027-02-29', false],
  ['2027-02-29T00:00:00Z', false],
  ['2027-01-01T00:00:00', false],
  ['2027-01-01T25:00:00Z', false],
  ['January', false],
  ['', false],
  [2027, false],
  [undefined, false],
])('%s as the start of a version is accepted: %s', (start, accepted) => {
  expect(isStart(start)).toBe(accepted);
});
