import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Duration, dueAt } from '../../../shared/domain/policy/due.ts';
import type { DeadlineRule, Policy } from '../../../shared/domain/policy/policy.ts';
import { connecticut20261 as policy } from '../../../shared/policy/connecticut-2026-1.ts';
import { connecticutLaw } from '../../../shared/policy/law/connecticut-law.ts';
import { loaded, problemsOf } from '../../../shared/policy/law/law.ts';
import { released } from '../../../shared/policy/policies.ts';

const hours = (amount: number): Duration => ({ unit: 'hours', amount });
const minutes = (amount: number): Duration => ({ unit: 'minutes', amount });
const calendarDays = (amount: number): Duration => ({ unit: 'calendar-days', amount });
const businessDays = (amount: number): Duration => ({ unit: 'business-days', amount });
const sameDay: Duration = { unit: 'same-day' };

const row = (id: string): DeadlineRule => policy.deadlines.find((rule) => rule.id === id) as DeadlineRule;
const changed = (id: string, change: Partial<DeadlineRule>): Policy => ({
  ...policy,
  deadlines: policy.deadlines.map((rule) => (rule.id === id ? { ...rule, ...change } : rule)),
});
const problems = (id: string, change: Partial<DeadlineRule>) => problemsOf(changed(id, change), connecticutLaw);

describe('a policy that loosens the law is refused when it is loaded', () => {
  it.each([
    ['D3', hours(13), 'D3 gives 13 hours, and C.G.S. 17a-101b and 17a-103(c) allows 12 hours.'],
    ['D3', minutes(721), 'D3 gives 721 minutes, and C.G.S. 17a-101b and 17a-103(c) allows 12 hours.'],
    ['D3', sameDay, 'D3 gives the same day, and C.G.S. 17a-101b and 17a-103(c) allows 12 hours.'],
    ['D6', hours(3), 'D6 gives 3 hours, and C.G.S. 17a-101g(a) allows 2 hours.'],
    ['D2', calendarDays(3), 'D2 gives 3 calendar days, and C.G.S. 17a-101c allows 48 hours.'],
    ['D2', businessDays(1), 'D2 gives 1 business days, and C.G.S. 17a-101c allows 48 hours.'],
  ] as const)('%s with %j: %s', (id, duration, sentence) => {
    expect(problems(id, { duration })).toEqual([sentence]);
    expect(() => loaded([changed(id, { duration })], connecticutLaw)).toThrow(
      `The policy connecticut-2026.1 is refused: ${sentence}`,
    );
  });

  it('also where it does so for one outcome or in danger only', () => {
    const sentence = 'D3 gives 20 hours, and C.G.S. 17a-101b and 17a-103(c) allows 12 hours.';
    expect(problems('D3', { durationFor: { 'at-risk': hours(20) } })).toEqual([sentence]);
    expect(problems('D3', { durationInDanger: hours(20) })).toEqual([sentence]);
  });

  it('also where the row itself names the limit', () => {
    expect(problems('D9', { statutoryMaximum: hours(12) })).toEqual([
      `D9 gives 24 hours, and the law allows 12 hours (${row('D9').source}).`,
    ]);
  });

  it('also where it raises the limit its row names', () => {
    expect(problems('D7', { duration: hours(96), statutoryMaximum: hours(96) })).toEqual([
      'D7 gives 96 hours, and C.G.S. 17a-101g(a) allows 72 hours.',
    ]);
  });

  it('also where it calls law its own policy, or lets a person extend it', () => {
    expect(problems('D3', { kind: 'policy' })).toEqual([
      'D3 is law by C.G.S. 17a-101b and 17a-103(c): a policy cannot call it its own.',
    ]);
    expect(problems('D1', { extension: policy.extension })).toEqual([
      `D1 is law (${row('D1').source}): no one may extend it.`,
    ]);
  });

  it('also where it drops what the version before ran because of the law', () => {
    const without: Policy = {
      ...policy,
      version: 'connecticut-2027.1',
      deadlines: policy.deadlines.filter(({ id }) => id !== 'D99' && id !== 'D8'),
    };
    const before: Policy = { ...policy, deadlines: [...policy.deadlines, { ...row('D4'), id: 'D99' }] };
    expect(() => loaded([before, without], connecticutLaw)).toThrow(
      `The policy connecticut-2027.1 is refused: D99 is law by ${row('D4').source} in connecticut-2026.1, and this version drops it.`,
    );
  });
});

