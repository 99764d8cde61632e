/** Instants are compared as Date.parse does, however they are written. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isBefore, isUpTo } from '../../shared/reports/utc-instants.ts';
import { examplesOf, seedOf } from '../support/examples.ts';

const written = (at: number) =>
  fc.constantFrom(
    new Date(at).toISOString(),
    new Date(at).toISOString().replace('.000Z', 'Z'),
    new Date(at).toISOString().replace('Z', '+00:00'),
  );
const instants = fc
  .integer({ min: Date.parse('2020-01-01T00:00:00Z') / 1000, max: Date.parse('2030-01-01T00:00:00Z') / 1000 })
  .chain((seconds) => written(seconds * 1000));

test('an instant is up to another one, or before it, as their epochs say', () => {
  fc.assert(
    fc.property(instants, fc.oneof(instants, fc.constant('same')), (one, drawn) => {
      const other = drawn === 'same' ? one.replace('.000Z', 'Z') : drawn;
      expect(isUpTo(one, other)).toBe(Date.parse(one) <= Date.parse(other));
      expect(isBefore(one, other)).toBe(Date.parse(one) < Date.parse(other));
    }),
    { numRuns: examplesOf(300), seed: seedOf(297) },
  );
  expect(isUpTo(undefined, '2026-11-09T15:00:00.000Z')).toBe(false);
});
