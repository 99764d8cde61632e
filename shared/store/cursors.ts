/**
 * The progress of each consumer of the stream with each referral: the sequence number of the last commit it completed.
 */
import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  type PutItemCommandInput,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';

export type Consumer = 'react' | 'send-alerts';

export type Cursors = ReturnType<typeof createCursors>;

/** How far a consumer has come, and in which layout it wrote its rows. Layout 0: it writes none. */
export interface Progress {
  readonly seq: number;
  readonly layout: number;
  /** A chain was cut that had so many commits. Up to this place, rows of the deleted commits are replaced. */
  readonly cut?: number;
}

/** A chain as the watchdog saw it last: its commits, and the hash of the last. `at` is the UTC instant of this note. */
export interface Witness {
  readonly count: number;
  readonly head: string;
  readonly at: string;
}

export type Followed = Readonly<Record<Consumer, Progress>>;

const progressIn = (item: Readonly<Record<string, AttributeValue>> | undefined): Progress => ({
  seq: Number(item?.seq?.N ?? 0),
  layout: Number(item?.layout?.N ?? 0),
  ...(item?.cut?.N !== undefined && { cut: Number(item.cut.N) }),
});

const placeOfRounds = { pk: { S: 'sweep' }, sk: { S: 'watchdog' } };

type Condition = Pick<
  PutItemCommandInput,
  'ConditionExpression' | 'ExpressionAttributeNames' | 'ExpressionAttributeValues'
>;

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

  /** Changes nothing where the condition does not hold. */
  async function put(referralId: string, consumer: Consumer, { seq, layout, cut }: Progress, condition: Condition) {
    try {
      await client.send(
        new PutItemCommand({
          TableName: table,
          Item: {
            pk: { S: referralId },
            sk: { S: consumer },
            seq: { N: String(seq) },
            layout: { N: String(layout) },
            ...(cut !== undefined && { cut: { N: String(cut) } }),
          },
          ...condition,
        }),
      );
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  }

  /**
   * For a chain that was cut: the consumer follows all commits after `seq` again. It changes nothing where the cursor is no
   * further. `from` is the progress that the caller has read.
   */
  async function setBack(referralId: string, consumer: Consumer, seq: number, from: Progress): Promise<void> {
    if (from.seq <= seq) return;
    const cut = Math.max(from.seq, from.cut ?? 0);
    await put(
      referralId,
      consumer,
      { seq, layout: 0, cut },
      {
        ConditionExpression: 'seq > :seq',
        ExpressionAttributeValues: { ':seq': { N: String(seq) } },
      },
    );
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
    async advance(referralId: string, consumer: Consumer, seq: number, layout = 0, cut = 0): Promise<void> {
      await put(
        referralId,
        consumer,
        { seq, layout, ...(cut > seq && { cut }) },
        {
          ConditionExpression: 'attribute_not_exists(pk) OR seq < :seq OR (seq = :seq AND #layout < :layout)',
          ExpressionAttributeNames: { '#layout': 'layout' },
          ExpressionAttributeValues: { ':seq': { N: String(seq) }, ':layout': { N: String(layout) } },
        },
      );
    },

    setBack,

    /** For a consumer that hears that the commit at this place was removed. It follows all from there again. */
    async noteCut(referralId: string, consumer: Consumer, place: number): Promise<void> {
      await setBack(referralId, consumer, place - 1, await progress(referralId, consumer));
    },

    /** The last round up to which the watchdog has done all (`roundAt`). Undefined before its first. */
    async round(): Promise<number | undefined> {
      const { Item } = await client.send(
        new GetItemCommand({ TableName: table, Key: placeOfRounds, ConsistentRead: true }),
      );
      const round = Number(Item?.seq?.N);
      return Number.isInteger(round) ? round : undefined;
    },

    /** Without a condition: an older round written late only makes the watchdog look again. */
    async putRound(round: number): Promise<void> {
      await client.send(
        new PutItemCommand({ TableName: table, Item: { ...placeOfRounds, seq: { N: String(round) } } }),
      );
    },

    /** What the watchdog saw last of any chain. Undefined for a chain that it has not seen. */
    async witness(chain: string): Promise<Witness | undefined> {
      const { Item } = await client.send(
        new GetItemCommand({
          TableName: table,
          Key: { pk: { S: chain }, sk: { S: 'watchdog' } },
          ConsistentRead: true,
        }),
      );
      return Item && { count: Number(Item.seq?.N ?? 0), head: Item.head?.S ?? '', at: Item.at?.S ?? '' };
    },

    async putWitness(chain: string, { count, head, at }: Witness): Promise<void> {
      await client.send(
        new PutItemCommand({
          TableName: table,
          Item: {
            pk: { S: chain },
            sk: { S: 'watchdog' },
            seq: { N: String(count) },
            head: { S: head },
            at: { S: at },
          },
        }),
      );
    },
  };
}
