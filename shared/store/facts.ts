/** The rows of facts, one for each referral. Reports read them, and every row can be rebuilt from the ledger. */
import { hash } from 'node:crypto';
import { type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import { type FactRow, factRowShape } from '../domain/facts/fact-row-shape.ts';
import { newYorkDate } from '../domain/policy/due.ts';
import { pagesUnder } from './partition.ts';
import { type OnUnread, readableRow } from './readable.ts';
import { whether } from './whether.ts';

export type Facts = ReturnType<typeof createFacts>;

/** The New York month in which a referral was received, such as `2026-11`: the partition of its row. It never changes. */
const monthOf = ({ receivedAt }: Pick<FactRow, 'receivedAt'>): string => newYorkDate(receivedAt).slice(0, 7);
const partitionOf = (month: string): string => `month#${month}`;

/** The fields of a duty in the order in which a stored row has them. Its duties are two thirds of a row. */
const dutyFields = [
  ...(['id', 'rule', 'kind', 'class', 'status'] as const),
  ...(['start', 'dueByRule', 'due', 'keptAt', 'hardStop', 'subject'] as const),
];

const packedRow = z.looseObject({ id: z.string(), receivedAt: z.string(), duties: z.array(z.array(z.string())) });

/**
 * The row as one text, which people can read and which is read twice as fast as attributes. A duty is a list. It leaves out what the row
 * says already: its reference, a start with the report, an unchanged due time.
 */
function textOf(row: FactRow): string {
  const duties = row.duties.map((duty) => {
    const id = duty.id.startsWith(`${row.id}.`) ? duty.id.slice(row.id.length) : duty.id;
    const start = duty.start === row.receivedAt ? '' : duty.start;
    const due = duty.due === duty.dueByRule ? '' : duty.due;
    const values = dutyFields.map((field) => ({ ...duty, id, start, due })[field] ?? '');
    return values.slice(0, values.findLastIndex((value) => value !== '') + 1);
  });
  return JSON.stringify({ ...row, duties });
}

/** The row of a text. Text of another shape throws. */
function rowIn(text: string): FactRow {
  const { duties, ...row } = packedRow.parse(JSON.parse(text));
  const read = duties.map((values) => {
    const duty = Object.fromEntries(
      dutyFields.flatMap((field, index) => (values[index] ? [[field, values[index]]] : [])),
    );
    return {
      start: row.receivedAt,
      due: duty.dueByRule,
      ...duty,
      id: duty.id?.startsWith('.') ? `${row.id}${duty.id}` : duty.id,
    };
  });
  return factRowShape.parse({ ...row, duties: read });
}

const storedForm = z.object({ row: z.string() }).transform(({ row }) => rowIn(row));

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
  /** What this process read last of each month, by the digest of its text. Most rows are as they were, and are not parsed again. */
  const known = new Map<string, ReadonlyMap<string, FactRow>>();
  return {
    /**
     * Writes a row unless one from a later commit is there. Of the same commit, a later layout counts. Where a chain had `cut`
     * commits before it was cut, the row replaces those of the commits that are gone.
     */
    async put(row: FactRow, cut = 0): Promise<void> {
      const { id: sk, seq, v } = row;
      const Item = marshall({ pk: partitionOf(monthOf(row)), sk, seq, v, row: textOf(row) });
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
    async ofMonth(month: string): Promise<readonly FactRow[]> {
      const before = known.get(month);
      const found = new Map<string, FactRow>();
      for await (const items of pagesUnder({ client, table }, partitionOf(month))) {
        for (const item of items) {
          const digest = hash('sha256', item.row?.S ?? '', 'hex');
          const row = before?.get(digest) ?? readableRow(storedForm, item, onUnread);
          if (row) found.set(digest, row);
        }
      }
      known.set(month, found);
      return [...found.values()];
    },
  };
}
