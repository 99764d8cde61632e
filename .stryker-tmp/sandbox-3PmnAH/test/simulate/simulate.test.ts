/** Whole cases with every fault on. `npm run test:long` plays 200 of the fixed seed and 50 of a fresh one. */
// @ts-nocheck

import { describe, expect, test } from 'vitest';
import { type CaseChoice, type CaseResult, runCase, wholeCase } from './case.ts';
import { describeBreaches } from './describe-case.ts';
import { shrink } from './shrink.ts';

/** What broke, cut down and told; empty where nothing did. */
const broken = async (choice: CaseChoice): Promise<string> => {
  const result: CaseResult = await runCase(choice);
  return result.breaches.length === 0 ? '' : `${choice.seed}\n${describeBreaches(await shrink(result))}`;
};

describe('a case', () => {
  test('has the same ledger, byte for byte, for the same seed, and another for another', async () => {
    const [one, again, other] = [
      await runCase(wholeCase('same', 20)),
      await runCase(wholeCase('same', 20)),
      await runCase(wholeCase('other', 20)),
    ];
    expect(one.faults.length).toBeGreaterThan(10);
    expect(again.ledger).toBe(one.ledger);
    expect(other.ledger).not.toBe(one.ledger);
  });

  test.each([0, 1, 2, 3, 4, 5])('of the fixed seed holds: 42/%i', async (index) => {
    expect(await broken(wholeCase(`42/${index}`))).toBe('');
  });

  const fresh = String(Date.now());
  test.each([0, 1])(`of the fresh seed ${fresh} holds: ${fresh}/%i`, async (index) => {
    expect(await broken(wholeCase(`${fresh}/${index}`))).toBe('');
  });
});
