import { describe, expect, test } from 'vitest';
import { digestAfter, quietUntil, releasesUntil, waitsUntil } from '../../shared/domain/alert-waiting.ts';
import type { Alert } from '../../shared/domain/referral.ts';
import { currentPolicy } from '../../shared/policy/policies.ts';
import { referral } from '../support/referral-builder.ts';

const daily = {
  ...currentPolicy,
  digest: { ...currentPolicy.digest, hour: 8, businessDaysOnly: false },
  quiet: { ...currentPolicy.quiet, from: 20, to: 8 },
};
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

  test('after an outage of days, all that was due is known, the latest first: digests and ends of quiet hours', () => {
    expect(releasesUntil('2026-11-02T13:00:00.000Z', daily, 2)).toEqual([
      '2026-11-02T13:00:00.000Z',
      '2026-11-01T13:00:00.000Z',
      '2026-10-31T12:00:00.000Z',
    ]);
    const early = { ...working, quiet: { ...daily.quiet, to: 6 } };
    expect(releasesUntil('2026-11-02T12:59:00.000Z', early, 3)).toEqual([
      '2026-11-02T11:00:00.000Z',
      '2026-11-01T11:00:00.000Z',
      '2026-10-31T10:00:00.000Z',
      '2026-10-30T12:00:00.000Z',
      '2026-10-30T10:00:00.000Z',
    ]);
  });
});

describe('quiet hours from 20:00 to 8:00', () => {
  test.each([
    ['are not yet there a moment before', '2026-11-10T00:59:59.999Z', undefined],
    ['begin on the hour', '2026-11-10T01:00:00.000Z', '2026-11-10T13:00:00.000Z'],
    ['go on after midnight', '2026-11-10T05:00:00.000Z', '2026-11-10T13:00:00.000Z'],
    ['are there until the last moment', '2026-11-10T12:59:59.999Z', '2026-11-10T13:00:00.000Z'],
    ['are over on the hour', '2026-11-10T13:00:00.000Z', undefined],
    [
      'of the night in which clocks go forward end an hour sooner',
      '2026-03-08T06:59:00.000Z',
      '2026-03-08T12:00:00.000Z',
    ],
    ['of the night in which clocks go back end an hour later', '2026-11-01T05:30:00.000Z', '2026-11-01T13:00:00.000Z'],
  ])('%s', (_, now, end) => {
    expect(quietUntil(now, daily)).toBe(end);
  });

  test('may lie within one day, or be none at all', () => {
    const hours = (from: number, to: number) => ({ quiet: { ...daily.quiet, from, to } });
    const at = (now: string, from: number, to: number) => quietUntil(now, hours(from, to));
    expect(at('2026-11-10T06:00:00.000Z', 1, 6)).toBe('2026-11-10T11:00:00.000Z');
    expect(at('2026-11-10T05:59:00.000Z', 1, 6)).toBeUndefined();
    expect(at('2026-11-10T11:00:00.000Z', 1, 6)).toBeUndefined();
    for (let hour = 0; hour < 24; hour += 1) {
      const now = new Date(Date.parse('2026-11-10T05:00:00.000Z') + hour * 3_600_000).toISOString();
      expect(at(now, 8, 8)).toBeUndefined();
    }
  });
});

describe('what may wait', () => {
  const story = (danger: 'yes' | 'no' | 'unknown' = 'no') => referral({ danger, age: 15 }).run().screen('high-risk');
  /** The rules that deadlines were opened under and told of, and whether that may wait. */
  const waits = ({ state, policy, now }: ReturnType<typeof story>) => {
    return Object.fromEntries(
      Object.values(state.alerts).map((alert) => [
        state.deadlines[alert.deadlineId ?? '']?.rule ?? alert.kind,
        waitsUntil(alert, state, policy, now) !== undefined,
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
    const waitsAt = (days: number) => {
      // A minute after a digest: the next one is a day less a minute away.
      const now = new Date(Date.parse(digestAfter(new Date(due - days * 86_400_000).toISOString(), policy)) + 60_000);
      return alert && waitsUntil(alert, state, policy, now.toISOString());
    };
    expect(waitsAt(5)).toBeDefined();
    expect(waitsAt(2)).toBeUndefined();
  });

  test('is nothing that goes to deputies, because somebody did not answer', () => {
    const { state, policy, now } = story();
    const waiting = Object.values(state.alerts).filter((alert) => waitsUntil(alert, state, policy, now));
    expect(waiting.map((alert) => waitsUntil({ ...alert, deputies: true }, state, policy, now))).toEqual([
      undefined,
      undefined,
    ]);
  });

  test('at night is all that is not urgent, until the quiet hours end; what only informs, until the digest', () => {
    const { state } = story();
    const policy = { ...daily, digest: { ...daily.digest, hour: 9 } };
    const [night, morning] = ['2026-11-10T02:00:00.000Z', '2026-11-10T13:00:00.000Z'];
    const of = (change: Partial<Alert>) => {
      const [alert] = Object.values(state.alerts);
      return alert && waitsUntil({ ...alert, to: ['program-manager'], ...change }, state, policy, night);
    };
    const deadlineId = `${state.id}.D22A.1`;
    expect(of({ kind: 'answer-needed' })).toBe(morning);
    expect(of({ kind: 'answer-needed', deputies: true })).toBe(morning);
    expect(of({ kind: 'checkpoint', deadlineId, checkpoint: 'remind' })).toBe(morning);
    expect(of({ kind: 'deadline-opened', deadlineId })).toBe('2026-11-10T14:00:00.000Z');
    expect(of({ kind: 'referral-opened' })).toBeUndefined();
    expect(of({ kind: 'checkpoint', deadlineId: `${state.id}.D3.1`, checkpoint: 'remind' })).toBeUndefined();
  });

  test.each(['yes', 'unknown'] as const)(
    'at night is nothing where danger is %s, nor of a child who is missing',
    (danger) => {
      const night = '2026-11-10T02:00:00.000Z';
      const all = (state: ReturnType<typeof story>['state']) =>
        Object.values(state.alerts).flatMap((alert) => waitsUntil(alert, state, daily, night) ?? []);
      expect(all(story(danger).state)).toEqual([]);
      expect(all({ ...story().state, missing: true })).toEqual([]);
      expect(all(story().state)).not.toEqual([]);
    },
  );
});
