import {
  type AttributeValue,
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { functionWith, startCloud } from './cloud.ts';

const partitions = ['a', 'b'];
const queues = ['north', 'south'];

interface Step {
  readonly kind: string;
  readonly pk: string;
  readonly sk: string;
  readonly queue: string | undefined;
}

const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom('put', 'update', 'delete'),
  pk: fc.constantFrom(...partitions),
  sk: fc.constantFrom('1', '2'),
  queue: fc.constantFrom(...queues, undefined),
});

describe('a read that was answered before', () => {
  let cloud: Awaited<ReturnType<typeof startCloud>>;
  beforeAll(async () => {
    cloud = await startCloud({ resources: functionWith('Stranger') });
  });
  afterAll(() => cloud.stop());

  const write = ({ kind, pk, sk, queue }: Step) => {
    const Key = { pk: { S: pk }, sk: { S: sk } };
    const TableName = 'Board';
    if (kind === 'delete') return cloud.near.send(new DeleteItemCommand({ TableName, Key }));
    if (kind === 'put') {
      const Item = { ...Key, due: { S: sk }, ...(queue && { queue: { S: queue } }) };
      return cloud.near.send(new PutItemCommand({ TableName, Item }));
    }
    const change = queue
      ? {
          UpdateExpression: 'SET queue = :queue, due = :due',
          ExpressionAttributeValues: { ':queue': { S: queue }, ':due': { S: sk } },
        }
      : { UpdateExpression: 'REMOVE queue' };
    return cloud.near.send(new UpdateItemCommand({ TableName, Key, ...change }));
  };
  const query = (attribute: 'pk' | 'queue', value: string) =>
    cloud.near.send(
      new QueryCommand({
        TableName: 'Board',
        ...(attribute === 'queue' && { IndexName: 'ByQueue' }),
        KeyConditionExpression: '#key = :value',
        ExpressionAttributeNames: { '#key': attribute },
        ExpressionAttributeValues: { ':value': { S: value } },
      }),
    );
  const reads = () => [
    ...partitions.map((pk) => ({ asked: query('pk', pk), attribute: 'pk', value: pk })),
    ...queues.map((queue) => ({ asked: query('queue', queue), attribute: 'queue', value: queue })),
  ];
  const keysOf = (items: readonly Readonly<Record<string, AttributeValue>>[] = []) =>
    items.map(({ pk, sk, queue, due }) => [pk?.S, sk?.S, queue?.S, due?.S].join()).toSorted();

  test('sees every write since, whether it came before, after or while the answer was read', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        for (const each of steps) {
          await Promise.all([...reads().map(({ asked }) => asked), write(each)]);
          // A scan is never answered from what is known.
          const { Items } = await cloud.near.send(new ScanCommand({ TableName: 'Board' }));
          for (const { asked, attribute, value } of reads()) {
            const holding = Items?.filter((item) => item[attribute]?.S === value);
            expect(keysOf((await asked).Items)).toEqual(keysOf(holding));
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  test('costs as many units as the first time', async () => {
    await write({ kind: 'put', pk: 'a', sk: '1', queue: 'north' });
    const unitsOf = async () => {
      const before = cloud.units().read;
      await query('pk', 'a');
      return cloud.units().read - before;
    };
    const first = await unitsOf();
    expect(first).toBeGreaterThan(0);
    expect(await unitsOf()).toBe(first);
  });

  test('is refused to a function without the permission', async () => {
    const ask = () => new GetItemCommand({ TableName: 'Board', Key: { pk: { S: 'a' }, sk: { S: '1' } } });
    await cloud.operator.send(ask());
    await cloud.operator.send(ask());
    await expect(cloud.as('Stranger').send(ask())).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });
});
