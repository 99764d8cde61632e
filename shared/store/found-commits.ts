/** Finds commits by an instant: the sparse index of the ledger, queried for a span at once. */
import { type AttributeValue, type DynamoDBClient, paginateQuery } from '@aws-sdk/client-dynamodb';
import { firstOf } from '../domain/audit/findings.ts';
import type { Span } from '../domain/core/spans.ts';

/**
 * The kind under which a commit is found, each in a partition of the index. It is the first commit of a referral, a touched
 * draft, or an act of the log. Or it is a mail that is leased, deferred or sent. `due`: a chain of the program that waits
 * for a day. A partition takes a thousand writes a second, which is more than a state's Careline has. One partition for each hour would take no more.
 */
export type FoundAs = 'referral' | 'draft' | 'lease' | 'deferred' | 'mail' | 'act' | 'due';
/** The kind and the UTC instant by which it is found, and what the index itself says of it. */
export type FoundBy = readonly [as: FoundAs, at: string, note?: string];

/** The attributes of an item by which its commit is found. */
export const attributesOf = ([as, at, note]: FoundBy) => ({
  foundAs: { S: as },
  // With milliseconds, so that instants sort as text.
  foundAt: { S: new Date(at).toISOString() },
  ...(note !== undefined && { note: { S: note } }),
});

interface Finding {
  readonly client: DynamoDBClient;
  readonly table: string;
}

/** The entries of the index of this kind in the span, in the order of their instants. */
async function* entriesIn({ client, table }: Finding, { from, before }: Span, as: FoundAs) {
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
  for await (const { Items = [] } of pages) yield* Items;
}

/** A commit as the index has it: its place, the UTC instant under which it is found, and the note. */
export interface FoundPlace {
  readonly chain: string;
  readonly seq: number;
  readonly at: string;
  readonly note?: string;
}

const placeIn = ({ pk, seq, foundAt, note }: Record<string, AttributeValue>): FoundPlace => ({
  chain: pk?.S ?? '',
  seq: Number(seq?.N),
  at: foundAt?.S ?? '',
  ...(note?.S !== undefined && { note: note.S }),
});

/** The places of all commits of this kind in the span, in the order of their instants. It reads no chain. */
export const createPlaceFinder =
  (finding: Finding) =>
  async (span: Span, as: FoundAs): Promise<readonly FoundPlace[]> => {
    const found: FoundPlace[] = [];
    for await (const item of entriesIn(finding, span, as)) found.push(placeIn(item));
    return found;
  };

/** What the index says of the commits of this kind in the span: each note with its UTC instant. It reads no chain. */
export const createNoteFinder =
  (finding: Finding) =>
  async (span: Span, as: FoundAs): Promise<readonly { readonly at: string; readonly note: string }[]> => {
    const found: { readonly at: string; readonly note: string }[] = [];
    for await (const { foundAt, note } of entriesIn(finding, span, as)) {
      if (foundAt?.S !== undefined && note?.S !== undefined) found.push({ at: foundAt.S, note: note.S });
    }
    return found;
  };

/**
 * Finds the chains that have a commit of this kind in the span, by id. They are in the order of their first such
 * commit, each with the place of the last.
 */
export const createFinder =
  (finding: Finding) =>
  async (span: Span, as: FoundAs): Promise<ReadonlyMap<string, number>> => {
    const found = new Map<string, number>();
    for await (const { pk, seq } of entriesIn(finding, span, as)) {
      const [, id] = firstOf(pk?.S ?? '').split('#');
      if (id !== undefined) found.set(id, Math.max(found.get(id) ?? 0, Number(seq?.N)));
    }
    return found;
  };
