/** Rows of facts are read as they were written, and one that cannot be read hides none of the others. */
import { deflateRawSync } from 'node:zlib';
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FactRow } from '../../shared/domain/facts/fact-row-shape.ts';
import { newYorkDate } from '../../shared/domain/policy/due.ts';
import { connecticut20261 } from '../../shared/policy/connecticut-2026-1.ts';
import { policyOf } from '../../shared/policy/policies.ts';
import { playHistory } from '../../shared/reports/played/play-referrals.ts';
import { rowsAt } from '../../shared/reports/whole-report.ts';
import { createFacts } from '../../shared/store/facts.ts';
import { randomRows, rowOf } from '../reports/rows.ts';
import { examplesOf, seedOf } from '../support/examples.ts';
import { type DynamoTables, startDynamoTables } from '../support/tables.ts';

let tables: DynamoTables;
beforeAll(async () => {
  tables = await startDynamoTables();
});
afterAll(() => tables.stop());

const sorted = (rows: readonly FactRow[]) => rows.toSorted((one, other) => (one.id < other.id ? -1 : 1));
const at = '2026-11-09T15:00:00.000Z';

test('any row is read as it was written, with each of its duties', async () => {
  let run = 0;
  await fc.assert(
    fc.asyncProperty(randomRows, async (given) => {
      run += 1;
      const month = `${2100 + run}-06`;
      const rows = given.map((row) => ({ ...row, receivedAt: `${month}-15T15:00:00.000Z` }));
      for (const row of rows) await tables.facts.put(row);
      expect(sorted(await tables.facts.ofMonth(month))).toEqual(sorted(rows));
    }),
    { numRuns: examplesOf(20), seed: seedOf(301) },
  );
});

test('a played row takes at most four units, though its duties are many', async () => {
  const asked = { seed: 'stored', referrals: 12, from: '2025-11-09T00:00:00.000Z', until: at };
  const rows = rowsAt(playHistory(asked, connecticut20261), at, policyOf);
  const before = tables.units().write;
  for (const row of rows) await tables.facts.put(row);
  expect((tables.units().write - before) / rows.length).toBeLessThanOrEqual(4);
  const months = new Set(rows.map(({ receivedAt }) => newYorkDate(receivedAt).slice(0, 7)));
  const read = await Promise.all([...months].map((month) => tables.facts.ofMonth(month)));
  expect(sorted(read.flat())).toEqual(sorted(rows));
});

test('a row that is as it was is not parsed again, and one that changed is', async () => {
  const receivedAt = '2027-05-09T15:00:00.000Z';
  const [one, other] = ['CR-1', 'CR-2'].map((id) => rowOf({ id, receivedAt }));
  if (!one || !other) throw new Error('There are two rows.');
  for (const row of [one, other]) await tables.facts.put(row);
  const [first] = await tables.facts.ofMonth('2027-05');
  await tables.facts.put({ ...other, seq: 2, interviews: 3 });
  const [same, changed] = await tables.facts.ofMonth('2027-05');
  expect(same).toBe(first);
  expect(changed?.interviews).toBe(3);
});

test.each([
  { row: { B: Buffer.from('not deflated') } },
  { row: { B: deflateRawSync('no JSON') } },
  { row: { B: deflateRawSync('{"id":"CR-2","duties":[{"id":"only an id"}]}') } },
  { row: { S: '{"id":"CR-2"}' } },
  { row: { N: '7' } },
  {},
])('a row such as %j is left out, is told of, and hides no other', async (more) => {
  const unread: unknown[] = [];
  const { client } = tables;
  const facts = createFacts({ client, table: 'Facts', onUnread: (error) => unread.push(error) });
  const receivedAt = '2027-03-09T15:00:00.000Z';
  await facts.put(rowOf({ receivedAt }));
  const Item = { pk: { S: 'month#2027-03' }, sk: { S: 'CR-2' }, ...more };
  await client.send(new PutItemCommand({ TableName: 'Facts', Item }));
  expect((await facts.ofMonth('2027-03')).map(({ id }) => id)).toEqual(['CR-1']);
  expect(unread).toHaveLength(1);
});
