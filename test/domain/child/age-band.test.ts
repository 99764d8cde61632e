import { expect, test } from 'vitest';
import { ageBandOf } from '../../../shared/domain/child/age-band.ts';

const exact = (years: number) => ({ age: { known: 'exact', years } }) as const;
const between = (from: number, to: number) => ({ age: { known: 'range', from, to } }) as const;

test.each([
  [{ age: { known: 'unknown' } } as const, 'not-known'],
  [exact(0), 'under-12'],
  [exact(11), 'under-12'],
  [exact(12), '12-to-14'],
  [exact(14), '12-to-14'],
  [exact(15), '15-to-17'],
  [exact(17), '15-to-17'],
  [exact(18), '18-and-over'],
  [between(12, 14), '12-to-14'],
  [between(13, 16), 'under-18'],
  [between(16, 19), 'not-known'],
  [between(18, 20), '18-and-over'],
])('the band of %j is %s', (child, band) => {
  expect(ageBandOf(child)).toBe(band);
});
