/** What `test/simulate/simulate.test.ts` does with fewer cases. */
import { describe, expect, it } from 'vitest';
import { brokenCases } from '../simulate/broken-cases.ts';
import { runCase, wholeCase } from '../simulate/case.ts';
import { describeBreaches } from '../simulate/describe-case.ts';
import { faultKinds } from '../simulate/faults.ts';

describe('simulated cases', () => {
  const happened = new Set<string>();
  const seen = new Set<string>();

  it('of the fixed seed hold: 42/0 to 42/199', async () => {
    const broken = await brokenCases('42', 200, ({ faults, stages, outcomes }) => {
      for (const { kind } of faults) happened.add(kind);
      for (const word of [...stages, ...outcomes]) seen.add(word);
    });
    expect(broken).toEqual([]);
  });

  it('of the fixed seed bring about every fault, every outcome and every end', () => {
    expect(faultKinds.filter((kind) => !happened.has(kind))).toEqual([]);
    const words = ['confirmed', 'high-risk', 'at-risk', 'insufficient-info', 'not-indicated', 'none'];
    expect([...seen]).toEqual(expect.arrayContaining([...words, 'open', 'closed', 'withdrawn', 'merged']));
  });

  const fresh = String(Date.now());
  it(`of the fresh seed ${fresh} hold: ${fresh}/0 to ${fresh}/49`, async () => {
    expect(await brokenCases(fresh, 50)).toEqual([]);
  });

  it('of two weeks hold, with nights and weekends, in which no alarm falls silent: alarms/0 to alarms/299', async () => {
    expect(await brokenCases('alarms', 300, undefined, 14)).toEqual([]);
  });

  it('of eleven months hold, in which runs hand over', async () => {
    const result = await runCase(wholeCase('months/1', 335));
    expect(result.breaches.length === 0 ? '' : describeBreaches(result)).toBe('');
  });
});
