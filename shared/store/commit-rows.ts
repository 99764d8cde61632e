/** The rows of the ledger's table. Only this file writes into it, each time into a free place. It judges nothing. */
import {
  type AttributeValue,
  BatchGetItemCommand,
  type DynamoDBClient,
  PutItemCommand,
  paginateQuery,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';
import { whereKnown } from '../domain/core/where-known.ts';
import { noHash, type StoredCommit } from './commit.ts';
import { attributesOf, type FoundBy } from './found-commits.ts';
import type { Code } from './process-keys.ts';
import { whether } from './whether.ts';

/** The place and the hash of the last commit of a chain. Before the first commit the place is 0. */
export interface Last {
  readonly seq: number;
  readonly hash: string;
}

/** A new item of the table, as the stream has it. */
export interface Inserted {
  readonly chain: string;
  readonly seq: number;
  readonly item: Record<string, AttributeValue>;
  /** When it came into the table, in epoch milliseconds. The service says so, and no writer. */
  readonly arrivedAt: number;
}

/** A place of a chain, from 1. */
export interface PlaceOfChain {
  readonly chain: string;
  readonly seq: number;
}
export const nameOfPlace = ({ chain, seq }: PlaceOfChain): string => `${chain} ${seq}`;

/** DynamoDB takes no more keys in one call. */
const mostInBatch = 100;

export type CodedCommit = StoredCommit & Code;

/** A row, and the place that its key says. A person could have put any commit there. */
export interface PlacedRow {
  readonly place: number;
  readonly stored: StoredCommit;
}

export type CommitRows = ReturnType<typeof createCommitRows>;

/** The commit in an item of the table, as it is stored. */
export const storedIn = ({
  body,
  prev,
  hash,
  signature,
  signedBy,
  vouches,
}: Record<string, AttributeValue>): StoredCommit => ({
  text: body?.S ?? '',
  prev: prev?.S ?? '',
  hash: hash?.S ?? '',
  ...whereKnown({ signature: signature?.S, signedBy: signedBy?.S }),
  ...(vouches?.BOOL === true && { vouches: true }),
});

/** What a read of stored commits asks for. */
const storedAttributes = {
  ProjectionExpression: 'seq, body, prev, #hash, signature, signedBy, vouches',
  ExpressionAttributeNames: { '#hash': 'hash' },
};

export function createCommitRows({ client, table }: { readonly client: DynamoDBClient; readonly table: string }) {
  /** The rows of a chain from this place on, in the order of their places. */
  async function placed(chain: string, first: number): Promise<readonly PlacedRow[]> {
    const found: PlacedRow[] = [];
    const pages = paginateQuery(
      { client },
      {
        TableName: table,
        ConsistentRead: true,
        KeyConditionExpression: 'pk = :chain AND seq >= :first',
        ExpressionAttributeValues: { ':chain': { S: chain }, ':first': { N: String(first) } },
        ...storedAttributes,
      },
    );
    for await (const { Items = [] } of pages)
      found.push(...Items.map((item) => ({ place: Number(item.seq?.N), stored: storedIn(item) })));
    return found;
  }

  return {
    placed,

    /** The stored commits of a chain from this place on. */
    from: async (chain: string, first: number): Promise<readonly StoredCommit[]> =>
      (await placed(chain, first)).map(({ stored }) => stored),

    /** The last commit of a chain that is appended to but not folded. */
    async last(chain: string): Promise<Last & { readonly stored?: StoredCommit }> {
      const { Items: [item] = [] } = await client.send(
        new QueryCommand({
          TableName: table,
          ConsistentRead: true,
          // A row below the first place is none of the chain, here as in each read.
          KeyConditionExpression: 'pk = :chain AND seq > :none',
          ExpressionAttributeValues: { ':chain': { S: chain }, ':none': { N: '0' } },
          ...storedAttributes,
          ScanIndexForward: false,
          Limit: 1,
        }),
      );
      return item
        ? { seq: Number(item.seq?.N), hash: item.hash?.S ?? '', stored: storedIn(item) }
        : { seq: 0, hash: noHash };
    },

    /**
     * The hash that each of these places has now, by `<chain> <seq>`. A place without a row is left out. `isConsistent`: as
     * written now, at twice the price.
     */
    async hashesAt(places: readonly PlaceOfChain[], isConsistent: boolean): Promise<ReadonlyMap<string, string>> {
      const found = new Map<string, string>();
      const left: Record<string, AttributeValue>[] = [
        ...new Map(places.map((each) => [nameOfPlace(each), each])).values(),
      ].map(({ chain, seq }) => ({ pk: { S: chain }, seq: { N: String(seq) } }));
      while (left.length > 0) {
        const asked = {
          Keys: left.splice(0, mostInBatch),
          ConsistentRead: isConsistent,
          ProjectionExpression: 'pk, seq, #hash',
          ExpressionAttributeNames: { '#hash': 'hash' },
        };
        const { Responses = {}, UnprocessedKeys = {} } = await client.send(
          new BatchGetItemCommand({ RequestItems: { [table]: asked } }),
        );
        for (const { pk, seq, hash } of Responses[table] ?? [])
          found.set(nameOfPlace({ chain: pk?.S ?? '', seq: Number(seq?.N) }), hash?.S ?? '');
        left.push(...(UnprocessedKeys[table]?.Keys ?? []));
      }
      return found;
    },

    /** False where another commit took the place first. `at` is a UTC instant. */
    async append(
      chain: string,
      seq: number,
      { text, prev, hash, signature, signedBy, vouches }: CodedCommit,
      at: string,
      foundBy?: FoundBy,
    ): Promise<boolean> {
      return whether(
        client.send(
          new PutItemCommand({
            TableName: table,
            Item: {
              pk: { S: chain },
              seq: { N: String(seq) },
              at: { S: at },
              body: { S: text },
              prev: { S: prev },
              hash: { S: hash },
              signature: { S: signature },
              signedBy: { S: signedBy },
              ...(vouches && { vouches: { BOOL: true } }),
              ...(foundBy && attributesOf(foundBy)),
            },
            ConditionExpression: 'attribute_not_exists(pk)',
          }),
        ),
      );
    },
  };
}
