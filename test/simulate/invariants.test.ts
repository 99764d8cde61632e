/** That each check can fail: a world in order, and in what the checks see of it one thing broken. */
import { deflateRawSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import { canary } from './acts.ts';
import { listening } from './case.ts';
import type { Checked } from './checked.ts';
import { faultKinds } from './faults.ts';
import { checkInvariants } from './invariants.ts';
import type { Item, TableName } from './memory-tables.ts';
import { sendPeople } from './people.ts';
import { createWorld } from './world.ts';

const monday = Date.parse('2026-11-09T15:00:00.000Z');
const hours = 3_600_000;

async function aDay(lasts = 30 * hours): Promise<Checked> {
  const choice = { limit: 0, without: new Set<number>(), off: new Set(faultKinds) };
  const world = createWorld('a day', monday, choice);
  const { reader } = world;
  // One act: the report. Everything after it is missed.
  const people = sendPeople({ world, reader, seed: 'a day', limit: 1, days: 1 });
  await world.time.runUntil(monday + lasts);
  return { world, reader, people };
}
const numbers = async (checked: Checked, logged: readonly string[] = []) =>
  [...new Set((await checkInvariants(checked, logged)).map(({ invariant }) => invariant))].toSorted();

describe('what the simulator checks', () => {
  let inOrder: Checked;
  beforeAll(async () => {
    inOrder = await aDay();
  });
  /** The world in order, but for what is given here. */
  const seen = (broken: Partial<Checked['world']>): Checked => ({ ...inOrder, world: { ...inOrder.world, ...broken } });
  /** The world in order, but for what one of its tables holds. */
  const holding = (table: TableName, change: (items: readonly Item[]) => readonly Item[]): Checked => {
    const { tables } = inOrder.world;
    const items: typeof tables.items = (name) => (name === table ? change(tables.items(name)) : tables.items(name));
    return seen({ tables: { ...tables, items } });
  };

  test('holds where nothing is broken', async () => {
    expect(await checkInvariants(inOrder, [])).toEqual([]);
  });

  test('1: a run is missing', async () => {
    const workflows = inOrder.world.workflows();
    const [run, ...others] = workflows.running();
    expect(run).toBeDefined();
    expect(await numbers(seen({ workflows: () => ({ ...workflows, running: () => others }) }))).toContain(1);
  });

  test('1: a wait is saved nowhere', async () => {
    expect(await numbers(holding('Waits', (items) => items.slice(1)))).toEqual([1]);
  });

  test('2: a deadline passes while nothing runs', async () => {
    const checked = await aDay(hours);
    checked.world.stop();
    await listening(() => checked.world.time.runUntil(monday + 30 * hours));
    expect(await numbers(checked)).toContain(2);
  });

  test('3: a retry changed an answer', async () => {
    const people = { ...inOrder.people, changedAnswers: ['It was recorded twice.'] };
    expect(await numbers({ ...inOrder, people })).toEqual([3]);
  });

  test('4: a row of the board is not what the ledger says', async () => {
    const changed = holding('Board', ([row, ...others]) => [{ ...row, missed: { N: '99' } }, ...others]);
    expect(await numbers(changed)).toEqual([4]);
  });

  test('5: a mail was sent twice', async () => {
    const { mail } = inOrder.world;
    expect(await numbers(seen({ mail: { ...mail, sent: [...mail.sent, ...mail.sent.slice(0, 1)] } }))).toEqual([5]);
  });

  test('6: what belongs into the vault is on the board, or in a log line', async () => {
    expect(await numbers(inOrder, [`{"name":"${canary} Child 1"}`])).toEqual([6]);
    const row: Item = { pk: { S: 'referral' }, sk: { S: 'X' }, subject: { S: `${canary} street` } };
    expect(await numbers(holding('Board', (items) => [...items, row]))).toEqual([6]);
  });

  test('6: what belongs into the vault is in a row that is deflated', async () => {
    for (const [table, name] of [
      ['Facts', 'row'],
      ['Board', 'runs'],
    ] as const) {
      const row: Item = {
        pk: { S: 'X' },
        sk: { S: 'X' },
        [name]: { B: deflateRawSync(`{"name":"${canary} Child 1"}`) },
      };
      expect(await numbers(holding(table, (items) => [...items, row]))).toEqual([6]);
    }
  });

  test('6: a part of the vault is not sealed', async () => {
    for (const content of [{ S: `${canary} Child 1` }, { B: Buffer.from(`${canary} Child 1`) }]) {
      const part: Item = { pk: { S: 'child#X' }, content };
      expect(await numbers(holding('Identities', (items) => [...items, part]))).toEqual([6]);
    }
  });
});
