import {
  type DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
} from '@aws-sdk/client-dynamodb-streams';
import type { DynamoDBRecord } from 'aws-lambda';
import * as z from 'zod';

/** Where in a stream a batch lies that Lambda gave up. The message of a failure names this, and no record. */
export const givenUpBatch = z.object({
  DDBStreamBatchInfo: z.object({
    streamArn: z.string(),
    shardId: z.string(),
    startSequenceNumber: z.string().regex(/^\d+$/),
    endSequenceNumber: z.string().regex(/^\d+$/),
  }),
});
export type GivenUpBatch = z.infer<typeof givenUpBatch>;

export type ReadGivenUp = (batch: GivenUpBatch) => Promise<readonly DynamoDBRecord[]>;

/**
 * Reads the records of a batch again, in their order. Rejects with `TrimmedDataAccessException` where the stream no longer has
 * them, which it keeps for 24 hours.
 */
export const createStreamRecords =
  ({ client }: { readonly client: Pick<DynamoDBStreamsClient, 'send'> }): ReadGivenUp =>
  async ({ DDBStreamBatchInfo: { streamArn, shardId, startSequenceNumber, endSequenceNumber } }) => {
    const last = BigInt(endSequenceNumber);
    const records: DynamoDBRecord[] = [];
    const first = await client.send(
      new GetShardIteratorCommand({
        StreamArn: streamArn,
        ShardId: shardId,
        ShardIteratorType: 'AT_SEQUENCE_NUMBER',
        SequenceNumber: startSequenceNumber,
      }),
    );
    for (let next = first.ShardIterator; next !== undefined; ) {
      const page = await client.send(new GetRecordsCommand({ ShardIterator: next }));
      for (const { dynamodb, eventName } of page.Records ?? []) {
        if (BigInt(dynamodb?.SequenceNumber ?? 0) > last) return records;
        // The SDK tells of bytes and instants in its own types, and no consumer reads any.
        records.push({ eventName, dynamodb } as DynamoDBRecord);
        if (BigInt(dynamodb?.SequenceNumber ?? 0) === last) return records;
      }
      next = page.NextShardIterator;
    }
    return records;
  };
