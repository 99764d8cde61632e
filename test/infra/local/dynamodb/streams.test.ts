import {
  BatchWriteItemCommand,
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { afterEach, describe, expect, test } from 'vitest';
import { startCloud, startOfTest } from './cloud.ts';
import { newFolder } from './new-folder.ts';

const hour = 3_600_000;
const Key = { pk: { S: 'referral#A' }, seq: { N: '1' } };

let cloud: Awaited<ReturnType<typeof startCloud>>;
afterEach(() => cloud.stop());
const put = (item: object) =>
  cloud.operator.send(new PutItemCommand({ TableName: 'Ledger', Item: { ...Key, ...item } }));
const names = (table: string, after = 0) => cloud.streams.read(table, after, 100).map(({ record }) => record.eventName);

describe('a table with a stream', () => {
  test('tells of insert, change and removal with its images, in order', async () => {
    cloud = await startCloud();
    const heard: string[] = [];
    cloud.streams.onAppend((table) => heard.push(table));
    await put({ at: { S: 'one' } });
    await put({ at: { S: 'two' } });
    await cloud.operator.send(new DeleteItemCommand({ TableName: 'Ledger', Key }));

    const records = cloud.streams.read('Ledger', 0, 10);
    expect(records.map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
    expect(records[1]?.record).toEqual({
      eventID: '00000000000000000000000000000002',
      eventName: 'MODIFY',
      eventVersion: '1.1',
      eventSource: 'aws:dynamodb',
      awsRegion: 'us-east-1',
      eventSourceARN: 'arn:aws:dynamodb:us-east-1:000000000000:table/Ledger/stream/2026-01-01T00:00:00.000',
      dynamodb: {
        ApproximateCreationDateTime: startOfTest / 1000,
        Keys: Key,
        NewImage: { ...Key, at: { S: 'two' } },
        OldImage: { ...Key, at: { S: 'one' } },
        SequenceNumber: '100000000000000000002',
        SizeBytes: expect.any(Number),
        StreamViewType: 'NEW_AND_OLD_IMAGES',
      },
    });
    expect(names('Ledger')).toEqual(['INSERT', 'MODIFY', 'REMOVE']);
    expect(records[2]?.record.dynamodb).not.toHaveProperty('NewImage');
    expect(heard).toEqual(['Ledger', 'Ledger', 'Ledger']);
    expect(cloud.streams.read('Ledger', 1, 1).map(({ sequence }) => sequence)).toEqual([2]);
  });

  test('a write that changes nothing and a refused one make no record', async () => {
    cloud = await startCloud();
    await put({ tags: { SS: ['a', 'b'] } });
    await put({ tags: { SS: ['b', 'a'] } });
    await cloud.operator.send(
      new UpdateItemCommand({
        TableName: 'Ledger',
        Key,
        UpdateExpression: 'ADD tags :a',
        ExpressionAttributeValues: { ':a': { SS: ['a'] } },
      }),
    );
    const absent = { ...Key, seq: { N: '7' } };
    await cloud.operator.send(new DeleteItemCommand({ TableName: 'Ledger', Key: absent }));
    const refused = new PutItemCommand({
      TableName: 'Ledger',
      Item: Key,
      ConditionExpression: 'attribute_not_exists(pk)',
    });
    await expect(cloud.operator.send(refused)).rejects.toThrow();
    expect(names('Ledger')).toEqual(['INSERT']);
  });

  test('each item of a batch makes its own record', async () => {
    cloud = await startCloud();
    const items = ['one', 'two'].map((pk) => ({ PutRequest: { Item: { pk: { S: pk } } } }));
    await cloud.operator.send(new BatchWriteItemCommand({ RequestItems: { Sessions: items } }));
    const keys = cloud.streams.read('Sessions', 0, 9).map(({ record }) => record.dynamodb?.Keys?.pk?.S);
    expect(keys.toSorted()).toEqual(['one', 'two']);
  });

  test('concurrent writes of one item are told in the order in which they took place', async () => {
    cloud = await startCloud();
    await Promise.all(Array.from({ length: 25 }, (_, n) => put({ n: { N: String(n) } })));
    const records = cloud.streams.read('Ledger', 0, 100);
    expect(records).toHaveLength(25);
    for (const [index, { record }] of records.entries()) {
      expect(record.dynamodb?.OldImage).toEqual(records[index - 1]?.record.dynamodb?.NewImage);
    }
    const { Item } = await cloud.operator.send(new GetItemCommand({ TableName: 'Ledger', Key }));
    expect(records.at(-1)?.record.dynamodb?.NewImage).toEqual(Item);
  });

  test('records are kept for 24 hours by the clock and their numbers are never used again', async () => {
    const folder = newFolder();
    cloud = await startCloud({ folder });
    await put({ at: { S: 'one' } });
    await cloud.clock.advance(23 * hour);
    await put({ at: { S: 'two' } });
    expect(names('Ledger')).toEqual(['INSERT', 'MODIFY']);
    await cloud.clock.advance(hour);
    expect(cloud.streams.read('Ledger', 0, 9).map(({ sequence }) => sequence)).toEqual([2]);
    await cloud.clock.advance(48 * hour);
    expect(names('Ledger')).toEqual([]);
    await put({ at: { S: 'three' } });
    expect(cloud.streams.read('Ledger', 0, 9).map(({ sequence }) => sequence)).toEqual([3]);

    await cloud.stop();
    cloud = await startCloud({ folder, now: startOfTest + 200 * hour });
    expect(names('Ledger')).toEqual([]);
    await put({ at: { S: 'four' } });
    expect(cloud.streams.read('Ledger', 0, 9).map(({ sequence }) => sequence)).toEqual([4]);
  });
});

describe('time to live', () => {
  const session = (pk: string, expiresAt: number) =>
    cloud.operator.send(
      new PutItemCommand({ TableName: 'Sessions', Item: { pk: { S: pk }, expiresAt: { N: String(expiresAt) } } }),
    );
  const exists = async (pk: string) =>
    (await cloud.operator.send(new GetItemCommand({ TableName: 'Sessions', Key: { pk: { S: pk } } }))).Item !==
    undefined;

  test('removes items that have expired by the clock, in the name of the service, and nothing else', async () => {
    cloud = await startCloud();
    const seconds = startOfTest / 1000;
    await session('short', seconds + 600);
    await session('long', seconds + 7200);
    await session('ancient', seconds - 6 * 366 * 86_400);
    await cloud.clock.advance(5 * 60_000);
    expect(await exists('short')).toBe(true);
    await cloud.clock.advance(5 * 60_000);
    expect([await exists('short'), await exists('long'), await exists('ancient')]).toEqual([false, true, true]);
    const removal = cloud.streams.read('Sessions', 0, 9).at(-1)?.record;
    expect(removal).toMatchObject({
      eventName: 'REMOVE',
      userIdentity: { type: 'Service', principalId: 'dynamodb.amazonaws.com' },
      dynamodb: { Keys: { pk: { S: 'short' } } },
    });
  });
});
