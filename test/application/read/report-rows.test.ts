/** A reading of figures says as of when it is. It counts no commit after that, no seal and no merge either. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createReportRows } from '../../../shared/application/read/report-rows.ts';
import { keepFacts } from '../../../shared/application/use-cases/keep-facts.ts';
import { policyOf } from '../../../shared/policy/policies.ts';
import { rowsAt } from '../../../shared/reports/whole-report.ts';
import { type Desk, personOf, startDesk } from '../../support/desk.ts';

let desk: Desk;
let sealed: string;
let merged: string;
beforeAll(async () => {
  desk = await startDesk();
  desk.at('2026-11-09T15:00:00.000Z');
  sealed = await desk.opened({ danger: 'no' });
  merged = await desk.opened({ danger: 'no' });
  await keep();
});
afterAll(() => desk.stop());

async function keep() {
  for (const id of [sealed, merged]) {
    const read = await desk.ledger.referral(id);
    if (!read) throw new Error('There is no such referral.');
    const { at: _, ...progress } = await desk.cursors.facts(id);
    await keepFacts({ facts: desk.facts, cursors: desk.cursors, policyOf }, read, progress, desk.now);
  }
}

test('a live reading is never as of an instant before a commit in it, and stays as it is for five minutes', async () => {
  const read = createReportRows(desk);
  desk.at('2026-11-09T15:11:00.000Z');
  const before = await read(desk.now);
  expect(before.asOf).toBe('2026-11-09T15:10:00.000Z');
  desk.at('2026-11-09T15:12:00.000Z');
  const forPeople = ['careline-supervisor', 'careline-supervisor/2'].map((as) => personOf(as).id);
  await desk.do(
    sealed,
    'seal-referral',
    { because: 'colleague-involved', forPeople, reason: 'W.' },
    'careline-manager',
  );
  const duplicate = { because: 'duplicate', of: sealed, reason: 'The same child.' };
  await desk.do(merged, 'propose-withdrawal', duplicate, 'careline-supervisor');
  await desk.do(merged, 'agree-withdrawal', {}, 'careline-supervisor/2');
  await keep();
  desk.at('2026-11-09T15:13:00.000Z');
  const isAsOf = ({ rows, asOf }: typeof before) => rows.every((row) => Date.parse(row.asOf) <= Date.parse(asOf));
  // The same reading goes on, and the seal is not in it. A new one at the same time has the seal, and says so.
  expect((await read(desk.now)).rows.filter((row) => row.sealed)).toEqual([]);
  const anew = await createReportRows(desk)(desk.now);
  expect(anew.rows.filter((row) => row.sealed).map(({ id }) => id)).toEqual([sealed]);
  expect([anew.asOf, isAsOf(before), isAsOf(anew)]).toEqual(['2026-11-09T15:12:00.000Z', true, true]);
});

test('rows that are made again as of an earlier instant know neither the seal nor the merge', async () => {
  const reads = await Promise.all([sealed, merged].map((id) => desk.ledger.referral(id)));
  const recorded = reads.flatMap((read) => (read ? [{ id: read.state.id, commits: read.commits }] : []));
  const [open, also] = rowsAt(recorded, '2026-11-09T15:11:59.000Z', policyOf);
  expect([open?.sealed, also?.stage]).toEqual([false, 'open']);
  const [then, withdrawn] = rowsAt(recorded, '2026-11-09T15:12:00.000Z', policyOf);
  expect([then?.sealed, withdrawn?.stage]).toEqual([true, 'withdrawn']);
});
