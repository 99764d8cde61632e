/** Pages of lists: their order and marks, and that one page costs the same however many rows there are. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findReferrals } from '../../shared/application/read/find-referrals.ts';
import { deadlinesOf, queueFor } from '../../shared/application/read/queue.ts';
import { policyOf } from '../../shared/policy/policies.ts';
import { visitor } from '../support/desk.ts';
import { invented } from '../support/invented-rows.ts';
import { connecticutPolicy } from '../support/released-policy.ts';
import { startDynamoTables, type DynamoTables as Tables } from '../support/tables.ts';

let tables: Tables;
beforeAll(async () => {
  tables = await startDynamoTables();
});
afterAll(() => tables.stop());

const now = '2026-11-20T15:00:00.000Z';
const reads: readonly (readonly [string, () => Promise<{ readonly next?: string }>])[] = [
  [
    'a page of the queue',
    () => queueFor(tables.board, { filters: {}, paging: { limit: 50 }, now }, visitor('legal'), connecticutPolicy),
  ],
  [
    'a page of a region',
    () =>
      queueFor(
        tables.board,
        { filters: { region: '4' }, paging: { limit: 20 }, now },
        visitor('legal'),
        connecticutPolicy,
      ),
  ],
  [
    'what is overdue',
    () =>
      queueFor(
        tables.board,
        { filters: { overdue: 'yes' }, paging: { limit: 50 }, now },
        visitor('legal'),
        connecticutPolicy,
      ),
  ],
  [
    'the deadlines of one person',
    () => deadlinesOf(tables.board, { filters: {}, paging: { limit: 50 }, now }, visitor('careline-worker')),
  ],
  [
    'a search over every stage',
    () => findReferrals({ ...tables, policyOf, now }, {}, { limit: 50 }, visitor('legal'), connecticutPolicy),
  ],
  [
    'a search by stage and region',
    () =>
      findReferrals(
        { ...tables, policyOf, now },
        { stage: 'closed', region: '4' },
        { limit: 20 },
        visitor('legal'),
        connecticutPolicy,
      ),
  ],
  [
    'a search by day',
    () =>
      findReferrals(
        { ...tables, policyOf, now },
        { from: '2026-11-08', to: '2026-11-20' },
        { limit: 20 },
        visitor('legal'),
        connecticutPolicy,
      ),
  ],
];
const costs = async () => {
  const found: Record<string, number> = {};
  for (const [words, read] of reads) {
    const before = tables.units().read;
    await read();
    found[words] = tables.units().read - before;
  }
  return found;
};

test('a page of each list costs the same units with six times as many referrals', async () => {
  await tables.put('Board', invented(0, 200));
  const few = await costs();
  await tables.put('Board', invented(200, 1200));
  expect(await costs()).toEqual(few);
  for (const units of Object.values(few)) expect(units).toBeLessThan(40);
});
