/** The lists people work from. Every row follows from a referral's state and can be rebuilt; none decides anything. */
import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  PutItemCommand,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import { type BoardRow, boardRow } from '../domain/board-rows.ts';

export interface BoardPage {
  readonly rows: readonly BoardRow[];
  /** Give it back for the next page; opaque, and good for one list only. Absent on the last. */
  readonly next?: string;
}

/** The last row of a page: its kind, its id and its due instant. Bounded: DynamoDB fails on a key that is too long. */
const pageMark = z.tuple([boardRow.shape.kind, z.string().min(1).max(200), z.string().min(1).max(40)]);

function readPageMark(text: string): z.infer<typeof pageMark> | undefined {
  if (text.length > 500) return undefined;
  try {
    return pageMark.safeParse(JSON.parse(Buffer.from(text, 'base64url').toString())).data;
  } catch {
    return undefined;
  }
}

const draftQueue = 'drafts';
interface ListedDraft {
  readonly id: string;
  readonly seq: number;
  readonly since: string;
  readonly status: string;
}

export type Board = ReturnType<typeof createBoard>;

export function createBoard({ client, table }: { readonly client: DynamoDBClient; readonly table: string }) {
  const page = async (
    index: 'ByQueue' | 'ByOwner',
    key: 'queue' | 'owner',
    value: string,
    { limit, after }: { readonly limit: number; readonly after?: string | undefined },
  ): Promise<BoardPage> => {
    const mark = after === undefined ? undefined : readPageMark(after);
    if (after !== undefined && !mark) throw new RangeError('This is no mark of a page that the board gave.');
    const { Items = [], LastEvaluatedKey: last } = await client.send(
      new QueryCommand({
        TableName: table,
        IndexName: index,
        KeyConditionExpression: '#key = :value',
        ExpressionAttributeNames: { '#key': key },
        ExpressionAttributeValues: { ':value': { S: value } },
        Limit: limit,
        ...(mark && { ExclusiveStartKey: marshall({ pk: mark[0], sk: mark[1], due: mark[2], [key]: value }) }),
      }),
    );
    return {
      rows: Items.map((item) => boardRow.parse(unmarshall(item))),
      ...(last && {
        next: Buffer.from(JSON.stringify([last.pk?.S, last.sk?.S, last.due?.S])).toString('base64url'),
      }),
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

    /** Lists a draft of a report while it is open; `seq` is the length of its chain. */
    async putDraft({ id, seq, since, status }: ListedDraft): Promise<void> {
      const listed = status === 'open' ? { queue: draftQueue } : {};
      try {
        await client.send(
          new PutItemCommand({
            TableName: table,
            Item: marshall({ pk: 'draft', sk: id, seq, due: since, ...listed }),
            ConditionExpression: 'attribute_not_exists(pk) OR seq < :seq',
            ExpressionAttributeValues: { ':seq': { N: String(seq) } },
          }),
        );
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
      }
    },

    /** The ids of drafts that are open, the oldest first; at most two hundred. */
    async drafts(): Promise<readonly string[]> {
      const { Items = [] } = await client.send(
        new QueryCommand({
          TableName: table,
          IndexName: 'ByQueue',
          KeyConditionExpression: '#queue = :queue',
          ExpressionAttributeNames: { '#queue': 'queue' },
          ExpressionAttributeValues: { ':queue': { S: draftQueue } },
          Limit: 200,
        }),
      );
      return Items.flatMap(({ sk }) => sk?.S ?? []);
    },

    /** A page of a queue, the row with the least time left first. Throws a RangeError where `after` is no mark of a page. */
    queue: (queue: string, paging: { readonly limit: number; readonly after?: string | undefined }) =>
      page('ByQueue', 'queue', queue, paging),

    /** True for what a page could have given as its `next`. */
    isPageMark: (text: string): boolean => readPageMark(text) !== undefined,

    /** A page of what waits for one person. */
    ownedBy: (owner: string, paging: { readonly limit: number; readonly after?: string | undefined }) =>
      page('ByOwner', 'owner', owner, paging),
  };
}
