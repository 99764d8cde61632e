import type { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import type { Context, DynamoDBStreamEvent, SQSEvent, SQSRecord } from 'aws-lambda';
import { describe, expect, test } from 'vitest';
import { createStreamRecords } from '../../shared/lambda/given-up.ts';
import { ledgerStream, type Nudge } from '../../shared/lambda/stream.ts';

const recordOf = (pk: string, seq: number) => ({
  eventName: 'INSERT' as const,
  dynamodb: { Keys: { pk: { S: pk }, seq: { N: String(seq) } }, SequenceNumber: `S${seq}-${pk}` },
});
const batch: DynamoDBStreamEvent = {
  Records: [
    recordOf('alert#CR-1.A1', 1),
    recordOf('referral#CR-1', 7),
    recordOf('alert#CR-1.A1', 2),
    recordOf('alert#CR-1.A1', 3),
  ],
};

describe('a batch of the stream of the ledger', () => {
  test('is worked on once for each chain, with the place of its last commit', async () => {
    const worked: Nudge[] = [];
    const handler = ledgerStream(async (nudge) => void worked.push(nudge));
    expect(await handler(batch, {} as Context)).toEqual({ batchItemFailures: [] });
    expect(worked).toEqual([
      { kind: 'alert', id: 'CR-1.A1', chain: 'alert#CR-1.A1', seq: 3 },
      { kind: 'referral', id: 'CR-1', chain: 'referral#CR-1', seq: 7 },
    ]);
  });

  test('names the highest place, in whatever order the items of a batch came', async () => {
    const worked: Nudge[] = [];
    const handler = ledgerStream(async (nudge) => void worked.push(nudge));
    const unordered = [84, 85, 82].map((seq) => recordOf('referral#CR-1', seq));
    await handler({ Records: unordered }, {} as Context);
    expect(worked).toEqual([{ kind: 'referral', id: 'CR-1', chain: 'referral#CR-1', seq: 85 }]);
  });

  test('begins again at the first record of the chain that failed', async () => {
    const handler = ledgerStream(async ({ kind }) => {
      if (kind === 'referral') throw new Error('The ledger is busy.');
    });
    expect(await handler(batch, {} as Context)).toEqual({
      batchItemFailures: [{ itemIdentifier: 'S7-referral#CR-1' }],
    });
  });
});

describe('a batch that was given up', () => {
  const place = { streamArn: 'STREAM', shardId: 'SHARD', startSequenceNumber: '3', endSequenceNumber: '6' };
  const message = {
    Records: [{ body: JSON.stringify({ DDBStreamBatchInfo: place }) } as SQSRecord],
  } satisfies SQSEvent;

  test('is read again from its place, and each of its chains is worked on', async () => {
    const [worked, read]: [string[], unknown[]] = [[], []];
    const handler = ledgerStream(async ({ chain, seq }) => void worked.push(`${chain} ${seq}`), {
      readGivenUp: async (given) => {
        read.push(given);
        return batch.Records;
      },
    });
    await handler(message, {} as Context);
    expect(read).toEqual([{ DDBStreamBatchInfo: place }]);
    expect(worked).toEqual(['alert#CR-1.A1 3', 'referral#CR-1 7']);
  });

  test('stays in its queue where one chain fails once more, and the others are worked on', async () => {
    const worked: string[] = [];
    const work = async ({ kind, chain }: Nudge) => {
      if (kind === 'alert') throw new Error('The ledger is busy.');
      worked.push(chain);
    };
    const handler = ledgerStream(work, { readGivenUp: async () => batch.Records });
    await expect(handler(message, {} as Context)).rejects.toThrow('1 chains of 4 records');
    expect(worked).toEqual(['referral#CR-1']);
  });

  test('stays in its queue where the stream has none of its records, or the message is none of a stream', async () => {
    const handler = ledgerStream(async () => {}, { readGivenUp: async () => [] });
    await expect(handler(message, {} as Context)).rejects.toThrow('0 records');
    await expect(handler({ Records: [{ body: '{}' } as SQSRecord] }, {} as Context)).rejects.toThrow();
  });
});

test('the records of a batch are read page by page, from its first to its last and no further', async () => {
  const pages: Readonly<Record<string, { Records: object[]; NextShardIterator?: string }>> = {
    first: { Records: [3, 4].map((each) => numbered(each)), NextShardIterator: 'empty' },
    empty: { Records: [], NextShardIterator: 'second' },
    second: { Records: [5, 6, 7].map((each) => numbered(each)), NextShardIterator: 'third' },
  };
  const asked: object[] = [];
  const send = async ({ input }: { readonly input: { readonly ShardIterator?: string } }) => {
    asked.push(input);
    return input.ShardIterator === undefined ? { ShardIterator: 'first' } : pages[input.ShardIterator];
  };
  const read = createStreamRecords({ client: { send } as Pick<DynamoDBStreamsClient, 'send'> });
  const records = await read({
    DDBStreamBatchInfo: { streamArn: 'STREAM', shardId: 'SHARD', startSequenceNumber: '3', endSequenceNumber: '6' },
  });
  expect(records.map(({ dynamodb }) => dynamodb?.SequenceNumber)).toEqual(['3', '4', '5', '6']);
  expect(asked[0]).toEqual({
    StreamArn: 'STREAM',
    ShardId: 'SHARD',
    ShardIteratorType: 'AT_SEQUENCE_NUMBER',
    SequenceNumber: '3',
  });
  expect(asked).toHaveLength(4);
});

const numbered = (sequence: number) => ({ eventName: 'INSERT', dynamodb: { SequenceNumber: String(sequence) } });
