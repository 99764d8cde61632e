/** The limits of law: a policy may be stricter, never looser. */
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

const police = 'C.G.S. 17a-101b and 17a-103(c)';
const screening = "42 U.S.C. 671(a)(9)(C) and (35)(A)(iii) (no number; the limit is this product's)";

describe('a policy is refused where a limit of law', () => {
  it.each<[string, Partial<DeadlineRule>, string]>([
    ['D3', { duration: hours(13) }, `D3 gives 13 hours, and ${police} allows 12 hours.`],
    ['D3', { duration: minutes(721) }, `D3 gives 721 minutes, and ${police} allows 12 hours.`],
    ['D3', { duration: sameDay }, `D3 gives the same day, and ${police} allows 12 hours.`],
    ['D3', { durationFor: { 'at-risk': hours(20) } }, `D3 gives 20 hours, and ${police} allows 12 hours.`],
    ['D3', { durationInDanger: hours(20) }, `D3 gives 20 hours, and ${police} allows 12 hours.`],
    ['D2', { duration: businessDays(1) }, 'D2 gives 1 business days, and C.G.S. 17a-101c allows 48 hours.'],
    ['D9', { duration: hours(25) }, `D9 gives 25 hours, and ${screening} allows 24 hours.`],
    [
      'D7',
      { duration: hours(96), statutoryMaximum: hours(96) },
      'D7 gives 96 hours, and C.G.S. 17a-101g(a) allows 72 hours.',
    ],
    ['D9', { statutoryMaximum: hours(12) }, `D9 gives 24 hours, and the law allows 12 hours (${row('D9').source}).`],
    [
      'D24',
      { duration: calendarDays(46) },
      'D24 gives 46 calendar days, and C.G.S. 17a-101g allows 45 calendar days or 33 business days.',
    ],
    [
      'D9',
      { extension: { ...policy.extension, atMost: hours(25) } },
      `D9 may be extended by 25 hours, and ${screening} allows 24 hours.`,
    ],
    ['D5', { extension: policy.extension }, `D5 is law (${row('D5').source}): no one may extend it.`],
  ])('is looser: %s with %j', (id, change, sentence) => {
    expect(problems(id, change)).toEqual([sentence]);
    expect(() => loaded([changed(id, change)], connecticutLaw)).toThrow(
      `The policy connecticut-2026.1 is refused: ${sentence}`,
    );
  });

  it.each<[string, Partial<DeadlineRule>, string]>([
    ['is called policy', { kind: 'policy' }, `D3 is law by ${police}: a policy cannot call it its own.`],
    ['is kept by another act', { keptBy: ['screened'] }, `D3 is kept by screened, and ${police} asks for `],
    [
      'starts with something else',
      { clockStart: 'the screening outcome' },
      `and ${police} from receipt of the report.`,
    ],
    ['ends with the referral', { closing: 'ends' }, `D3 is law by ${police}: closing the referral waits for it.`],
    ['ends with a pathway', { ofPathway: ['confirmed'] }, 'it has no pathway, subjects or stop that it ends with.'],
    ['stops', { hardStop: row('D17').hardStop as never }, 'it has no pathway, subjects or stop that it ends with.'],
    [
      'escalates years later',
      { escalateFrom: calendarDays(365) },
      `later than the time ${police} gives for the whole.`,
    ],
    ['awaits no lawyer', { awaitsLegalSignOff: false }, `no lawyer has signed off ${police} in the law beside it.`],
  ])('%s', (_, change, sentence) => {
    expect(problems('D3', change).join(' ')).toContain(sentence);
  });

  it.each(['D1', 'D3', 'D9', 'D11', 'D40'])('is gone: %s', (id) => {
    const deadlines = policy.deadlines.filter((rule) => rule.id !== id);
    expect(problemsOf({ ...policy, deadlines }, connecticutLaw).join(' ')).toMatch(
      new RegExp(`^${id} is (law|a duty) by .+, and this policy does not run it\\.$`),
    );
  });

  it('was marked as law by the version before, and is gone', () => {
    const before: Policy = { ...policy, deadlines: [...policy.deadlines, { ...row('D4'), id: 'D99' }] };
    expect(() => loaded([before, { ...policy, version: 'connecticut-2027.1' }], connecticutLaw)).toThrow(
      `The policy connecticut-2027.1 is refused: D99 is law by ${row('D4').source} in connecticut-2026.1, and this version drops it.`,
    );
  });
});

it.each<[string, Duration]>([
  ['D3', hours(1)],
  ['D3', minutes(720)],
  ['D2', calendarDays(2)],
  ['D7', calendarDays(3)],
  ['D24', businessDays(33)],
  ['D24', calendarDays(45)],
  ['D15', businessDays(90)],
])('a policy may tighten a limit, and set what is not law as it likes: %s with %j', (id, duration) => {
  expect(problems(id, { duration, durationFor: {} })).toEqual([]);
});

it('what is released is within the law, and each limit names a clause', () => {
  expect(loaded(released, connecticutLaw)).toBe(released);
  for (const { rule, clause } of connecticutLaw.limits) expect(clause, rule).toMatch(/C\.G\.S\.|U\.S\.C\./);
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
      // One row that decides all, because a search through the whole table takes most of the time.
      const eligibility = policy.eligibility.slice(-1).map((each) => ({ ...each, when: {} }));
      const one = { ...changed('D1', { duration: given, escalateFrom: 'due' }), eligibility };
      fc.pre(!problemsOf(one, law).some((each) => each.startsWith('D1 ')));
      const end = (duration: Duration) => Date.parse(dueAt(start, duration, policy.calendar).due);
      expect(end(given)).toBeLessThanOrEqual(end(limit));
    }),
    { numRuns: 300 },
  );
});
