/** The lists people work from. Every row follows from a referral's state and can be rebuilt; none decides anything. */
import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  PutItemCommand,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';

const boardRow = z.object({
  kind: z.enum(['referral', 'seat', 'linkage']),
  /** Unique within its kind. */
  id: z.string(),
  referralId: z.string(),
  /** The referral's sequence number this row was made from. */
  seq: z.number(),
  /** Absent in a row that has left its queue. */
  queue: z.string().optional(),
  owner: z.string().optional(),
  /** The instant by which somebody must act, UTC. */
  due: z.string(),
  deadlineId: z.string().optional(),
  rule: z.string().optional(),
  outcome: z.string().optional(),
  stage: z.string(),
  office: z.string().optional(),
  missed: z.number(),
  open: z.number(),
  subject: z.string().optional(),
});
export type BoardRow = z.infer<typeof boardRow>;

export interface BoardPage {
  readonly rows: readonly BoardRow[];
  /** Give it back for the next page; opaque. Absent on the last. */
  readonly next?: string;
}

export type Board = ReturnType<typeof createBoard>;

export function createBoard({ client, table }: { readonly client: DynamoDBClient; readonly table: string }) {
  const page = async (
    index: 'ByQueue' | 'ByOwner',
    key: 'queue' | 'owner',
    value: string,
    { limit, after }: { readonly limit: number; readonly after?: string | undefined },
  ): Promise<BoardPage> => {
    const { Items = [], LastEvaluatedKey } = await client.send(
      new QueryCommand({
        TableName: table,
        IndexName: index,
        KeyConditionExpression: '#key = :value',
        ExpressionAttributeNames: { '#key': key },
        ExpressionAttributeValues: { ':value': { S: value } },
        Limit: limit,
        ...(after !== undefined && { ExclusiveStartKey: JSON.parse(Buffer.from(after, 'base64url').toString()) }),
      }),
    );
    return {
      rows: Items.map((item) => boardRow.parse(unmarshall(item))),
      ...(LastEvaluatedKey && { next: Buffer.from(JSON.stringify(LastEvaluatedKey)).toString('base64url') }),
    };
  };

  return {
    /** Puts a row unless one from a later commit is there. A row without queue and owner is a tombstone. */
    async put(row: BoardRow): Promise<void> {
      try {
        await client.send(
          new PutItemCommand({
            TableName: table,
            Item: marshall({ pk: row.kind, sk: row.id, ...row }, { removeUndefinedValues: true }),
            ConditionExpression: 'attribute_not_exists(pk) OR seq < :seq',
            ExpressionAttributeValues: { ':seq': { N: String(row.seq) } },
          }),
        );
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
      }
    },

    /** A page of a queue, the row with the least time left first. */
    queue: (queue: string, paging: { readonly limit: number; readonly after?: string | undefined }) =>
      page('ByQueue', 'queue', queue, paging),

    /** A page of what waits for one person. */
    ownedBy: (owner: string, paging: { readonly limit: number; readonly after?: string | undefined }) =>
      page('ByOwner', 'owner', owner, paging),
  };
}
