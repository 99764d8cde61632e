/** The rows of facts, one for each referral. Reports read them, and every row can be rebuilt from the ledger. */
import { hash } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import { type FactRow, type KeptRow, keptRowShape } from '../domain/facts/fact-row-shape.ts';
import { newYorkDate } from '../domain/policy/due.ts';
import { pagesUnder } from './partition.ts';
import { type OnUnread, readableRow } from './readable.ts';
import { whether } from './whether.ts';

export type Facts = ReturnType<typeof createFacts>;

/** The New York month in which a referral was received, such as `2026-11`: the partition of its row. It never changes. */
const monthOf = ({ receivedAt }: Pick<FactRow, 'receivedAt'>): string => newYorkDate(receivedAt).slice(0, 7);
const partitionOf = (month: string): string => `month#${month}`;

/** The row as JSON, deflated (RFC 1951) to a fifth: a reading moves and pays for that much less. */
const packed = (row: KeptRow): Uint8Array => deflateRawSync(JSON.stringify(row));
const unpacked = (bytes: Uint8Array): unknown => JSON.parse(inflateRawSync(bytes).toString());

const storedForm = z
  .object({ row: z.instanceof(Uint8Array) })
  .transform(({ row }) => keptRowShape.parse(unpacked(row)));

/** `onUnread` hears of each row that cannot be read, such as one of another layout. The others are read. */
export function createFacts({
  client,
  table,
  onUnread = () => undefined,
}: {
  readonly client: DynamoDBClient;
  readonly table: string;
  readonly onUnread?: OnUnread;
}) {
  /** What this process read last of each month, by the digest of its bytes. Most rows are as they were, and are not parsed again. */
  const known = new Map<string, ReadonlyMap<string, KeptRow>>();
  return {
    /**
     * Writes a row unless one from a later commit is there. Of the same commit, a later layout counts. Where a chain had `cut`
     * commits before it was cut, the row replaces those of the commits that are gone.
     */
    async put(row: KeptRow, cut = 0): Promise<void> {
      const { id: sk, seq, v } = row;
      const Item = marshall({ pk: partitionOf(monthOf(row)), sk, seq, v, row: packed(row) });
      await whether(
        client.send(
          new PutItemCommand({
            TableName: table,
            Item,
            ConditionExpression: 'attribute_not_exists(pk) OR seq < :seq OR (seq = :seq AND #v < :v) OR seq <= :cut',
            ExpressionAttributeNames: { '#v': 'v' },
            ExpressionAttributeValues: {
              ':seq': { N: String(row.seq) },
              ':v': { N: String(row.v) },
              ':cut': { N: String(cut) },
            },
          }),
        ),
      );
    },

    /** Every row of the referrals received in a New York month, such as `2026-11`. */
    async ofMonth(month: string): Promise<readonly KeptRow[]> {
      const before = known.get(month);
      const found = new Map<string, KeptRow>();
      for await (const items of pagesUnder({ client, table }, partitionOf(month))) {
        for (const item of items) {
          const digest = hash('sha256', item.row?.B ?? '', 'hex');
          const row = before?.get(digest) ?? readableRow(storedForm, item, onUnread);
          if (row) found.set(digest, row);
        }
      }
      known.set(month, found);
      return [...found.values()];
    },
  };
}
