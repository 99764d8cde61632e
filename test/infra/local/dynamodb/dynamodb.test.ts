import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  type ConditionalCheckFailedException,
  CreateTableCommand,
  DeleteItemCommand,
  DescribeTableCommand,
  ExecuteStatementCommand,
  GetItemCommand,
  ListTablesCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createActivity, createClock } from '../../../../infra/local/clock/clock.ts';
import { createDynamoDb } from '../../../../infra/local/dynamodb/dynamodb.ts';
import { whereKnown } from '../../../../shared/domain/core/where-known.ts';
import { startCloud, startOfTest, type tables, templateOf } from './cloud.ts';
import { newFolder } from './new-folder.ts';

const commit = (pk: string, seq: number, more: Record<string, { S: string }> = {}) => ({
  pk: { S: pk },
  seq: { N: String(seq) },
  ...more,
});

describe('the embedded DynamoDB', () => {
  let cloud: Awaited<ReturnType<typeof startCloud>>;
  beforeAll(async () => {
    cloud = await startCloud();
  });
  afterAll(() => cloud.stop());

  test('makes the tables of the template, with their keys, index, stream and encryption', async () => {
    expect((await cloud.operator.send(new ListTablesCommand())).TableNames).toEqual([
      'Board',
      'Identities',
      'Ledger',
      'Sessions',
    ]);
    await expect(cloud.operator.send(new ListTablesCommand({ Limit: 3 }))).rejects.toThrow('all its tables at once');
    const { Table } = await cloud.operator.send(new DescribeTableCommand({ TableName: 'Ledger' }));
    expect(Table).toMatchObject({
      TableStatus: 'ACTIVE',
      TableArn: 'arn:aws:dynamodb:us-east-1:000000000000:table/Ledger',
      LatestStreamArn: 'arn:aws:dynamodb:us-east-1:000000000000:table/Ledger/stream/2026-01-01T00:00:00.000',
      DeletionProtectionEnabled: true,
      CreationDateTime: new Date(startOfTest),
    });
  });

  test('a second commit of the same sequence is refused and shows the first where asked', async () => {
    const put = (at: string) =>
      cloud.operator.send(
        new PutItemCommand({
          TableName: 'Ledger',
          Item: commit('referral#A', 1, { at: { S: at } }),
          ConditionExpression: 'attribute_not_exists(pk)',
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        }),
      );
    await put('first');
    const refused = (await put('second').catch((error) => error)) as ConditionalCheckFailedException;
    expect(refused.name).toBe('ConditionalCheckFailedException');
    expect(refused.Item?.at).toEqual({ S: 'first' });
  });

  test('a query walks a chain page by page, forwards and backwards', async () => {
    for (const seq of [1, 2, 9, 10, 11, 100]) {
      await cloud.operator.send(new PutItemCommand({ TableName: 'Ledger', Item: commit('referral#B', seq) }));
    }
    const walk = async (ScanIndexForward: boolean) => {
      const found: string[] = [];
      let start: Record<string, { S: string } | { N: string }> | undefined;
      do {
        const page = await cloud.operator.send(
          new QueryCommand({
            TableName: 'Ledger',
            KeyConditionExpression: 'pk = :pk AND seq > :after',
            ExpressionAttributeValues: { ':pk': { S: 'referral#B' }, ':after': { N: '1' } },
            ConsistentRead: true,
            Limit: 2,
            ScanIndexForward,
            ExclusiveStartKey: start,
          }),
        );
        found.push(...(page.Items ?? []).map((item) => item.seq?.N ?? ''));
        start = page.LastEvaluatedKey as typeof start;
      } while (start);
      return found;
    };
    expect(await walk(true)).toEqual(['2', '9', '10', '11', '100']);
    expect(await walk(false)).toEqual(['100', '11', '10', '9', '2']);
  });

  test('rows due at the same instant are each on the queue once, whatever the page size', async () => {
    const names = Array.from({ length: 60 }, (_, n) => `R${n}`);
    for (let from = 0; from < names.length; from += 20) {
      await cloud.operator.send(
        new BatchWriteItemCommand({
          RequestItems: {
            Board: names.slice(from, from + 20).map((name) => ({
              PutRequest: { Item: { pk: { S: 'referral' }, sk: { S: name }, queue: { S: 'q' }, due: { S: '2026' } } },
            })),
          },
        }),
      );
    }
    for (const ScanIndexForward of [true, false]) {
      const found: string[] = [];
      let start: Record<string, { S: string }> | undefined;
      do {
        const page = await cloud.operator.send(
          new QueryCommand({
            TableName: 'Board',
            IndexName: 'ByQueue',
            KeyConditionExpression: 'queue = :q',
            ExpressionAttributeValues: { ':q': { S: 'q' } },
            Limit: 7,
            ScanIndexForward,
            ExclusiveStartKey: start,
          }),
        );
        found.push(...(page.Items ?? []).map((item) => item.sk?.S ?? ''));
        start = page.LastEvaluatedKey as typeof start;
      } while (start);
      expect(found.toSorted()).toEqual(names.toSorted());
    }
  });

  test('an index follows its items: a row moves, loses its place and comes back', async () => {
    const key = { pk: { S: 'deadline' }, sk: { S: 'moving' } };
    const on = async (queue: string) =>
      (
        await cloud.operator.send(
          new QueryCommand({
            TableName: 'Board',
            IndexName: 'ByQueue',
            KeyConditionExpression: 'queue = :q',
            ExpressionAttributeValues: { ':q': { S: queue } },
          }),
        )
      ).Items;
    const update = (UpdateExpression: string, values?: Record<string, { S: string }>) =>
      cloud.operator.send(
        new UpdateItemCommand({ TableName: 'Board', Key: key, UpdateExpression, ExpressionAttributeValues: values }),
      );
    await update('SET queue = :q, due = :d', { ':q': { S: 'one' }, ':d': { S: '1' } });
    await update('SET queue = :q', { ':q': { S: 'two' } });
    expect([await on('one'), await on('two')]).toMatchObject([[], [{ sk: { S: 'moving' }, due: { S: '1' } }]]);
    await update('REMOVE queue');
    expect(await on('two')).toEqual([]);
    await update('SET queue = :q', { ':q': { S: 'one' } });
    await cloud.operator.send(new DeleteItemCommand({ TableName: 'Board', Key: key }));
    expect(await on('one')).toEqual([]);
  });

  test('an INCLUDE index shows its keys and what it includes, nothing else', async () => {
    const shown = commit('referral#C', 1, { hour: { S: '2026-11-02T09' }, at: { S: 'nine' } });
    const Item = { ...shown, body: { S: 'long' } };
    await cloud.operator.send(new PutItemCommand({ TableName: 'Ledger', Item }));
    const { Items } = await cloud.operator.send(
      new QueryCommand({
        TableName: 'Ledger',
        IndexName: 'ByHour',
        KeyConditionExpression: '#hour = :hour',
        ExpressionAttributeNames: { '#hour': 'hour' },
        ExpressionAttributeValues: { ':hour': { S: '2026-11-02T09' } },
      }),
    );
    expect(Items).toEqual([shown]);
  });

  test('batches and scans find the written items', async () => {
    await cloud.operator.send(
      new BatchWriteItemCommand({
        RequestItems: { Identities: ['x', 'y'].map((pk) => ({ PutRequest: { Item: { pk: { S: pk } } } })) },
      }),
    );
    const keys = ['x', 'y', 'z'].map((pk) => ({ pk: { S: pk } }));
    const { Responses } = await cloud.operator.send(
      new BatchGetItemCommand({ RequestItems: { Identities: { Keys: keys, ConsistentRead: true } } }),
    );
    expect(Responses?.Identities?.map(({ pk }) => pk?.S).toSorted()).toEqual(['x', 'y']);
    const { Count } = await cloud.operator.send(new ScanCommand({ TableName: 'Identities', ConsistentRead: true }));
    expect(Count).toBe(2);
  });

  test('an operation that it does not reproduce is refused with a sentence', async () => {
    const refusals = await Promise.all(
      [
        cloud.operator.send(new TransactWriteItemsCommand({ TransactItems: [] })),
        cloud.operator.send(new ExecuteStatementCommand({ Statement: 'SELECT * FROM Ledger' })),
        cloud.operator.send(new CreateTableCommand({ TableName: 'More' } as never)),
      ].map((call) => call.catch((error: Error) => `${error.name}: ${error.message}`)),
    );
    expect(refusals).toEqual([
      'UnknownOperationException: The embedded DynamoDB does not offer TransactWriteItems: it has no transactions, PartiQL, backups, exports or global tables.',
      'UnknownOperationException: The embedded DynamoDB does not offer ExecuteStatement: it has no transactions, PartiQL, backups, exports or global tables.',
      'UnknownOperationException: The embedded DynamoDB does not offer CreateTable: its tables are what the template says: change the stack instead.',
    ]);
    const unknown = cloud.operator.send(new GetItemCommand({ TableName: 'Nowhere', Key: { pk: { S: 'x' } } }));
    await expect(unknown).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    const index = new ScanCommand({ TableName: 'Board', IndexName: 'ByQueue', ConsistentRead: true });
    await expect(cloud.operator.send(index)).rejects.toMatchObject({ name: 'ValidationException' });
  });

  test('a parameter that dynalite would ignore is refused', async () => {
    const response = await fetch(cloud.endpoint.url, {
      method: 'POST',
      headers: { 'x-amz-target': 'DynamoDB_20120810.PutItem', 'content-type': 'application/x-amz-json-1.0' },
      body: JSON.stringify({ TableName: 'Ledger', Item: {}, Novelty: true }),
    });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      message: 'The embedded DynamoDB does not support Novelty in PutItem.',
    });
  });

  test('an expression that fails inside answers an error and the next call works', async () => {
    const key = { pk: { S: 'odd' }, sk: { S: 'odd' } };
    await cloud.operator.send(new PutItemCommand({ TableName: 'Board', Item: { ...key, n: { S: 'text' } } }));
    const odd = new UpdateItemCommand({
      TableName: 'Board',
      Key: key,
      UpdateExpression: 'SET n = n + :one',
      ExpressionAttributeValues: { ':one': { N: '1' } },
    });
    await expect(cloud.operator.send(odd)).rejects.toMatchObject({ name: 'ValidationException' });
    expect((await cloud.operator.send(new GetItemCommand({ TableName: 'Board', Key: key }))).Item?.n).toEqual({
      S: 'text',
    });
    expect(cloud.faults).toEqual([]);
  });

  test('capacity is counted as billed', async () => {
    const before = cloud.units();
    const Item = {
      pk: { S: 'cost' },
      sk: { S: 'cost' },
      queue: { S: 'q9' },
      due: { S: 'd' },
      text: { S: 'x'.repeat(1500) },
    };
    await cloud.operator.send(new PutItemCommand({ TableName: 'Board', Item }));
    const Key = { pk: Item.pk, sk: Item.sk };
    await cloud.operator.send(new GetItemCommand({ TableName: 'Board', Key }));
    await cloud.operator.send(new GetItemCommand({ TableName: 'Board', Key, ConsistentRead: true }));
    const after = cloud.units();
    expect([after.read - before.read, after.write - before.write]).toEqual([1.5, 4]);
  });

  test('capacity counts bytes, of a query those of its page alone, and of a batch each key', async () => {
    // 3,000 letters of two bytes are 6 KB.
    const rows = ['a', 'b', 'c'].map((sk) => ({ pk: { S: 'bytes' }, sk: { S: sk }, text: { S: 'é'.repeat(3000) } }));
    const written = cloud.units().write;
    for (const Item of rows) await cloud.operator.send(new PutItemCommand({ TableName: 'Board', Item }));
    expect(cloud.units().write - written).toBe(18);
    const readBy = async (ask: () => Promise<unknown>) => {
      const before = cloud.units().read;
      await ask();
      return cloud.units().read - before;
    };
    const page = (Limit?: number) => () =>
      cloud.operator.send(
        new QueryCommand({
          TableName: 'Board',
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': { S: 'bytes' } },
          ConsistentRead: true,
          ...(Limit && { Limit }),
        }),
      );
    expect([await readBy(page()), await readBy(page(1))]).toEqual([5, 2]);
    const Keys = ['a', 'none'].map((sk) => ({ pk: { S: 'bytes' }, sk: { S: sk } }));
    const batch = () => cloud.operator.send(new BatchGetItemCommand({ RequestItems: { Board: { Keys } } }));
    expect(await readBy(batch)).toBe(1.5);
  });
});

