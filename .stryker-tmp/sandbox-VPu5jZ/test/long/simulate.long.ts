/** What `test/simulate/simulate.test.ts` does with few cases. */
// @ts-nocheck

import { describe, expect, it } from 'vitest';
import { runCase, wholeCase } from '../simulate/case.ts';
import { describeBreaches } from '../simulate/describe-case.ts';
import { faultKinds } from '../simulate/faults.ts';
import { shrink } from '../simulate/shrink.ts';

const cases = (seed: string, count: number) => Array.from({ length: count }, (_, index) => `${seed}/${index}`);

describe('simulated cases', () => {
  const happened = new Set<string>();
  const seen = new Set<string>();

  it.each(cases('42', 200))('of the fixed seed hold: %s', async (seed) => {
    const result = await runCase(wholeCase(seed));
    for (const { kind } of result.faults) happened.add(kind);
    for (const word of [...result.stages, ...result.outcomes]) seen.add(word);
    expect(result.breaches.length === 0 ? '' : describeBreaches(await shrink(result))).toBe('');
  });

  it('of the fixed seed bring about every fault, every outcome and every end', () => {
    expect(faultKinds.filter((kind) => !happened.has(kind))).toEqual([]);
    const words = ['confirmed', 'high-risk', 'at-risk', 'insufficient-info', 'not-indicated', 'none'];
    expect([...seen]).toEqual(expect.arrayContaining([...words, 'open', 'closed', 'withdrawn', 'attached']));
  });

  it.each(cases(String(Date.now()), 50))('of a fresh seed hold: %s', async (seed) => {
    const result = await runCase(wholeCase(seed));
    expect(result.breaches.length === 0 ? '' : describeBreaches(await shrink(result))).toBe('');
  });

  it('of eleven months hold, in which runs hand over', async () => {
    const result = await runCase(wholeCase('months/1', 335));
    expect(result.breaches.length === 0 ? '' : describeBreaches(result)).toBe('');
  });
});