describe('a policy may tighten', () => {
  it.each([
    ['D3', hours(1)],
    ['D3', minutes(720)],
    ['D2', calendarDays(2)],
    ['D7', calendarDays(3)],
    ['D7', hours(72)],
    ['D12a', minutes(1)],
  ] as const)('%s to %j', (id, duration) => {
    expect(problems(id, { duration })).toEqual([]);
  });

  it('and set what is not law as it likes', () => {
    expect(problems('D15', { duration: businessDays(90), durationFor: {} })).toEqual([]);
  });

  it('to either limit where it is unknown which is in force, and not past both', () => {
    const disposition = (duration: Duration): Policy => ({
      ...policy,
      deadlines: policy.deadlines.map((rule) => (rule.id === 'D24' ? { ...rule, duration } : rule)),
    });
    const found = (duration: Duration) => problemsOf(disposition(duration), connecticutLaw);
    expect(found(businessDays(33))).toEqual([]);
    expect(found(calendarDays(45))).toEqual([]);
    expect(found(hours(700))).toEqual([]);
    expect(found(calendarDays(46))).toEqual([
      'D24 gives 46 calendar days, and C.G.S. 17a-101g allows 45 calendar days or 33 business days.',
    ]);
  });
});

describe('a policy is refused', () => {
  it('with an id twice', () => {
    expect(problemsOf({ ...policy, deadlines: [...policy.deadlines, row('D8')] }, connecticutLaw)).toEqual([
      'D8 is there twice.',
    ]);
  });

  it('with checkpoints out of order', () => {
    expect(problemsOf({ ...policy, warnAt: 0.4 }, connecticutLaw)).toHaveLength(1);
    expect(problemsOf({ ...policy, overdueAt: 1 }, connecticutLaw)).toHaveLength(1);
  });

  it.each([
    ['after it is due', [hours(48), hours(97)]],
    ['out of order', [hours(72), hours(48)]],
  ])('with a warning %s', (_, warnAfter) => {
    expect(problems('D11', { warnAfter })).toEqual(['D11 warns after it is due, or not in order.']);
  });

  it('under the law of another jurisdiction', () => {
    expect(problemsOf({ ...policy, jurisdiction: 'Elsewhere' }, connecticutLaw)).toEqual([
      'It is not bound by the law of Connecticut.',
    ]);
  });
});

it('what is released is within the law, and each limit names a clause', () => {
  expect(loaded(released, connecticutLaw)).toBe(released);
  for (const { rule, clause } of connecticutLaw.limits) expect(clause, rule).toMatch(/C\.G\.S\.|U\.S\.C\./);
  expect(problemsOf(policy, connecticutLaw)).toEqual([]);
});

it.each(policy.deadlines.filter(({ kind }) => kind === 'statute').map((rule) => [rule.id, rule] as const))(
  '%s is law: its time has a limit, which this product assumes where policy set the number (timeByPolicy)',
  (id, { timeByPolicy }) => {
    const limit = connecticutLaw.limits.find(({ rule }) => rule === id);
    expect(limit).toBeDefined();
    expect(limit?.confidence === 'assumed').toBe(timeByPolicy === true);
  },
);

it('whatever is let through never ends after what the law gives, on any day', () => {
  const anyDuration: fc.Arbitrary<Duration> = fc.oneof(
    fc.record({
      unit: fc.constantFrom('minutes' as const, 'hours' as const, 'calendar-days' as const, 'business-days' as const),
      amount: fc.integer({ min: 1, max: 100 }),
    }),
    fc.constant(sameDay),
    fc.record({ unit: fc.constant('same-day' as const), atLeastHours: fc.integer({ min: 1, max: 12 }) }),
  );
  const anyStart = fc
    .integer({ min: Date.parse('2026-01-01T00:00:00Z') / 60_000, max: Date.parse('2028-01-01T00:00:00Z') / 60_000 })
    .map((minute) => new Date(minute * 60_000).toISOString());
  fc.assert(
    fc.property(anyDuration, anyDuration, anyStart, (given, limit, start) => {
      const law = {
        jurisdiction: policy.jurisdiction,
        limits: [{ rule: 'D1', atMost: [limit], clause: 'A clause', confidence: 'assumed' }],
      } as const;
      const rest = policy.eligibility.slice(-1).map((each) => ({ ...each, when: {} }));
      const one = {
        ...policy,
        eligibility: rest,
        deadlines: [{ ...row('D1'), duration: given, escalateFrom: 'due' }],
      } as const;
      fc.pre(problemsOf(one, law).length === 0);
      const end = (duration: Duration) => Date.parse(dueAt(start, duration, policy.calendar).due);
      expect(end(given)).toBeLessThanOrEqual(end(limit));
    }),
    { numRuns: 300 },
  );
});
