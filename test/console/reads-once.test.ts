/** A page reads each referral and each list of the stores once, however many of its parts are about it. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pagePath, pages } from '../../functions/console/referral/pages.ts';
import type { Desk } from '../support/desk.ts';
import { readers, startConfirmed } from './confirmed.ts';
import { openConsole, signedInAs, type Window } from './window.ts';

let desk: Desk;
let id: string;
let careline: Window;
/** Each read since it was last emptied, as the store and what was asked. */
const reads: string[] = [];

/** The store, which notes each read by these names. */
function noted<Store extends object>(store: Store, ...names: readonly (keyof Store)[]): Store {
  const reading = names.map((name) => [
    name,
    (...asked: readonly unknown[]) => {
      reads.push(`${String(name)} ${JSON.stringify(asked)}`);
      return (store[name] as (...asked: readonly unknown[]) => unknown)(...asked);
    },
  ]);
  return { ...store, ...Object.fromEntries(reading) };
}

beforeAll(async () => {
  ({ desk, id } = await startConfirmed());
  careline = openConsole(desk, {
    parts: {
      now: () => desk.now,
      ledger: noted(desk.ledger, 'referral', 'doubt'),
      board: noted(desk.board, 'queue', 'ownedBy', 'ownedByAny'),
    },
  });
}, 30_000);
afterAll(() => desk.stop());

test.each(Object.entries(readers))('%s opens no page that reads the same twice', async (_, who) => {
  const browser = await signedInAs(careline, who);
  const twice: string[] = [];
  for (const path of ['/', '/deadlines', '/calls', ...pages.map(({ slug }) => pagePath(id, slug))]) {
    reads.length = 0;
    await browser.get(path);
    const counted = Map.groupBy(reads, (read) => read);
    twice.push(...[...counted].flatMap(([read, { length }]) => (length > 1 ? [`${path}: ${read} × ${length}`] : [])));
  }
  expect(twice).toEqual([]);
});
