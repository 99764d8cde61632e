import { describe, expect, test } from 'vitest';
import { digestAfter, digestsUntil, mayWait } from '../../shared/domain/alert-digest.ts';
import { currentPolicy } from '../../shared/policy/policies.ts';
import { referral } from '../support/referral-builder.ts';

const daily = { ...currentPolicy, digest: { ...currentPolicy.digest, hour: 8, businessDaysOnly: false } };
const working = { ...daily, digest: { ...daily.digest, businessDaysOnly: true } };

describe('the next digest', () => {
  test.each([
    ['an instant before the hour: the same morning', '2026-11-10T12:59:59.999Z', '2026-11-10T13:00:00.000Z'],
    ['the very hour: the next morning', '2026-11-10T13:00:00.000Z', '2026-11-11T13:00:00.000Z'],
    ['late in the evening of New York', '2026-11-11T04:30:00.000Z', '2026-11-11T13:00:00.000Z'],
    [
      'the evening before clocks go forward: 23 hours lie between two digests',
      '2026-03-07T13:00:00.000Z',
      '2026-03-08T12:00:00.000Z',
    ],
    [
      'the evening before clocks go back: 25 hours lie between two digests',
      '2026-10-31T12:00:00.000Z',
      '2026-11-01T13:00:00.000Z',
    ],
    ['the hour that occurs twice', '2026-11-01T05:30:00.000Z', '2026-11-01T13:00:00.000Z'],
  ])('after %s', (_, now, at) => {
    expect(digestAfter(now, daily)).toBe(at);
  });

  test('passes over weekends and holidays where the policy says so', () => {
    expect(digestAfter('2026-11-25T14:00:00.000Z', working)).toBe('2026-11-27T13:00:00.000Z');
    expect(digestAfter('2026-11-27T14:00:00.000Z', working)).toBe('2026-11-30T13:00:00.000Z');
  });

  test('is looked for in a calendar that has no business day with an error, not for ever', () => {
    const calendar = { isBusinessDay: () => false, why: () => 'Never' };
    expect(() => digestAfter('2026-11-25T14:00:00.000Z', { ...working, calendar })).toThrow(RangeError);
  });

  test('after an outage of days, the digests that were due are known, the latest first', () => {
    expect(digestsUntil('2026-11-02T13:00:00.000Z', daily, 2)).toEqual([
      '2026-11-02T13:00:00.000Z',
      '2026-11-01T13:00:00.000Z',
      '2026-10-31T12:00:00.000Z',
    ]);
  });
});

describe('what may wait', () => {
  const story = (danger: 'yes' | 'no' | 'unknown' = 'no') => referral({ danger, age: 15 }).run().screen('high-risk');
  /** The rules that deadlines were opened under and told of, and whether that may wait. */
  const waits = ({ state, policy, now }: ReturnType<typeof story>) => {
    const until = digestAfter(now, policy);
    return Object.fromEntries(
      Object.values(state.alerts).map((alert) => [
        state.deadlines[alert.deadlineId ?? '']?.rule ?? alert.kind,
        mayWait(alert, state, policy, until),
      ]),
    );
  };

  test('is what only informs, and is due more than a day after the digest', () => {
    expect(waits(story())).toEqual({
      'referral-opened': false,
      D10: false,
      'mdt-invited': false,
      D19a: false,
      D22a: true,
      D23: true,
    });
  });

  test.each(['yes', 'unknown'] as const)('is nothing where danger is %s', (danger) => {
    expect(Object.values(waits(story(danger)))).not.toContain(true);
  });

  test('is judged at the time of the digest: what is due the day after it does not wait for it', () => {
    const { state, policy } = story();
    const alert = Object.values(state.alerts).find(({ deadlineId }) => deadlineId?.includes('D22A'));
    const due = Date.parse(state.deadlines[alert?.deadlineId ?? '']?.due ?? '');
    const waitsAt = (hours: number) =>
      alert && mayWait(alert, state, policy, new Date(due - hours * 3_600_000).toISOString());
    expect([waitsAt(25), waitsAt(24)]).toEqual([true, false]);
  });

  test('is nothing that goes to deputies, because somebody did not answer', () => {
    const { state, policy, now } = story();
    const until = digestAfter(now, policy);
    const waiting = Object.values(state.alerts).filter((alert) => mayWait(alert, state, policy, until));
    expect(waiting.map((alert) => mayWait({ ...alert, deputies: true }, state, policy, until))).toEqual([false, false]);
  });
});
