/** The product against the second reading of the texts. It takes each day from 2026 to 2035, and every combination of facts that decides. */
import { expect, test } from 'vitest';
import { released } from '../../shared/policy/policies.ts';
import { compareKeeping, compareOpening, keepings, openings } from '../oracle/compare-acts.ts';
import { compareVignette, drawVignette, everyDecision } from '../oracle/compare-clocks.ts';
import { compareDue } from '../oracle/compare-due.ts';
import { compareNoticeDays } from '../oracle/compare-notice-day.ts';
import { checklists, compareChecklist } from '../oracle/compare-screening.ts';
import { unexplained } from '../oracle/explained.ts';
import { everyStart, someStarts } from '../oracle/instants.ts';
import { randomFrom } from '../support/dice.ts';

const [policy] = released;
const draw = randomFrom(2035);
const minutes = 60_000;
const oneStart = () => new Date(someStarts(draw, 1)[0] ?? 0).toISOString();

test('agrees on each due instant of each rule', { timeout: 60 * minutes }, () => {
  const { compared, differences } = compareDue(policy, everyStart());
  expect(differences.slice(0, 20)).toEqual([]);
  expect(compared).toBeGreaterThan(2_000_000);
  expect(compareNoticeDays(policy, 1)).toEqual([]);
});

test('agrees on which act starts a clock, and which keeps it', { timeout: 60 * minutes }, () => {
  for (const start of someStarts(draw, 100)) {
    const found = [
      ...openings.flatMap((opening) => compareOpening(opening, start, draw() * 1.5, draw())),
      ...keepings.flatMap((keeping) => compareKeeping(keeping, start)),
    ];
    expect(unexplained(found)).toEqual([]);
  }
});

test('agrees on the clocks of twenty thousand reports', { timeout: 60 * minutes }, () => {
  for (let count = 0; count < 20_000; count += 1)
    expect(unexplained(compareVignette(drawVignette(draw), oneStart()))).toEqual([]);
});

test('agrees on the decision for every combination of its facts', { timeout: 60 * minutes }, () => {
  for (const facts of everyDecision(draw)) expect(unexplained(compareVignette(facts, oneStart()))).toEqual([]);
});

test('agrees on what two thousand checklists propose', { timeout: 10 * minutes }, () => {
  expect(checklists(draw, 2000).flatMap(compareChecklist)).toEqual([]);
});
