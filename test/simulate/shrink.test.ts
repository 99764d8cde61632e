import { describe, expect, test } from 'vitest';
import { type CaseChoice, type CaseResult, wholeCase } from './case.ts';
import { replayOf } from './describe-case.ts';
import { shrink } from './shrink.ts';

/** A case that breaks if at least 7 acts are done, 3 days pass, and faults 5 and 9 happen. */
async function invented(choice: CaseChoice): Promise<CaseResult> {
  const { acts, days, faults } = choice;
  const numbers = Array.from({ length: 12 }, (_, index) => index + 1).filter(
    (number) => number <= faults.limit && !faults.without.has(number),
  );
  const breaks = acts >= 7 && days >= 3 && numbers.includes(5) && numbers.includes(9);
  const at = '2026-11-25T15:00:00.000Z';
  return {
    choice,
    breaches: breaks ? [{ invariant: 4, sentence: 'It broke.' }] : [],
    known: [],
    done: Array.from({ length: Math.min(20, acts) }, (_, index) => ({ number: index + 1, at, what: '', answer: '' })),
    faults: numbers.map((number) => ({ number, kind: 'crash', at, where: 'react' })),
    timeline: [],
    ledger: '',
    referrals: 1,
    commits: 0,
    mails: 0,
    noise: [],
    stages: [],
    outcomes: [],
    worstDelay: 0,
  };
}

describe('the shortest failing prefix', () => {
  test('has the acts, the days and the faults that it takes, and no more', async () => {
    const shortest = await shrink(await invented(wholeCase('42/1')), invented);
    expect(shortest.choice).toMatchObject({ seed: '42/1', acts: 7, days: 3 });
    expect(shortest.faults.map(({ number }) => number)).toEqual([5, 9]);
  });

  test('is printed as the command that plays it again', async () => {
    const shortest = await shrink(await invented(wholeCase('42/1')), invented);
    expect(replayOf(shortest)).toMatch(
      /^npm run simulate -- --only 42\/1 --days 3 --acts 7 --faults 9 --without [\d,]+$/,
    );
  });

  test('breaks the same invariant, not another', async () => {
    const other = async (choice: CaseChoice): Promise<CaseResult> => {
      const result = await invented(choice);
      return choice.acts < 15 ? { ...result, breaches: [{ invariant: 6, sentence: 'Another.' }] } : result;
    };
    expect((await shrink(await invented(wholeCase('42/1')), other)).choice.acts).toBe(15);
  });
});
