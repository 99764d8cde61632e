/** Pages of the department's lists. A page has only rows of referrals that the reader's roles cover. */

import * as z from 'zod';
import type { BoardRow } from '../../domain/board/board-row.ts';
import { isOverdue } from '../../domain/board/board-rows.ts';
import { type Concern, concerns } from '../../domain/board/concerns.ts';
import { overdueBefore } from '../../domain/board/harm-order.ts';
import { openList, owedList, type RegionNumber, regionNumbers, stageList } from '../../domain/board/list-rows.ts';
import { anyStage } from '../../domain/core/command.ts';
import { isAfter } from '../../domain/core/instants.ts';
import { staff } from '../../domain/core/role-groups.ts';
import { type Role, roles } from '../../domain/core/vocabulary.ts';
import { whereKnown } from '../../domain/core/where-known.ts';
import { dutyOwner, personOwner, waitsOnList } from '../../domain/deadlines/deadline-rows.ts';
import { covers } from '../../domain/directory/scopes.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import type { Board, BoardPage, Reading } from '../../store/board.ts';
import { queueReaders, type Visitor } from '../access/visitor.ts';
import { asDue, readsToWork, shownRow } from './shown-row.ts';

/** The most pages of the board to read for one page of a person who sees few of the rows. */
const mostPages = 10;

/** The place of this row's referral. */
const placeOf = ({ office, responseOffice }: BoardRow, { geography }: Policy) => ({
  region: geography.offices.find(({ id }) => id === office)?.region,
  office,
  responseOffice,
});

/**
 * Whether a role that may read the list covers the row's referral. All roles cover a row without a known office. No role covers
 * it for a person with a declared conflict of interest. `team`: the one whose list it is, for the leaders of teams.
 */
export function isTheirs(
  row: BoardRow,
  { id, scopes }: Visitor,
  readers: readonly Role[],
  policy: Policy,
  team?: string,
): boolean {
  const { closedTo = [] } = row;
  if (closedTo.includes(id)) return false;
  const place = { ...placeOf(row, policy), team };
  return scopes.some(
    ({ role, scope, onBehalfOf = id }) =>
      readers.includes(role) && covers(role, scope, place) && !closedTo.includes(onBehalfOf),
  );
}

export interface Paging {
  readonly limit: number;
  readonly after?: string | undefined;
}

/** A request for a list. `now` is a UTC instant. */
export interface Asked<Filters> {
  readonly filters: Filters;
  readonly paging: Paging;
  readonly now: string;
}

const toWorker = (row: BoardRow): BoardRow => shownRow(row, true);

/** What this person sees of a row: all working codes where they work on its referral, else the pathway alone. */
export const rowFor =
  (visitor: Visitor, policy: Policy) =>
  (row: BoardRow): BoardRow =>
    shownRow(row, isTheirs(row, visitor, staff, policy));

/**
 * A page of the rows from `read` that `isShown` accepts. It reads up to `mostPages` pages of the board to fill it. A shorter page
 * has the cursor to go on. `show` says what the reader sees of a row. Throws RangeError where `after` is no cursor.
 */
export async function pageOf(
  read: (paging: Paging) => Promise<BoardPage>,
  { limit, ...paging }: Paging,
  isShown: (row: BoardRow) => boolean,
  show: (row: BoardRow) => BoardRow = toWorker,
): Promise<BoardPage> {
  const rows: BoardRow[] = [];
  let { after } = paging;
  for (let pages = 0; pages < mostPages && rows.length < limit; pages += 1) {
    const page = await read({ limit: limit - rows.length, after });
    rows.push(...page.rows.filter(isShown).map(show));
    after = page.next;
    if (after === undefined) break;
  }
  return { rows, ...whereKnown({ next: after }) };
}

/** A page of one list of the board. */
export const pageFor = (
  board: Pick<Board, 'queue'>,
  queue: string,
  paging: Paging,
  isShown: (row: BoardRow) => boolean,
  show?: (row: BoardRow) => BoardRow,
): Promise<BoardPage> => pageOf((reading) => board.queue(queue, reading), paging, isShown, show);

const yes = (words: string, description = `With "yes" ${words}.`) =>
  z.enum(['yes'], `Give "yes" for ${words}, or nothing.`).optional().meta({ description, example: 'yes' });

export const stageFilter = z
  .enum(anyStage, `Choose one of: ${anyStage.join(', ')}.`)
  .optional()
  .meta({ description: 'Those in one stage alone.', example: 'open' });
export const regionFilter = z
  .enum(regionNumbers, `Choose one of: ${regionNumbers.join(', ')}.`)
  .optional()
  .meta({ description: 'The number of the region, or "unknown" where it is not known yet.', example: '4' });
export const overdueFilter = yes('what is overdue alone');
export const bouncedFilter = yes('only referrals with an undelivered alert');

