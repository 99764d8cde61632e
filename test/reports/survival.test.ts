/** Time until a stage, where some still wait and some can never reach it. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { incidence, quantileOf, type Wait } from '../../shared/reports/survival.ts';
import { examplesOf, seedOf } from '../support/examples.ts';

const waits: fc.Arbitrary<readonly Wait[]> = fc.array(
  fc.record({
    hours: fc.integer({ min: 0, max: 12 }),
    end: fc.constantFrom('reached' as const, 'competing' as const, 'waiting' as const),
  }),
  { minLength: 1, maxLength: 25 },
);
const reached = (...hours: number[]): readonly Wait[] => hours.map((each) => ({ hours: each, end: 'reached' }));

/**
 * Efron's way: who still waits hands their part, in equal shares, to all whose time is not over. What a person holds when they
 * reach the stage is their part of the incidence.
 */
function byRedistribution(given: readonly Wait[], hours: number): number {
  const order = { reached: 0, competing: 0, waiting: 1 };
  const sorted = given.toSorted((one, other) => one.hours - other.hours || order[one.end] - order[other.end]);
  const parts = sorted.map(() => 1 / sorted.length);
  let share = 0;
  for (let index = 0; index < sorted.length; index += 1) {
    const wait = sorted[index];
    if (!wait) break;
    if (wait.end === 'reached' && wait.hours <= hours) share += parts[index] ?? 0;
    if (wait.end !== 'waiting') continue;
    const after = sorted.length - index - 1;
    for (let later = index + 1; later < sorted.length; later += 1)
      parts[later] = (parts[later] ?? 0) + (parts[index] ?? 0) / after;
  }
  return share;
}
const shareAt = (given: readonly Wait[], hours: number): number =>
  incidence(given).findLast((step) => step.hours <= hours)?.share ?? 0;

describe('the incidence of a stage', () => {
  test('is what the parts of the people give, handed on by those who still wait', () => {
    fc.assert(
      fc.property(waits, fc.integer({ min: 0, max: 12 }), (given, hours) => {
        expect(shareAt(given, hours)).toBeCloseTo(byRedistribution(given, hours), 10);
      }),
      { numRuns: examplesOf(300), seed: seedOf(255) },
    );
  });

  test('only grows, and with the competing ends it is never more than all', () => {
    fc.assert(
      fc.property(waits, (given) => {
        const shares = incidence(given).map(({ share }) => share);
        expect(shares).toEqual(shares.toSorted((one, other) => one - other));
        const turned = given.map(
          ({ hours, end }): Wait => ({
            hours,
            end: end === 'competing' ? 'reached' : end === 'reached' ? 'competing' : end,
          }),
        );
        expect((shares.at(-1) ?? 0) + (incidence(turned).at(-1)?.share ?? 0)).toBeLessThanOrEqual(1 + 1e-9);
      }),
      { numRuns: examplesOf(300), seed: seedOf(256) },
    );
  });

  test('of people who all reached it is the plain share', () => {
    expect(incidence(reached(3, 1, 2, 2))).toEqual([
      { hours: 1, share: 0.25 },
      { hours: 2, share: 0.75 },
      { hours: 3, share: 1 },
    ]);
  });

  test('does not count a withdrawn referral as one that will still reach it', () => {
    const others: readonly Wait[] = Array.from({ length: 5 }, () => ({ hours: 1, end: 'competing' }));
    expect(incidence([...others, ...reached(2, 2, 2, 2, 2)]).at(-1)?.share).toBe(0.5);
  });
});

describe('a quantile', () => {
  test('is the least time within which so many had reached it', () => {
    expect(quantileOf(incidence(reached(1, 2, 3, 4)), 0.5)).toBe(2);
    expect(quantileOf(incidence(reached(1, 2, 3)), 0.9)).toBe(3);
  });

  test('may not be reached', () => {
    const waiting: readonly Wait[] = Array.from({ length: 6 }, () => ({ hours: 5, end: 'waiting' }));
    expect(quantileOf(incidence([...waiting, ...reached(1, 2, 3, 4)]), 0.5)).toBe('not-reached');
  });
});
