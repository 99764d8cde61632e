import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askJson } from '../endpoint/ask.ts';
import { functionWith, startCloud } from './cloud.ts';

const arnOf = (table: string) =>
  `arn:aws:dynamodb:us-east-1:000000000000:table/${table}/stream/2026-01-01T00:00:00.000`;
const shard = 'shardId-00000000000000000000-00000000';
let cloud: Awaited<ReturnType<typeof startCloud>>;
beforeAll(async () => {
  const read = { Effect: 'Allow', Action: 'dynamodb:GetShardIterator', Resource: arnOf('Ledger') };
  cloud = await startCloud({ resources: functionWith('React', read) });
  for (const seq of ['1', '2', '3']) {
    const Item = { pk: { S: 'referral#CR-1' }, seq: { N: seq } };
    await cloud.near.send(new PutItemCommand({ TableName: 'Ledger', Item }));
  }
});
afterAll(() => cloud.stop());

const ask = (action: string, input: object, logicalId?: string) =>
  askJson(
    cloud.service,
    `DynamoDBStreams_20120810.${action}`,
    input,
    logicalId === undefined ? undefined : { kind: 'function', logicalId },
  );
const iterator = async (ShardIteratorType: string, SequenceNumber?: string) => {
  const of = { StreamArn: arnOf('Ledger'), ShardId: shard, ShardIteratorType };
  return (await ask('GetShardIterator', { ...of, ...(SequenceNumber && { SequenceNumber }) })).ShardIterator;
};
interface Page {
  readonly Records: readonly { readonly dynamodb: { readonly SequenceNumber: string; readonly Keys: object } }[];
  readonly NextShardIterator: string;
}
const records = async (ShardIterator: unknown, Limit?: number) =>
  (await ask('GetRecords', { ShardIterator, ...(Limit && { Limit }) })) as unknown as Page;
const sequencesOf = ({ Records }: Page) =>
  Records.map(({ dynamodb: { Keys } }) => (Keys as { seq: { N: string } }).seq.N);

describe('DynamoDB Streams', () => {
  it('lists the streams of the tables that have one, page by page', async () => {
    const first = await ask('ListStreams', { Limit: 1 });
    expect(first).toMatchObject({ Streams: [{ TableName: 'Ledger', StreamLabel: '2026-01-01T00:00:00.000' }] });
    const next = { ExclusiveStartStreamArn: first.LastEvaluatedStreamArn };
    expect(await ask('ListStreams', next)).toMatchObject({ Streams: [{ TableName: 'Sessions' }] });
    expect(await ask('ListStreams', { TableName: 'Board' })).toMatchObject({ Streams: [] });
  });

  it('tells of a stream its table, view and one shard', async () => {
    expect(await ask('DescribeStream', { StreamArn: arnOf('Ledger') })).toMatchObject({
      StreamDescription: {
        StreamStatus: 'ENABLED',
        StreamViewType: 'NEW_AND_OLD_IMAGES',
        KeySchema: [
          { AttributeName: 'pk', KeyType: 'HASH' },
          { AttributeName: 'seq', KeyType: 'RANGE' },
        ],
        Shards: [{ ShardId: shard, SequenceNumberRange: { StartingSequenceNumber: '100000000000000000001' } }],
      },
    });
  });

  it('gives the records from the oldest on, page by page, and then none', async () => {
    const first = await records(await iterator('TRIM_HORIZON'), 2);
    expect(sequencesOf(first)).toEqual(['1', '2']);
    expect(first.Records[0]).toMatchObject({ eventName: 'INSERT', eventSource: 'aws:dynamodb' });
    expect(first.Records[0]).not.toHaveProperty('eventSourceARN');
    const second = await records(first.NextShardIterator);
    expect(sequencesOf(second)).toEqual(['3']);
    expect(sequencesOf(await records(second.NextShardIterator))).toEqual([]);
  });

  it('begins at, after or behind the newest where that is asked', async () => {
    const second = (await records(await iterator('TRIM_HORIZON'))).Records[1]?.dynamodb.SequenceNumber;
    expect(sequencesOf(await records(await iterator('AT_SEQUENCE_NUMBER', second)))).toEqual(['2', '3']);
    expect(sequencesOf(await records(await iterator('AFTER_SEQUENCE_NUMBER', second)))).toEqual(['3']);
    expect(sequencesOf(await records(await iterator('LATEST')))).toEqual([]);
  });

  it.each([
    ['DescribeStream', { StreamArn: arnOf('Board') }, 'ResourceNotFoundException'],
    ['GetShardIterator', { StreamArn: arnOf('Ledger'), ShardId: 'other' }, 'ResourceNotFoundException'],
    ['GetShardIterator', { StreamArn: arnOf('Ledger'), ShardId: shard, ShardIteratorType: 'X' }, 'ValidationException'],
    ['GetRecords', { ShardIterator: 'none' }, 'ValidationException'],
    ['ListStreams', { Limit: 0 }, 'ValidationException'],
    ['CreateStream', {}, 'UnknownOperationException'],
  ])('refuses %s of %j', async (action, input, code) => {
    expect(await ask(action, input)).toMatchObject({ status: 400, __type: expect.stringContaining(code) });
  });

  it('lets a function do what its policies say', async () => {
    const of = { StreamArn: arnOf('Ledger'), ShardId: shard, ShardIteratorType: 'LATEST' };
    expect(await ask('GetShardIterator', of, 'React')).toMatchObject({ status: 200 });
    await expect(ask('DescribeStream', { StreamArn: arnOf('Ledger') }, 'React')).rejects.toThrow(
      'not authorized to perform: dynamodb:DescribeStream',
    );
  });
});