const queueOrders = ['harm', 'newest'] as const;

export const queueFilters = z.strictObject({
  stage: stageFilter,
  region: regionFilter,
  owner: z.enum(roles, 'Give a role, such as caseworker.').optional().meta({
    description: 'A role: one row comes for each open deadline that waits on it, and none for the referral as such.',
    example: 'caseworker',
  }),
  overdue: overdueFilter,
  concern: z
    .enum(concerns, `Choose one of: ${concerns.join(', ')}.`)
    .optional()
    .meta({
      description: 'Referrals with this concern alone, of those that the caller works on.',
      example: 'child-not-seen',
    }),
  order: z
    .enum(queueOrders, `Choose one of: ${queueOrders.join(', ')}.`)
    .optional()
    .meta({
      description: 'The order of the rows: by harm, or the newest report first. Without it: by harm.',
      example: 'newest',
    }),
});

/** The orders of the queue's page: those of an index, and those that it sorts by itself. */
export const pageOrders = [...queueOrders, 'oldest', 'due', 'office', 'waits-on'] as const;
type PageOrder = (typeof pageOrders)[number];
/** The filters of the queue's page. */
export const pageFilters = queueFilters.extend({ order: z.enum(pageOrders).optional() });
export type QueueFilters = z.infer<typeof pageFilters>;

export const deadlinesFilters = z.strictObject({ overdue: overdueFilter });
export const noFilters = z.strictObject({});
export const returnFilters = z.strictObject({
  undone: yes('those undone alone', 'With "yes" those alone where the talk or the screening is lacking.'),
});
/** The list of the board that holds the rows asked for with the fewest others. */
function listOf({ stage, region, owner }: QueueFilters): string {
  if (owner !== undefined) return waitsOnList(owner);
  if (stage !== undefined && stage !== 'open') return owedList(stage);
  return openList(region);
}

/** Whether the row has this concern. To those who do not work on its referral, no row has one. */
const hasConcern = (row: BoardRow, concern: Concern, visitor: Visitor, policy: Policy): boolean =>
  row.concerns?.includes(concern) === true && isTheirs(row, visitor, staff, policy);

/** So many rows of a list are read to sort them by what no index sorts. The figures of the home page read as many. */
export const mostSorted = 400;

export interface QueueRows extends BoardPage {
  /** The list has more rows than were read to sort them. */
  readonly isPart?: boolean;
}

/** What rows are sorted by, as text. Rows with nothing to sort by come last. */
const sortKeys = {
  // What is overdue is not next.
  due: ({ due, nextRuleDue }: BoardRow, now: string) =>
    [due, nextRuleDue ?? due].filter((each) => each > now).toSorted()[0] ?? '',
  office: ({ office = '' }: BoardRow) => office,
  'waits-on': ({ waitsOn = [], owner = '' }: BoardRow) => waitsOn.join() || (owner.split('@')[0] ?? ''),
} as const;
type SortedOrder = keyof typeof sortKeys;
const isSorted = (order: PageOrder): order is SortedOrder => order in sortKeys;

const isPosition = (text: string): boolean => /^[1-9]\d{0,3}$/.test(text);

/**
 * A page of rows in another order than that of their list. `read` gives the rows in the order of the list, which counts
 * between equal ones. Its cursor is a position. Throws RangeError where `after` is none.
 */
async function sortedPage(
  read: (reading: Paging) => Promise<BoardPage>,
  { limit, after = '' }: Paging,
  order: SortedOrder,
  now: string,
  isShown: (row: BoardRow) => boolean,
): Promise<QueueRows> {
  if (after !== '' && !isPosition(after)) throw new RangeError('This is no mark of a page that the queue gave.');
  const list = await read({ limit: mostSorted });
  const sorted = list.rows
    .filter(isShown)
    .map((row) => ({ row, key: sortKeys[order](row, now) }))
    .toSorted(({ key: one }, { key: other }) => {
      if (one === other) return 0;
      if (one === '' || other === '') return one === '' ? 1 : -1;
      return one < other ? -1 : 1;
    })
    .map(({ row }) => row);
  const end = Number(after) + limit;
  return {
    rows: sorted.slice(Number(after), end),
    ...(end < sorted.length && { next: String(end) }),
    ...(list.next !== undefined && { isPart: true }),
  };
}

/** Whether the rows are in the order of the report. An index has that for open referrals alone, and auditors have no other. */
const isByReport = ({ stage = 'open', owner, order }: QueueFilters, visitor: Visitor): boolean =>
  owner === undefined && (!readsToWork(visitor) || (stage === 'open' && (order === 'newest' || order === 'oldest')));

