import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { beforeEach, describe, expect, test } from 'vitest';
import { createMemoryTables, type Item, type MemoryTables } from './memory-tables.ts';

let tables: MemoryTables;
let appended: Item[];
let alive: boolean;
beforeEach(() => {
  appended = [];
  alive = true;
  tables = createMemoryTables(new Map(), (item) => void appended.push(item));
});

const client = () =>
  tables.client(
    () => 1,
    () => alive,
  );
const commit = (seq: number) =>
  new PutItemCommand({
    TableName: 'Ledger',
    Item: { pk: { S: 'referral#A' }, seq: { N: String(seq) } },
    ConditionExpression: 'attribute_not_exists(pk)',
  });
const cursor = (seq: number) =>
  new PutItemCommand({
    TableName: 'Cursors',
    Item: { pk: { S: 'A' }, sk: { S: 'react' }, seq: { N: String(seq) } },
    ConditionExpression: 'attribute_not_exists(pk) OR seq < :seq',
    ExpressionAttributeValues: { ':seq': { N: String(seq) } },
  });

describe('the tables in memory', () => {
  test('append a commit to a free place only, and report it once', async () => {
    await client().send(commit(1));
    await expect(client().send(commit(1))).rejects.toBeInstanceOf(ConditionalCheckFailedException);
    expect(appended).toHaveLength(1);
  });

  test('compare numbers as numbers', async () => {
    await client().send(cursor(9));
    await client().send(cursor(10));
    await expect(client().send(cursor(2))).rejects.toBeInstanceOf(ConditionalCheckFailedException);
    const { Item: found } = await client().send(
      new GetItemCommand({ TableName: 'Cursors', Key: { pk: { S: 'A' }, sk: { S: 'react' } } }),
    );
    expect(found?.seq).toEqual({ N: '10' });
  });

  test('give a chain from the first unknown commit on, in order', async () => {
    for (const seq of [10, 9, 2, 1]) await client().send(commit(seq));
    const { Items = [] } = await client().send(
      new QueryCommand({
        TableName: 'Ledger',
        KeyConditionExpression: 'pk = :chain AND seq > :known',
        ExpressionAttributeValues: { ':chain': { S: 'referral#A' }, ':known': { N: '1' } },
      }),
    );
    expect(Items.map(({ seq }) => seq?.N)).toEqual(['2', '9', '10']);
  });

  test('find a row in an index by its attribute, until the attribute is removed', async () => {
    const pending = () =>
      client().send(
        new QueryCommand({
          TableName: 'Identities',
          IndexName: 'ByPending',
          KeyConditionExpression: 'pending = :yes AND pendingSince < :since',
          ExpressionAttributeValues: { ':yes': { S: 'yes' }, ':since': { S: '2026-12-01' } },
        }),
      );
    const Key = { pk: { S: 'text#A' } };
    await client().send(
      new PutItemCommand({
        TableName: 'Identities',
        Item: { ...Key, pending: { S: 'yes' }, pendingSince: { S: '2026-11-25' } },
      }),
    );
    expect((await pending()).Items).toHaveLength(1);
    const UpdateExpression = 'REMOVE pending, pendingSince';
    await client().send(new UpdateItemCommand({ TableName: 'Identities', Key, UpdateExpression }));
    expect((await pending()).Items).toEqual([]);
  });

  test('add to a set without doubling, and delete on a condition', async () => {
    const Key = { pk: { S: 'blind#1' } };
    const add = (id: string) =>
      client().send(
        new UpdateItemCommand({
          TableName: 'Identities',
          Key,
          UpdateExpression: 'ADD referrals :one',
          ExpressionAttributeValues: { ':one': { SS: [id] } },
          ReturnValues: 'ALL_NEW',
        }),
      );
    await add('A');
    await add('B');
    expect((await add('A')).Attributes?.referrals).toEqual({ SS: ['A', 'B'] });
    const ConditionExpression = 'attribute_exists(pending)';
    const remove = client().send(new DeleteItemCommand({ TableName: 'Identities', Key, ConditionExpression }));
    await expect(remove).rejects.toBeInstanceOf(ConditionalCheckFailedException);
  });

  test('answer nothing to a process that has died', async () => {
    alive = false;
    await expect(client().send(commit(1))).rejects.toThrow('died');
    expect(appended).toEqual([]);
  });

  test('refuse a condition that they do not know', async () => {
    const strange = new DeleteItemCommand({
      TableName: 'Waits',
      Key: { pk: { S: 'A' }, sk: { S: 'B' } },
      ConditionExpression: 'size(pk) > :one',
    });
    await expect(client().send(strange)).rejects.toThrow('do not know the condition');
  });

  test('find by an index what was there before its last change, while it does not know that change yet', async () => {
    let [now, stale] = [0, true];
    const held = createMemoryTables(new Map(), () => undefined, { now: () => now, isStale: () => stale });
    const send = (command: PutItemCommand | QueryCommand) =>
      held
        .client(
          () => 0,
          () => true,
        )
        .send(command as QueryCommand);
    const row = (queue: string) =>
      new PutItemCommand({
        TableName: 'Board',
        Item: { pk: { S: 'CR-1' }, sk: { S: 'open' }, queue: { S: queue }, order: { S: '1' } },
      });
    const inQueue = async (queue: string) =>
      (
        await send(
          new QueryCommand({
            TableName: 'Board',
            IndexName: 'ByQueue',
            KeyConditionExpression: 'queue = :queue',
            ExpressionAttributeValues: { ':queue': { S: queue } },
          }),
        )
      ).Items?.length;
    await send(row('open'));
    expect(await inQueue('open')).toBe(0);
    stale = false;
    expect(await inQueue('open')).toBe(1);
    await send(row('ended'));
    stale = true;
    expect([await inQueue('open'), await inQueue('ended')]).toEqual([1, 0]);
    now = 5000;
    expect([await inQueue('open'), await inQueue('ended')]).toEqual([0, 1]);
  });
});
