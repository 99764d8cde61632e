/** Fault 6, as people see it. The queue, My deadlines, All referrals and the API have one order, page by page. */

import { afterAll, beforeAll, expect, test } from 'vitest';
import { rowsOn } from '../../functions/console/queue/queue-page.tsx';
import { findReferrals } from '../../shared/application/read/find-referrals.ts';
import { encryptCursors } from '../../shared/application/read/page-cursors.ts';
import { deadlinesOf, queueFor } from '../../shared/application/read/queue.ts';
import { boardRows } from '../../shared/domain/board/board-rows.ts';
import { whereKnown } from '../../shared/domain/core/where-known.ts';
import { type Desk, personOf, startDesk, visitor } from '../support/desk.ts';
import { connecticutPolicy } from '../support/released-policy.ts';
import { openConsole, queueIn, signedInAs } from './window.ts';

let desk: Desk;
/** In the order in which people must see to them. */
const ids: string[] = [];
const now = '2026-11-10T16:00:00.000Z';

beforeAll(async () => {
  desk = await startDesk();
  const calm = { danger: 'no', missingNow: 'no', perpetrators: ['caregiver'] };
  const notice = {
    covers: ['state', 'local'],
    agencyId: 'PD-1',
    method: 'phone',
    personReached: 'x',
    agencyReference: 'x',
  };
  const taken = async (at: string, child: object, ...acts: readonly (readonly [string, object])[]) => {
    desk.at(at);
    const id = await desk.opened(child);
    for (const [name, input] of acts) await desk.do(id, name as 'classify-report', input, 'careline-worker');
    desk.at(now);
    for (const { id: deadlineId } of Object.values((await desk.state(id)).deadlines)) {
      await desk.step(id, 'RaiseCheckpoint', deadlineId);
    }
    return id;
  };
  const settled = [
    ['classify-report', { track: 'information-only' }],
    ['notify-police', notice],
  ] as const;
  // Stored in another order than that.
  const later = await taken('2026-11-10T15:30:00Z', calm, ...settled);
  const today = await taken('2026-11-06T15:00:00Z', calm, ...settled);
  const unknown = await taken('2026-11-10T14:30:00Z', { ...calm, danger: 'unknown' }, ...settled);
  const unclassified = await taken('2026-11-10T13:00:00Z', calm);
  const missing = await taken('2026-11-10T12:30:00Z', { ...calm, missingNow: 'yes' });
  const danger = await taken('2026-11-10T12:00:00Z', { ...calm, danger: 'yes' });
  // To go to a child in danger comes before the notices of a missing one.
  // A missed classification helps no child any more, so the danger that is not ruled out comes before it.
  ids.push(danger, missing, unknown, unclassified, today, later);
  for (const id of ids) for (const row of boardRows(await desk.state(id), connecticutPolicy)) await desk.board.put(row);
}, 60_000);
afterAll(() => desk.stop());

const supervisor = visitor('careline-supervisor');
const board = () => encryptCursors(desk.board, async () => 'a key for tests');
/** All but the response that is not due yet, and the report of this hour. */
const overdue = () => ids.filter((_, place) => [0, 1, 3, 4].includes(place));

/** The referrals of every page of a list, in order. */
async function throughout(
  read: (
    after?: string,
  ) => Promise<{ readonly rows: readonly { readonly referralId: string }[]; readonly next?: string }>,
): Promise<readonly string[]> {
  const seen: string[] = [];
  for (let after: string | undefined, more = true; more; more = after !== undefined) {
    const page = await read(after);
    seen.push(...page.rows.map(({ referralId }) => referralId));
    after = page.next;
  }
  return seen;
}
const queue = (filters: object, limit: number) =>
  throughout((after) => queueFor(board(), { filters, paging: { limit, after }, now }, supervisor, connecticutPolicy));
const found = (filters: object, limit: number) =>
  throughout(async (after) => {
    const parts = { ...desk.parts(), board: board(), now };
    const { referrals, next } = await findReferrals(parts, filters, { limit, after }, supervisor, connecticutPolicy);
    return { rows: referrals, ...whereKnown({ next }) };
  });

test.each([1, 2, 3, 50])('the queue and all open referrals have one order, with %s on a page', async (limit) => {
  expect(await queue({}, limit)).toEqual(ids);
  expect(await queue({ region: '4' }, limit)).toEqual(ids);
  expect(await found({ stage: 'open' }, limit)).toEqual(ids);
  expect(await queue({ overdue: 'yes' }, limit)).toEqual(overdue());
  expect(await found({ overdue: 'yes' }, limit)).toEqual(overdue());
});

test('the deadlines of one person have that order, and "overdue only" leaves out the rest', async () => {
  const worker = visitor('careline-worker');
  const read = (filters: object, limit: number) =>
    throughout(async (after) => deadlinesOf(board(), { filters, paging: { limit, after }, now }, worker));
  const all = await read({}, 50);
  // The response to the child in danger is a duty of the area office.
  const [, missing] = ids;
  expect(all[0]).toBe(missing);
  expect(await read({}, 2)).toEqual(all);
  const { rows } = await deadlinesOf(board(), { filters: { overdue: 'yes' }, paging: { limit: 50 }, now }, worker);
  expect(rows.length).toBeGreaterThan(1);
  for (const { due, missed } of rows) expect(due < now || missed > 0).toBe(true);
});

test('no list tells the sort key of a row', async () => {
  const page = await queueFor(board(), { filters: {}, paging: { limit: 50 }, now }, supervisor, connecticutPolicy);
  expect(JSON.stringify(page)).not.toContain('"order"');
  const tasks = await desk.board.ownedBy(personOf('seat:medical').id, { limit: 50 });
  expect(JSON.stringify(tasks)).not.toContain('"order"');
});

test('the pages show the same order, and for a referral its worst missed duty', async () => {
  const careline = openConsole(desk, { parts: { now: () => now } });
  const browser = await signedInAs(careline, 'careline-supervisor');
  const inTable = (html: string) =>
    [...html.matchAll(/<th scope="row"><a class="reference" href="\/referrals\/(CR-[0-9A-Z-]+)"/g)].map(([, id]) => id);
  expect(inTable(queueIn((await browser.get('/')).html))).toEqual(ids.slice(0, rowsOn.home));
  const { html } = await browser.get('/?order=harm');
  const table = queueIn(html);
  expect(inTable(table)).toEqual(ids);
  expect(html).toContain('Open referrals, most urgent first');
  const row = table.split(`/referrals/${ids[0]}`)[1]?.split('</tr>')[0] ?? '';
  expect(row).toContain('Start the response: go to the child');
  expect(row).toContain('overdue by 2 h');
  const all = (await browser.get('/referrals?stage=open')).html;
  expect(inTable(all)).toEqual(ids);
  expect(all).toContain('Found, most urgent first');
  expect((await browser.get('/referrals?overdue=yes')).html).toContain('Found, most urgent first');
  expect((await browser.get('/referrals?stage=open&from=2026-11-01')).html).toContain('Found, the newest report first');
});