/**
 * A page of the queue within the filters and the visitor's roles. Open referrals by harm or by the instant of the report are
 * one read of an index for each page. By what is due, the office or who acts, it sorts the first `mostSorted` rows of the list
 * by harm. Rows of a role's deadlines, and ended referrals, have no order of the report.
 */
export async function queueFor(
  board: Pick<Board, 'queue'>,
  { filters, paging, now }: Asked<QueueFilters>,
  visitor: Visitor,
  policy: Policy,
): Promise<QueueRows> {
  const { stage, region, overdue, concern, order = 'harm' } = filters;
  const byReport = isByReport(filters, visitor);
  const bounds: Pick<Reading, 'before'> = overdue && !byReport ? { before: overdueBefore(now) } : {};
  const asked = (row: BoardRow) => (byReport ? asDue(row) : row);
  const read = (reading: Paging) =>
    byReport
      ? board.queue(stageList(stage ?? 'open', region), { ...reading, backwards: order !== 'oldest' })
      : board.queue(listOf(filters), { ...reading, ...bounds });
  const isShown = (row: BoardRow) =>
    isTheirs(row, visitor, queueReaders, policy) &&
    (stage === undefined || row.stage === stage) &&
    (region === undefined || regionOfRow(row, policy) === region) &&
    (concern === undefined || hasConcern(row, concern, visitor, policy)) &&
    (overdue === undefined || isOverdue(asked(row), now));
  const show = (row: BoardRow) => rowFor(visitor, policy)(asked(row));
  if (byReport || !isSorted(order) || !readsToWork(visitor)) return pageOf(read, paging, isShown, show);
  const page = await sortedPage(read, paging, order, now, isShown);
  return { ...page, rows: page.rows.map(show) };
}

export const regionOfRow = (row: BoardRow, policy: Policy): RegionNumber =>
  regionNumbers.find((number) => number === String(placeOf(row, policy).region)) ?? 'unknown';

/**
 * A page of every open deadline that waits on this person, sorted by harm. It waits by a duty, by a delegated duty, or by name. A
 * deadline that waits on them in two ways has two rows on the board, and one here.
 */
export const deadlinesOf = (
  board: Pick<Board, 'ownedByAny'>,
  asked: Asked<z.infer<typeof deadlinesFilters>>,
  visitor: Visitor,
): Promise<BoardPage> => ownPage(board, asked, visitor, []);

/**
 * A page of all that waits on this person, sorted by harm. It has their deadlines, seats and services. A sealed referral that
 * names them is there where no deadline in it is open.
 */
export const tasksOf = (
  board: Pick<Board, 'ownedByAny'>,
  asked: Asked<z.infer<typeof deadlinesFilters>>,
  visitor: Visitor,
): Promise<BoardPage> => ownPage(board, asked, visitor, [{ owner: visitor.id, whose: visitor.id }]);

interface Way {
  readonly owner: string;
  readonly whose: string;
}

function ownPage(
  board: Pick<Board, 'ownedByAny'>,
  { filters, paging, now }: Asked<z.infer<typeof deadlinesFilters>>,
  visitor: Visitor,
  more: readonly Way[],
): Promise<BoardPage> {
  const { id, scopes } = visitor;
  const mine: readonly Way[] = [
    ...more,
    { owner: personOwner(id), whose: id },
    ...scopes.map(({ role, scope, onBehalfOf = id }) => ({ owner: dutyOwner(role, scope), whose: onBehalfOf })),
    // The person on leave may be a referral's liaison by name.
    ...scopes.flatMap(({ role, onBehalfOf }) =>
      role === 'hart-liaison' && onBehalfOf !== undefined
        ? [{ owner: personOwner(onBehalfOf), whose: onBehalfOf }]
        : [],
    ),
  ];
  const bounds: Pick<Reading, 'before'> = filters.overdue ? { before: overdueBefore(now) } : {};
  return pageOf(
    (reading) => board.ownedByAny([...new Set(mine.map(({ owner }) => owner))], { ...reading, ...bounds }),
    paging,
    (task) => {
      const { kind, id: row, rule, from, closedTo = [], owner = '', owners = [owner] } = task;
      // The deadlines of a sealed referral have rows of their own.
      if (kind === 'sealed' && rule !== undefined) return false;
      // A step whose time is still to come.
      if (from !== undefined && isAfter(from, now)) return false;
      if (closedTo.includes(id) || (filters.overdue && !isOverdue(task, now))) return false;
      const ways = mine.filter(
        (each) =>
          owners.includes(each.owner) &&
          !closedTo.includes(each.whose) &&
          // Work assigned by name is not delegated, except the work of a liaison.
          (each.whose === id || each.owner !== personOwner(each.whose) || row.endsWith('#liaison')),
      );
      return owner === ways[0]?.owner;
    },
    (row) => shownRow(row, readsToWork(visitor)),
  );
}