describe('a start is stopped by', () => {
  const start = (resources: object, folder?: string) => {
    const template = templateOf(resources as typeof tables);
    const activity = createActivity();
    const clock = createClock({ activity, frozenAt: startOfTest });
    const authorize = () => undefined;
    return createDynamoDb({ template, clock, activity, authorize, useKey: authorize, ...whereKnown({ folder }) });
  };
  const table = (more: object) => ({
    Odd: {
      Type: 'AWS::DynamoDB::Table',
      Properties: {
        KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
        AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
        ...more,
      },
    },
  });

  test('a table property that is not reproduced', async () => {
    await expect(start(table({ LocalSecondaryIndexes: [] }))).rejects.toThrow(
      'The table Odd has LocalSecondaryIndexes, which the embedded DynamoDB does not reproduce.',
    );
  });

  test('a data folder whose tables have other keys', async () => {
    const folder = newFolder();
    await (await start(table({}), folder)).stop();
    const other = { KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }] };
    await expect(start(table(other), folder)).rejects.toThrow('other keys or indexes than the template');
  });

  test('a data folder that is in use', async () => {
    const folder = newFolder();
    const first = await start(table({}), folder);
    await expect(start(table({}), folder)).rejects.toThrow('is it in use by another process?');
    await first.stop();
  });
});
