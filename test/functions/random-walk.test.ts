/**
 * People who try everything. No one learns who a child or reporter is without the right. `npm run test:long` walks
 * further.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { knownRefusals } from '../../shared/describe/documents.ts';
import { type Desk, startDesk } from '../support/desk.ts';
import { walk } from '../support/random-walk.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk();
});
afterAll(() => desk.stop());

test('people with ids from other answers learn nothing of others, and no request of theirs is a fault', {
  timeout: 180_000,
}, async () => {
  const { findings, statuses, refusals, shown, factsRead } = await walk(desk, 20261125, 1800);
  expect(findings).toEqual([]);
  // It walked far enough to find something. Every kind of answer came, and a person with the right saw a child.
  for (const status of [200, 201, 400, 401, 403, 404, 409, 412, 415]) {
    expect(statuses[status], `${status}`).toBeGreaterThan(0);
  }
  expect(shown.staff).toBeGreaterThan(50);
  expect(shown.partners).toBeGreaterThan(0);
  expect(factsRead).toBeGreaterThan(20);
  const known = knownRefusals();
  const undescribed = [...refusals].filter((refusal) => {
    const [name = '', code = ''] = refusal.split(' ');
    return code !== 'wrong-stage' && !known.get(name)?.some((each) => each.code === code);
  });
  expect(undescribed).toEqual([]);
});
