/**
 * The lists that people work from. Every row follows from a referral's state and can be rebuilt. No row decides
 * anything.
 */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import {
  type AttributeValue,
  type DynamoDBClient,
  PutItemCommand,
  type PutItemCommandInput,
  paginateQuery,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import { type BoardRow, boardRow } from '../domain/board/board-row.ts';
import { turnName } from '../domain/board/watchdog-turns.ts';
import { whereKnown } from '../domain/core/where-known.ts';
import { batchGet } from './batch-get.ts';
import { type OnUnread, readableRow } from './readable.ts';
import { whether } from './whether.ts';

export interface BoardPage {
  readonly rows: readonly BoardRow[];
  /** Pass it back for the next page. It is opaque, and valid for one list only. Absent on the last page. */
  readonly next?: string;
}

/**
 * The last row of a page: its kind, its id and its position in the list. Bounded: DynamoDB fails on a key that is too
 * long.
 */
const pageMark = z.tuple([
  z.enum([...boardRow.shape.kind.options, 'draft']),
  z.string().min(1).max(200),
  z.string().min(1).max(40),
]);

function readPageMark(text: string): z.infer<typeof pageMark> | undefined {
  if (text.length > 500) return undefined;
  try {
    return pageMark.safeParse(JSON.parse(Buffer.from(text, 'base64url').toString())).data;
  } catch {
    return undefined;
  }
}

/** The lists of drafts, by status. A draft that was sent or discarded is on none. */
const draftQueues = { open: 'drafts', expired: 'drafts-expired' } as const;
export type DraftList = keyof typeof draftQueues;
interface ListedDraft {
  readonly id: string;
  readonly seq: number;
  readonly ownerId: string;
  readonly since: string;
  readonly status: string;
}
const isListed = (status: string): status is DraftList => status in draftQueues;
/** The key of the drafts of one person. It is no person's id, so that no draft is among the rows that wait for them. */
const draftsOf = (list: DraftList, ownerId: string) => `${draftQueues[list]}#${ownerId}`;

/** Which drafts: those of one person, and with `all` those of all others after them. */
export interface ReadingOfDrafts {
  readonly list: DraftList;
  readonly ownerId: string;
  readonly all: boolean;
}

/** A page of ids of drafts. `next` as for `BoardPage`. */
export interface DraftPage {
  readonly rows: readonly string[];
  readonly next?: string;
}

/** Where each of several lists goes on, by its key: null at its beginning. A finished list is left out. */
const listCursors = z.record(z.string().max(120), pageMark.nullable());
type ListCursors = z.infer<typeof listCursors>;

function readListCursors(text: string): ListCursors | undefined {
  if (text.length > 6000) return undefined;
  try {
    return listCursors.safeParse(JSON.parse(Buffer.from(text, 'base64url').toString())).data;
  } catch {
    return undefined;
  }
}

/** The runs of a referral, deflated (RFC 1951) to a fifth. The row needs one unit to write in place of four. */
const deflated = ({ runs, ...row }: BoardRow) => ({ ...row, ...whereKnown({ runs: runs && deflateRawSync(runs) }) });
/** More than the runs of any referral have. A row that a person wrote must not use up the memory. */
const mostInflated = 1_000_000;
const inflated = z
  .instanceof(Uint8Array)
  .transform((bytes) => inflateRawSync(bytes, { maxOutputLength: mostInflated }).toString());
const readForm = boardRow.extend({ runs: inflated.optional() });

const written = (mark: unknown): string => Buffer.from(JSON.stringify(mark)).toString('base64url');
const orderOf = ({ due, order = due }: BoardRow): string => order;
/** The position in a list, and the turn, tell how lists are made. They are of no use to the reader. */
const shown = ({ order: _, turn: __, ...row }: BoardRow): BoardRow => row;
const markOf = (row: BoardRow): z.infer<typeof pageMark> => [row.kind, row.id, orderOf(row)];

/**
 * Which part of a list is read. Both bounds are sort keys of rows: a UTC instant or, in lists of work, a key of
 * `harm-order.ts`.
 */
export interface Reading {
  readonly limit: number;
  readonly after?: string | undefined;
  /** Rows at this key or later. */
  readonly from?: string | undefined;
  /** Rows before this key. */
  readonly before?: string | undefined;
  /** The last rows first. */
  readonly backwards?: boolean;
}

/** A row as it is stored. `seq` may be any value, because a person with access to the table may have written it. */
export interface StoredRow {
  readonly seq: AttributeValue | undefined;
  readonly row?: BoardRow;
}

export type Board = ReturnType<typeof createBoard>;

/** The place of a stored row. Undefined where no writer of the board would put a row there. */
const placeIn = ({ pk, sk, order }: Readonly<Record<string, AttributeValue>>) =>
  pageMark.safeParse([pk?.S, sk?.S, order?.S]).data;

/** `onUnread` hears of each row that cannot be read. Such a row is left out, and the others are read. */
export function createBoard({
  client,
  table,
  onUnread = () => undefined,
}: {
  readonly client: DynamoDBClient;
  readonly table: string;
  readonly onUnread?: OnUnread;
}) {
  const query = async (
    index: 'ByQueue' | 'ByOwner',
    value: string,
    mark: z.infer<typeof pageMark> | undefined,
    { limit, from, before, backwards = false }: Omit<Reading, 'after'>,
  ) => {
    const key = index === 'ByQueue' ? 'queue' : 'owner';
    // DynamoDB fails on a start outside the range. Such a cursor belongs to another list, or to another day.
    const [early, late] = [
      mark && from !== undefined && mark[2] < from,
      mark && before !== undefined && mark[2] >= before,
    ];
    if (backwards ? early : late) return { items: [] };
    const start = (backwards ? late : early) ? undefined : mark;
    const bounds = [
      ...(from === undefined ? [] : ['#order >= :from']),
      ...(before === undefined ? [] : ['#order < :before']),
    ];
    // DynamoDB takes one condition for a key. Of two bounds, the upper is sent inclusive, and its own rows are dropped
    // after.
    const sorted = bounds.length === 2 ? ['#order BETWEEN :from AND :before'] : bounds;
    let next = start && marshall({ pk: start[0], sk: start[1], order: start[2], [key]: value });
    for (;;) {
      const { Items: items = [], LastEvaluatedKey: end } = await client.send(
        new QueryCommand({
          TableName: table,
          IndexName: index,
          KeyConditionExpression: ['#key = :value', ...sorted].join(' AND '),
          ExpressionAttributeNames: { '#key': key, ...(bounds.length > 0 && { '#order': 'order' }) },
          ExpressionAttributeValues: {
            ':value': { S: value },
            ...(from !== undefined && { ':from': { S: from } }),
            ...(before !== undefined && { ':before': { S: before } }),
          },
          Limit: limit,
          ...(backwards && { ScanIndexForward: false }),
          ...(next && { ExclusiveStartKey: next }),
        }),
      );
      if (!end) return { items };
      // A page may end at a row that is no cursor. Then it ends at the last row before that is one.
      const last = [end, ...items.toReversed()].map(placeIn).find((place) => place !== undefined);
      if (last) return { items, last };
      next = end;
    }
  };

  const read = async (
    index: 'ByQueue' | 'ByOwner',
    value: string,
    mark: z.infer<typeof pageMark> | undefined,
    reading: Omit<Reading, 'after'>,
  ): Promise<{ readonly rows: readonly BoardRow[]; readonly last?: z.infer<typeof pageMark> }> => {
    const { items, last } = await query(index, value, mark, reading);
    const rows = items.flatMap((item) => readableRow(readForm, item, onUnread) ?? []);
    const { before } = reading;
    return {
      rows: before === undefined ? rows : rows.filter((row) => orderOf(row) < before),
      ...(last && { last }),
    };
  };

  const page = async (index: 'ByQueue' | 'ByOwner', value: string, reading: Reading): Promise<BoardPage> => {
    const mark = reading.after === undefined ? undefined : readPageMark(reading.after);
    if (reading.after !== undefined && !mark) {
      throw new RangeError('This is no mark of a page that the board gave.');
    }
    const { rows, last } = await read(index, value, mark, reading);
    return { rows: rows.map(shown), ...(last && { next: written(last) }) };
  };

  const merged = async (
    index: 'ByQueue' | 'ByOwner',
    values: readonly string[],
    reading: Reading,
  ): Promise<BoardPage> => {
    const marks = reading.after === undefined ? undefined : readListCursors(reading.after);
    if (reading.after !== undefined && !marks) {
      throw new RangeError('This is no mark of a page that the board gave.');
    }
    const going = marks ? values.filter((value) => value in marks) : values;
    const lists = await Promise.all(
      going.map(async (value) => ({ value, ...(await read(index, value, marks?.[value] ?? undefined, reading)) })),
    );
    const before = (one: BoardRow, other: BoardRow) => orderOf(one) < orderOf(other) !== (reading.backwards ?? false);
    const taken = lists
      .flatMap(({ value, rows }) => rows.map((row) => ({ value, row })))
      .toSorted(({ row: one }, { row: other }) => (orderOf(one) === orderOf(other) ? 0 : before(one, other) ? -1 : 1))
      .slice(0, reading.limit);
    const next: ListCursors = {};
    for (const { value, rows, last } of lists) {
      const own = taken.filter((each) => each.value === value);
      const end = own.at(-1);
      const isWhole = own.length === rows.length;
      if (isWhole && !last) continue;
      next[value] = (isWhole ? last : end && markOf(end.row)) ?? marks?.[value] ?? null;
    }
    return {
      rows: taken.map(({ row }) => shown(row)),
      ...(Object.keys(next).length > 0 && { next: written(next) }),
    };
  };

  async function putWhere(
    row: BoardRow,
    where: Pick<PutItemCommandInput, 'ConditionExpression' | 'ExpressionAttributeValues'>,
  ): Promise<void> {
    const Item = marshall(
      { pk: row.kind, sk: row.id, ...deflated(row), order: orderOf(row) },
      { removeUndefinedValues: true },
    );
    await whether(client.send(new PutItemCommand({ TableName: table, Item, ...where })));
  }

  return {
    /**
     * Writes a row unless one from a later commit is there. A row without queue and owner is a tombstone. Where a chain had `cut`
     * commits before it was cut, the row replaces those of the commits that are gone.
     */
    put: (row: BoardRow, cut = 0): Promise<void> =>
      putWhere(row, {
        ConditionExpression: 'attribute_not_exists(pk) OR seq < :seq OR seq <= :cut',
        ExpressionAttributeValues: { ':seq': { N: String(row.seq) }, ':cut': { N: String(cut) } },
      }),

    /** Lists a draft of a report while it is open, and after it ended by the rule. `seq` is the length of its chain. */
    async putDraft({ id, seq, ownerId, since, status }: ListedDraft): Promise<void> {
      const listed = isListed(status) ? { queue: draftQueues[status], owner: draftsOf(status, ownerId) } : {};
      await whether(
        client.send(
          new PutItemCommand({
            TableName: table,
            Item: marshall({ pk: 'draft', sk: id, seq, due: since, order: since, ...listed }),
            ConditionExpression: 'attribute_not_exists(pk) OR seq < :seq',
            ExpressionAttributeValues: { ':seq': { N: String(seq) } },
          }),
        ),
      );
    },

    /**
     * A page of drafts: the person's own first, then all others where asked for, the newest first in both. Its cursors
     * are of lists (`isListCursor`). Throws a RangeError where `after` is none.
     */
    async drafts({ list, ownerId, all }: ReadingOfDrafts, { limit, after }: Reading): Promise<DraftPage> {
      const marks = after === undefined ? undefined : readListCursors(after);
      if (after !== undefined && !marks) throw new RangeError('This is no mark of a page that the board gave.');
      const owner = draftsOf(list, ownerId);
      const own = { name: 'own', index: 'ByOwner', value: owner, isShown: () => true } as const;
      const others = {
        name: 'others',
        index: 'ByQueue',
        value: draftQueues[list],
        isShown: (by?: string) => by !== owner,
      } as const;
      const rows: string[] = [];
      for (const { name, index, value, isShown } of all ? [own, others] : [own]) {
        if (marks && !(name in marks)) continue;
        const later: ListCursors = all && name === 'own' ? { others: null } : {};
        let mark = marks?.[name] ?? undefined;
        do {
          if (rows.length === limit) return { rows, next: written({ [name]: mark ?? null, ...later }) };
          const page = await query(index, value, mark, { limit: limit - rows.length, backwards: true });
          rows.push(
            ...page.items.flatMap(({ sk, owner: by }) => (sk?.S !== undefined && isShown(by?.S) ? [sk.S] : [])),
          );
          mark = page.last;
        } while (mark);
      }
      return { rows };
    },

    /** The ids of open drafts as the list names them, the latest first, at most so many. */
    async listedDrafts(limit: number): Promise<readonly string[]> {
      const { items } = await query('ByQueue', draftQueues.open, undefined, { limit, backwards: true });
      return items.flatMap(({ sk }) => sk?.S ?? []);
    },

    /**
     * The stored row of each of these kinds and ids, however it came there. Undefined where there is none. `row` is absent
     * where it cannot be read.
     */
    async stored(rows: readonly Pick<BoardRow, 'kind' | 'id'>[]): Promise<readonly (StoredRow | undefined)[]> {
      const keys = rows.map(({ kind, id }) => ({ pk: { S: kind }, sk: { S: id } }));
      const items = await batchGet(client, table, keys);
      const found = new Map(items.map((item) => [`${item.pk?.S} ${item.sk?.S}`, item]));
      return rows.map(({ kind, id }) => {
        const item = found.get(`${kind} ${id}`);
        return item && { seq: item.seq, ...whereKnown({ row: readableRow(readForm, item, onUnread) }) };
      });
    },

    /**
     * Writes a row in place of one that is not as it was written, or that is gone. A row that changed since it was read
     * stays. A row without queue and owner is a tombstone.
     */
    replace: (row: BoardRow, read: StoredRow | undefined): Promise<void> =>
      putWhere(
        row,
        read?.seq
          ? { ConditionExpression: 'seq = :read', ExpressionAttributeValues: { ':read': read.seq } }
          : { ConditionExpression: 'attribute_not_exists(seq)' },
      ),

    /** The open referrals that have their turn with the watchdog in this round, by id. */
    async openInTurn(round: number): Promise<readonly string[]> {
      const found: string[] = [];
      const pages = paginateQuery(
        { client },
        {
          TableName: table,
          IndexName: 'ByTurn',
          KeyConditionExpression: '#turn = :turn',
          ExpressionAttributeNames: { '#turn': 'turn' },
          ExpressionAttributeValues: { ':turn': { S: turnName(round) } },
        },
      );
      for await (const { Items = [] } of pages) found.push(...Items.flatMap(({ sk }) => sk?.S ?? []));
      return found;
    },

    /** A page of a queue, in the order of its rows. Throws a RangeError where `after` is not a page's cursor. */
    queue: (queue: string, reading: Reading) => page('ByQueue', queue, reading),

    /** True for a text that can be the `next` of a page. */
    isPageCursor: (text: string): boolean => readPageMark(text) !== undefined,

    /** A page of the rows that wait for one person. */
    ownedBy: (owner: string, reading: Reading) => page('ByOwner', owner, reading),

    /**
     * A page of several queues, or of the rows of several owners, in one order. Its cursors are of another kind
     * (`isListCursor`).
     */
    queues: (queues: readonly string[], reading: Reading) => merged('ByQueue', queues, reading),
    ownedByAny: (owners: readonly string[], reading: Reading) => merged('ByOwner', owners, reading),

    /** True for a text that can be the `next` of a page of several lists. */
    isListCursor: (text: string): boolean => readListCursors(text) !== undefined,
  };
}
