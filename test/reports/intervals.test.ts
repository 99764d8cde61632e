/** Intervals of shares and differences, against published values and against their definition. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { newcombe, wilson } from '../../shared/reports/intervals.ts';
import { examplesOf, seedOf } from '../support/examples.ts';

const parts = fc
  .integer({ min: 1, max: 400 })
  .chain((of) => fc.record({ count: fc.integer({ min: 0, max: of }), of: fc.constant(of) }));

describe('the interval of a share', () => {
  // Newcombe 1998, Statistics in Medicine 17, 857-872, table I, method 3.
  test.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('of %i in %i is as published', (count, of, low, high) => {
    const found = wilson(count, of);
    expect(found[0]).toBeCloseTo(low, 4);
    expect(found[1]).toBeCloseTo(high, 4);
  });

  test('holds just those shares whose score test does not reject', () => {
    // |count/of - p| = z * sqrt(p (1 - p) / of) at both bounds, found by halving.
    const bound = (count: number, of: number, from: number, to: number): number => {
      let [inside, outside] = [from, to];
      for (let step = 0; step < 200; step += 1) {
        const p = (inside + outside) / 2;
        const isRejected = Math.abs(count / of - p) > 1.959963984540054 * Math.sqrt((p * (1 - p)) / of);
        if (isRejected) outside = p;
        else inside = p;
      }
      return inside;
    };
    fc.assert(
      fc.property(parts, ({ count, of }) => {
        const [low, high] = wilson(count, of);
        expect(low).toBeCloseTo(bound(count, of, count / of, 0), 9);
        expect(high).toBeCloseTo(bound(count, of, count / of, 1), 9);
      }),
      { numRuns: examplesOf(200), seed: seedOf(257) },
    );
  });

  test.each([
    [1, 0],
    [-1, 5],
    [6, 5],
    [1.5, 5],
  ])('of %d in %d is refused', (count, of) => expect(() => wilson(count, of)).toThrow(RangeError));
});

describe('the difference of two shares', () => {
  // Newcombe 1998, Statistics in Medicine 17, 873-890, table II, method 10.
  test.each([
    [56, 70, 48, 80, 0.0524, 0.3339],
    [9, 10, 3, 10, 0.1705, 0.809],
    [10, 10, 0, 20, 0.6791, 1],
  ])('of %i in %i and %i in %i is as published', (count, of, otherCount, otherOf, low, high) => {
    const { interval } = newcombe({ count, of }, { count: otherCount, of: otherOf });
    expect(interval[0]).toBeCloseTo(low, 4);
    expect(interval[1]).toBeCloseTo(high, 4);
  });

  test('turns its sign with the order, and holds its difference', () => {
    fc.assert(
      fc.property(parts, parts, (one, other) => {
        const [there, back] = [newcombe(one, other), newcombe(other, one)];
        expect(there.interval[0]).toBeCloseTo(-back.interval[1], 10);
        expect(there.interval[0]).toBeLessThanOrEqual(there.difference + 1e-12);
        expect(there.interval[1]).toBeGreaterThanOrEqual(there.difference - 1e-12);
      }),
      { numRuns: examplesOf(200), seed: seedOf(258) },
    );
  });
});
