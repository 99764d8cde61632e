/** The watchdog writes the rows of facts that `react` left stale, and rebuilds all of them after a new layout. */
import { afterAll, beforeEach, expect, test } from 'vitest';
import { sweep } from '../../functions/sweep/sweep.ts';
import { factLayout } from '../../shared/domain/facts/fact-row-shape.ts';
import { type Desk, startDesk } from '../support/desk.ts';
import { sweepParts } from '../support/sweep-parts.ts';

let desk: Desk;
let parts: ReturnType<typeof sweepParts>;
beforeEach(async () => {
  await desk?.stop();
  desk = await startDesk();
  parts = sweepParts(desk);
});
afterAll(() => desk.stop());

const later = (minutes: number) => desk.at(new Date(Date.parse(desk.now) + minutes * 60_000).toISOString());
/** Both consumers follow all that there is, and then comes a round of the watchdog. */
async function sweepAfter(minutes: number, ...ids: readonly string[]) {
  later(minutes);
  for (const id of ids) await desk.followedTo(id, (await desk.state(id)).seq);
  const { faults } = await sweep({ ...parts, now: desk.now, elapsed: () => 0 });
  expect(faults).toEqual([]);
}
const rows = () => desk.facts.ofMonth('2026-11');
const learn = (id: string) => desk.do(id, 'record-facts', { identifiedBy: 'school' }, 'caseworker');

test('a referral without a row gets one, and what is recorded later is in it within the hour', async () => {
  const id = await desk.opened();
  await sweepAfter(5, id);
  expect((await rows()).map((row) => [row.id, row.identifiedBy])).toEqual([[id, 'unknown']]);
  later(10);
  await learn(id);
  await sweepAfter(5, id);
  expect((await rows())[0]?.identifiedBy).toBe('unknown');
  // Quiet, it is still looked at when the hour of its row is over.
  for (let round = 0; round < 10; round += 1) await sweepAfter(5, id);
  expect((await rows()).map(({ identifiedBy }) => identifiedBy)).toEqual(['school']);
});

test('rows of an earlier layout are written anew, one round after the other, where some failed', async () => {
  const ids = [await desk.opened(), await desk.opened({ name: 'Invented Second' })];
  for (const id of ids) {
    const { seq } = await desk.state(id);
    const head = (await desk.ledger.lastOf(id)).hash ?? '';
    await desk.cursors.putFacts(id, { seq, head, layout: factLayout - 1, at: desk.now }, await desk.cursors.facts(id));
  }
  const put = parts.facts.put;
  // The first round ends before the second row.
  let written = 0;
  const facts = {
    put: async (...row: Parameters<typeof put>) => {
      written += 1;
      if (written === 2) throw new Error('The table does not answer.');
      await put(...row);
    },
  };
  later(5);
  for (const id of ids) await desk.followedTo(id, (await desk.state(id)).seq);
  const { faults } = await sweep({ ...parts, facts, now: desk.now, elapsed: () => 0 });
  expect(faults).toHaveLength(1);
  expect(await rows()).toHaveLength(1);
  await sweepAfter(5, ...ids);
  expect((await rows()).map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
  expect((await Promise.all(ids.map((id) => desk.cursors.facts(id)))).map(({ layout }) => layout)).toEqual([
    factLayout,
    factLayout,
  ]);
});
