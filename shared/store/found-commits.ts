/** Finds commits by an instant: the sparse index of the ledger, queried for a span at once. */
import { type DynamoDBClient, paginateQuery } from '@aws-sdk/client-dynamodb';
import type { Span } from '../domain/core/spans.ts';

/**
 * The kind under which a commit is found, each in a partition of the index. The kinds are: the first commit of a
 * referral, a touched draft, a leased mail, a deferred mail. A partition takes a thousand writes a second, which is
 * more than a state's Careline has. One partition for each hour would take no more.
 */
export type FoundAs = 'referral' | 'draft' | 'lease' | 'deferred';
/** The kind and the UTC instant by which it is found. */
export type FoundBy = readonly [as: FoundAs, at: string];

/** The attributes of an item by which its commit is found. */
export const attributesOf = ([as, at]: FoundBy) => ({
  foundAs: { S: as },
  // With milliseconds, so that instants sort as text.
  foundAt: { S: new Date(at).toISOString() },
});

/**
 * Finds the chains that have a commit of this kind in the span, by id. They are in the order of their first such
 * commit, each with the place of the last.
 */
export const createFinder =
  ({ client, table }: { readonly client: DynamoDBClient; readonly table: string }) =>
  async ({ from, before }: Span, as: FoundAs): Promise<ReadonlyMap<string, number>> => {
    const found = new Map<string, number>();
    const pages = paginateQuery(
      { client },
      {
        TableName: table,
        IndexName: 'ByInstant',
        KeyConditionExpression: 'foundAs = :as AND foundAt BETWEEN :from AND :last',
        ExpressionAttributeValues: {
          ':as': { S: as },
          ':from': { S: from },
          // DynamoDB includes both bounds.
          ':last': { S: new Date(Date.parse(before) - 1).toISOString() },
        },
      },
    );
    for await (const { Items = [] } of pages) {
      for (const { pk, seq } of Items) {
        const [, id] = pk?.S?.split('#') ?? [];
        if (id !== undefined) found.set(id, Math.max(found.get(id) ?? 0, Number(seq?.N)));
      }
    }
    return found;
  };
