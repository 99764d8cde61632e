/**
 * The progress of each consumer of the stream with each referral: the sequence number of the last commit it completed.
 */
import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';

/** `board.1`: the rows of the board in this release's layout. Another layout begins anew under another number. */
export type Consumer = 'react' | 'send-alerts' | 'board.1';

export type Cursors = ReturnType<typeof createCursors>;

export function createCursors({ client, table }: { readonly client: DynamoDBClient; readonly table: string }) {
  return {
    /** 0 before the first commit was completed. */
    async at(referralId: string, consumer: Consumer): Promise<number> {
      const { Item } = await client.send(
        new GetItemCommand({
          TableName: table,
          Key: { pk: { S: referralId }, sk: { S: consumer } },
          ConsistentRead: true,
        }),
      );
      return Number(Item?.seq?.N ?? 0);
    },

    /** Only moves forward: a slower worker that comes later changes nothing. */
    async advance(referralId: string, consumer: Consumer, seq: number): Promise<void> {
      try {
        await client.send(
          new PutItemCommand({
            TableName: table,
            Item: { pk: { S: referralId }, sk: { S: consumer }, seq: { N: String(seq) } },
            ConditionExpression: 'attribute_not_exists(pk) OR seq < :seq',
            ExpressionAttributeValues: { ':seq': { N: String(seq) } },
          }),
        );
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
      }
    },
  };
}
