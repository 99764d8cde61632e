/**
 * The progress of each consumer of the stream with each referral: the sequence number of the last commit it completed.
 */
import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';

export type Consumer = 'react' | 'send-alerts';

export type Cursors = ReturnType<typeof createCursors>;

/** How far a consumer has come, and in which layout it wrote its rows. Layout 0: it writes none. */
export interface Progress {
  readonly seq: number;
  readonly layout: number;
}

export type Followed = Readonly<Record<Consumer, Progress>>;

const progressIn = (item: Readonly<Record<string, AttributeValue>> | undefined): Progress => ({
  seq: Number(item?.seq?.N ?? 0),
  layout: Number(item?.layout?.N ?? 0),
});

export function createCursors({ client, table }: { readonly client: DynamoDBClient; readonly table: string }) {
  async function progress(referralId: string, consumer: Consumer): Promise<Progress> {
    const { Item } = await client.send(
      new GetItemCommand({
        TableName: table,
        Key: { pk: { S: referralId }, sk: { S: consumer } },
        ConsistentRead: true,
      }),
    );
    return progressIn(Item);
  }

  return {
    progress,

    /** Both consumers, with one read. A consumer that has completed no commit is at 0. */
    async of(referralId: string): Promise<Followed> {
      const { Items = [] } = await client.send(
        new QueryCommand({
          TableName: table,
          ConsistentRead: true,
          KeyConditionExpression: 'pk = :id',
          ExpressionAttributeValues: { ':id': { S: referralId } },
        }),
      );
      const at = (consumer: Consumer) => progressIn(Items.find(({ sk }) => sk?.S === consumer));
      return { react: at('react'), 'send-alerts': at('send-alerts') };
    },

    /** 0 before the first commit was completed. */
    at: async (referralId: string, consumer: Consumer): Promise<number> => (await progress(referralId, consumer)).seq,

    /** Only moves forward: a slower worker that comes later changes nothing. At the same commit, a later layout counts. */
    async advance(referralId: string, consumer: Consumer, seq: number, layout = 0): Promise<void> {
      try {
        await client.send(
          new PutItemCommand({
            TableName: table,
            Item: {
              pk: { S: referralId },
              sk: { S: consumer },
              seq: { N: String(seq) },
              layout: { N: String(layout) },
            },
            ConditionExpression: 'attribute_not_exists(pk) OR seq < :seq OR (seq = :seq AND #layout < :layout)',
            ExpressionAttributeNames: { '#layout': 'layout' },
            ExpressionAttributeValues: { ':seq': { N: String(seq) }, ':layout': { N: String(layout) } },
          }),
        );
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
      }
    },
  };
}
