import { describe, expect, test } from 'vitest';
import { clockTime, typedInstant } from '../../../shared/domain/core/local-time.ts';

describe('a New York time as a spreadsheet writes it', () => {
  test.each([
    ['2026-11-25 20:00', '2026-11-26T01:00:00.000Z'],
    ['2026-11-25T20:00', '2026-11-26T01:00:00.000Z'],
    ['2026-11-25 8:00', '2026-11-25T13:00:00.000Z'],
    ['2026-11-25 20:00:00', '2026-11-26T01:00:00.000Z'],
    ['11/25/2026 20:00', '2026-11-26T01:00:00.000Z'],
    ['11/25/2026 8:00 PM', '2026-11-26T01:00:00.000Z'],
    ['11/25/2026, 8:00 am', '2026-11-25T13:00:00.000Z'],
    ['7/4/2026 12:00 AM', '2026-07-04T04:00:00.000Z'],
    ['7/4/2026 12:30 PM', '2026-07-04T16:30:00.000Z'],
    ['2026-11-01 01:30', '2026-11-01T05:30:00.000Z'],
  ])('%s is %s', (typed, instant) => {
    expect(typedInstant(typed)).toEqual({ instant });
  });

  test.each([
    '',
    'tonight',
    '2026-11-25',
    '25/11/2026 20:00',
    '2026-11-31 20:00',
    '2026-11-25 24:00',
    '11/25/2026 13:00 PM',
    '11/25/2026 0:00 AM',
    '2026-11-25 20:00Z',
  ])('%s is none, and the sentence shows how to write one', (typed) => {
    expect(typedInstant(typed)).toEqual({
      sentence: 'Give a New York date and time, such as 11/25/2026 8:00 PM.',
    });
  });

  test('a time that daylight saving skips is said to be one', () => {
    expect(typedInstant('2027-03-14 02:30')).toEqual({
      sentence: 'This time does not exist: the clocks in New York went forward over it. Give another.',
    });
  });
});

test.each([
  ['2026-11-25T13:00:00.000Z', '2026-11-25T12:00:00.000Z', '8:00 AM'],
  ['2026-11-26T04:59:00.000Z', '2026-11-25T12:00:00.000Z', '11:59 PM'],
  ['2026-11-26T13:00:00.000Z', '2026-11-25T12:00:00.000Z', 'Thu, Nov 26, 8:00 AM'],
])('%s is read at %s as %s', (instant, now, words) => {
  expect(clockTime(instant, now)).toBe(words);
});
