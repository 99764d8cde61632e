/** Commits that are looked for by an instant: the sparse index of the ledger, asked for a span at once. */
import { type DynamoDBClient, paginateQuery } from '@aws-sdk/client-dynamodb';
import type { Span } from '../domain/core/spans.ts';

/**
 * As what a commit is found, each in a partition of the index: the first of a referral, one in which a draft was touched, a mail claimed
 * or held. A partition takes a thousand writes a second: more than a state's Careline has, and as many as one for each hour would take.
 */
export type FoundAs = 'referral' | 'draft' | 'lease' | 'deferred';
/** The instant, UTC, by which it is found. */
export type FoundBy = readonly [as: FoundAs, at: string];

/** What an item has beside its commit to be found by it. */
export const attributesOf = ([as, at]: FoundBy) => ({
  foundAs: { S: as },
  // With its milliseconds, so that instants sort as text.
  foundAt: { S: new Date(at).toISOString() },
});

/** Finds the ids of the chains with a commit that is found as this in the span, by the first such one, each with the last such one's place. */
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
          // Of both bounds DynamoDB includes the instant itself.
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
