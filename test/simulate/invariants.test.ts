/** That each check can fail: a world in order, then one thing in it broken by hand. */
import { DeleteItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { describe, expect, test } from 'vitest';
import { canary } from './acts.ts';
import { listening } from './case.ts';
import type { Checked } from './checked.ts';
import { faultKinds } from './faults.ts';
import { checkInvariants } from './invariants.ts';
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
const client = ({ world }: Checked) =>
  world.tables.client(
    () => 0,
    () => true,
  );

describe('what the simulator checks', () => {
  test('holds where nothing is broken', async () => {
    expect(await checkInvariants(await aDay(), [])).toEqual([]);
  });

  test('1: a run is missing', async () => {
    const checked = await aDay();
    const { world } = checked;
    const [run] = world.workflows().running();
    if (run) world.workflows().abort(run);
    expect(await numbers(checked)).toContain(1);
  });

  test('1: a wait is saved nowhere', async () => {
    const checked = await aDay();
    const [wait] = checked.world.tables.items('Waits');
    const Key = { pk: wait?.pk ?? { S: '' }, sk: wait?.sk ?? { S: '' } };
    await client(checked).send(new DeleteItemCommand({ TableName: 'Waits', Key }));
    expect(await numbers(checked)).toEqual([1]);
  });

  test('2: a deadline passes while nothing runs', async () => {
    const checked = await aDay(hours);
    checked.world.stop();
    await listening(() => checked.world.time.runUntil(monday + 30 * hours));
    expect(await numbers(checked)).toContain(2);
  });

  test('3: a retry changed an answer', async () => {
    const checked = await aDay();
    const people = { ...checked.people, changedAnswers: ['It was recorded twice.'] };
    expect(await numbers({ ...checked, people })).toEqual([3]);
  });

  test('4: a row of the board is not what the ledger says', async () => {
    const checked = await aDay();
    const [row] = checked.world.tables.items('Board');
    const Item = { ...row, missed: { N: '99' } };
    await client(checked).send(new PutItemCommand({ TableName: 'Board', Item }));
    expect(await numbers(checked)).toEqual([4]);
  });

  test('5: a mail was sent twice', async () => {
    const checked = await aDay();
    const [mail] = checked.world.mail.sent;
    if (mail) checked.world.mail.sent.push(mail);
    expect(await numbers(checked)).toEqual([5]);
  });

  test('6: what belongs into the vault is on the board, or in a log line', async () => {
    const checked = await aDay();
    expect(await numbers(checked, [`{"name":"${canary} Child 1"}`])).toEqual([6]);
    const Item = { pk: { S: 'referral' }, sk: { S: 'X' }, subject: { S: `${canary} street` } };
    await client(checked).send(new PutItemCommand({ TableName: 'Board', Item }));
    expect(await numbers(checked)).toEqual([6]);
  });
});
