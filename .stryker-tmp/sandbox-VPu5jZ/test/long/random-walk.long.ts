/** A hundred thousand requests by random people: fifty desks, each with people who try everything. */
// @ts-nocheck

import { expect, test } from 'vitest';
import { startDesk } from '../support/desk.ts';
import { walk } from '../support/random-walk.ts';

const walks = 50;
const requestsOfEach = 2000;

test('a hundred thousand random requests leak nothing, and none is a fault', { timeout: 7_200_000 }, async () => {
  const shown = { staff: 0, partners: 0 };
  for (let seed = 1; seed <= walks; seed += 1) {
    const desk = await startDesk();
    const walked = await walk(desk, seed, requestsOfEach).finally(() => desk.stop());
    expect(walked.findings, `the walk of seed ${seed}`).toEqual([]);
    shown.staff += walked.shown.staff;
    shown.partners += walked.shown.partners;
  }
  expect(shown.staff).toBeGreaterThan(1000);
  expect(shown.partners).toBeGreaterThan(100);
});
