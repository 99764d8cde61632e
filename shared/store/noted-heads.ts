/**
 * The heads of chains that changed, noted by the hour by the consumer of the stream. Each note has the code of its commit.
 * So the note of a commit that is gone by now shows that a function had written it.
 */
import { type AttributeValue, type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { whereKnown } from '../domain/core/where-known.ts';
import type { Inserted } from './commit-rows.ts';
import { pagesUnder } from './partition.ts';
import { whether } from './whether.ts';

export interface NotedHead {
  readonly chain: string;
  readonly seq: number;
  readonly hash: string;
  /** The code of the commit: see `commit-codes.ts`. */
  readonly signature?: string;
  readonly signedBy?: string;
  readonly vouches?: true;
}

export type NotedHeads = ReturnType<typeof createNotedHeads>;

const hour = 3_600_000;
/** A note is read for so long after an outage. Then DynamoDB removes it. */
export const hoursOfNotes = 7 * 24;

const partitionOf = (hourName: string) => `heads#${hourName}`;

const isChain = (text: string) => Buffer.byteLength(text) <= 1024 && text !== '';

const noteIn = ({ sk, seq, head, signature, signedBy, vouches }: Record<string, AttributeValue>): NotedHead => ({
  chain: sk?.S ?? '',
  seq: Number(seq?.N),
  hash: head?.S ?? '',
  ...whereKnown({ signature: signature?.S, signedBy: signedBy?.S }),
  ...(vouches?.BOOL === true && { vouches: true }),
});

/** `table`: Cursors. */
export function createNotedHeads({ client, table }: { readonly client: DynamoDBClient; readonly table: string }) {
  return {
    /** Notes a new commit under the hour of this UTC instant. An earlier commit of the chain replaces no later one. */
    async note({ chain, seq, item }: Inserted, now: string): Promise<void> {
      const { hash, signature, signedBy, vouches } = item;
      if (!isChain(chain) || hash?.S === undefined) return;
      await whether(
        client.send(
          new PutItemCommand({
            TableName: table,
            Item: {
              pk: { S: partitionOf(now.slice(0, 13)) },
              sk: { S: chain },
              seq: { N: String(seq) },
              head: { S: hash.S },
              ...(signature?.S !== undefined && { signature }),
              ...(signedBy?.S !== undefined && { signedBy }),
              ...(vouches?.BOOL === true && { vouches }),
              expiresAt: { N: String(Math.ceil((Date.parse(now) + (hoursOfNotes + 1) * hour) / 1000)) },
            },
            ConditionExpression: 'attribute_not_exists(pk) OR seq < :seq',
            ExpressionAttributeValues: { ':seq': { N: String(seq) } },
          }),
        ),
      );
    },

    /** The notes of an hour, such as `2026-11-28T21`. A person could have written any of them. */
    async noted(hourName: string): Promise<readonly NotedHead[]> {
      const found: NotedHead[] = [];
      for await (const items of pagesUnder({ client, table }, partitionOf(hourName))) found.push(...items.map(noteIn));
      return found;
    },
  };
}
