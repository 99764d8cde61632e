/** A page reads each referral and each list of the stores once, however many of its parts are about it. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { actPath, pagePath, pages } from '../../functions/console/referral/referral-pages.ts';
import { services } from '../../shared/domain/core/vocabulary.ts';
import { servicesIn } from '../../shared/domain/services/linkage-clocks.ts';
import type { Desk } from '../support/desk.ts';
import { connecticutPolicy } from '../support/released-policy.ts';
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
      directory: noted(desk.directory, 'providers'),
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
    // The names of a referral's own providers, and whether there is any provider, may be one list.
    const counted = Map.groupBy(
      reads.filter((read) => !read.startsWith('providers ')),
      (read) => read,
    );
    twice.push(...[...counted].flatMap(([read, { length }]) => (length > 1 ? [`${path}: ${read} × ${length}`] : [])));
  }
  expect(twice).toEqual([]);
});

test('only the form that names a provider reads the providers of every service', async () => {
  const liaison = await signedInAs(careline, 'hart-liaison');
  const listsOn = async (path: string) => {
    // The list of all professionals is kept for a minute, and reads them too.
    await liaison.get(path);
    reads.length = 0;
    await liaison.get(path);
    return new Set(reads.filter((read) => read.startsWith('providers '))).size;
  };
  // One for the name of the referral's provider. Two tell whether there is any to name, and any place to stay.
  // Each row of the services offers the providers of its own service, and no other.
  const rows = servicesIn(await desk.state(id), connecticutPolicy).length;
  expect(rows).toBeLessThan(services.length);
  for (const { slug } of pages)
    expect(await listsOn(pagePath(id, slug)), slug).toBeLessThanOrEqual(slug === 'services' ? rows + 2 : 3);
  expect(await listsOn(actPath(id, 'offer-linkage'))).toBe(services.length);
});
