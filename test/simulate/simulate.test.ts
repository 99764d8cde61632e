/**
 * Cases with every fault on, of days. `.ci/run` plays ten whole ones of the fixed seed and `test/long` 200. Both also
 * play fresh ones, whose findings do not block a change.
 */
import { beforeAll, describe, expect, test } from 'vitest';
import { brokenCases } from './broken-cases.ts';
import { type CaseResult, runCase, wholeCase } from './case.ts';

describe('a case', () => {
  const days = 3;
  const choices = ['same', 'other'].map((seed) => wholeCase(seed, days));
  const played: CaseResult[] = [];
  beforeAll(async () => {
    for (const choice of choices) played.push(await runCase(choice));
  });

  test('has the same ledger, byte for byte, for the same seed, and another ledger for another seed', async () => {
    const [one, other] = played;
    const again = await runCase(wholeCase('same', days));
    expect(one?.faults.length).toBeGreaterThan(10);
    expect(again.ledger).toBe(one?.ledger);
    expect(other?.ledger).not.toBe(one?.ledger);
  });

  test('of the fixed seed holds for two weeks: 42/0 and 42/1', { timeout: 300_000 }, async () => {
    expect(await brokenCases('42', 2, undefined, 14)).toEqual([]);
  });
});
