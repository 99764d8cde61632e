/** Attributes that no code covers, or that no row should have, stop no one. */
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Desk, personOf, startDesk } from '../support/desk.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await startDesk();
});
afterEach(() => desk.stop());

const worker = personOf('careline-worker');
const putItem = (Item: Record<string, unknown>) =>
  desk.client.send(new PutItemCommand({ TableName: 'Directory', Item: Item as never }));
const stored = async () =>
  marshall(
    (await desk.items('Directory')).find(({ pk }) => pk === `person#${worker.id}`),
    { removeUndefinedValues: true },
  );
const tooLong = { N: '9007199254740993.5' };

describe.each([
  ['a number', { N: '1' }],
  ['a number that JavaScript cannot hold', tooLong],
  ['words', { S: 'x'.repeat(50) }],
  ['a list', { L: [] }],
  ['nothing', { NULL: true }],
])('a mark of failing mail that is %s', (_, mailFailsSince) => {
  test('hides no person and stops no list', async () => {
    await putItem({ ...(await stored()), mailFailsSince });
    expect(await desk.directory.personByEmail(worker.email)).toMatchObject({ id: worker.id });
    expect(await desk.directory.person(worker.id)).toMatchObject({ id: worker.id });
    expect((await desk.directory.people([worker.id, personOf('legal').id])).length).toBe(2);
  });
});

test('a row of delegations with such a number stops no list', async () => {
  await putItem({ pk: { S: 'delegations' }, sk: { S: '9999' }, x: tooLong });
  expect(await desk.directory.delegations(desk.now)).toEqual([]);
});

test('a row of a provider with such a number stops no list', async () => {
  await putItem({ pk: { S: 'provider#education' }, sk: { S: 'PV-X' }, x: tooLong });
  expect((await desk.directory.providers('education')).map(({ id }) => id)).toEqual(['PV-1', 'PV-2']);
});

test.each(['absentUntil', 'disabled', 'textPhone', 'removed'])(
  'a row whose attribute __proto__ says %s says it of no person',
  async (name) => {
    const value = name === 'disabled' || name === 'removed' ? { BOOL: true } : { S: '2030-01-01' };
    const item = await stored();
    const before = await desk.directory.person(worker.id);
    await putItem(Object.fromEntries([...Object.entries(item), ['__proto__', { M: { [name]: value } }]]));
    const after = await desk.directory.person(worker.id);
    expect(after === undefined || JSON.stringify(after) === JSON.stringify(before)).toBe(true);
  },
);
