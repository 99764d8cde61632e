/** Pages of the department's lists, with the rows alone of referrals that the roles of whoever looks cover. */
import * as z from 'zod';
import type { BoardRow } from '../../domain/board/board-row.ts';
import { isOverdue } from '../../domain/board/board-rows.ts';
import { overdueBefore } from '../../domain/board/harm-order.ts';
import { openList, owedList, type RegionNumber, regionNumbers } from '../../domain/board/list-rows.ts';
import { anyStage } from '../../domain/core/command.ts';
import { type Role, roles } from '../../domain/core/vocabulary.ts';
import { dutyOwner, personOwner, waitsOnList } from '../../domain/deadlines/deadline-rows.ts';
import { covers } from '../../domain/directory/scopes.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import type { Board, BoardPage, Reading } from '../../store/board.ts';
import { queueReaders, type Visitor } from '../access/visitor.ts';

/** So many pages of the board are looked through for one page of somebody who sees few of its rows. */
const mostPages = 10;

/** Where on the map the referral of this row belongs. */
const placeOf = ({ office, responseOffice }: BoardRow, { geography }: Policy) => ({
  region: geography.offices.find(({ id }) => id === office)?.region,
  office,
  responseOffice,
});

/**
 * Whether one of the roles that may read the list covers the referral of this row. A row of no known office is everybody's, but
 * for who said that a conflict of interest stands against their work on it.
 */
export function isTheirs(row: BoardRow, { id, scopes }: Visitor, readers: readonly Role[], policy: Policy): boolean {
  const { closedTo = [] } = row;
  if (closedTo.includes(id)) return false;
  const place = placeOf(row, policy);
  return scopes.some(
    ({ role, scope, onBehalfOf = id }) =>
      readers.includes(role) && covers(role, scope, place) && !closedTo.includes(onBehalfOf),
  );
}

export interface Paging {
  readonly limit: number;
  readonly after?: string | undefined;
}

/** What somebody asks of a list. `now` is a UTC instant. */
export interface Asked<Filters> {
  readonly filters: Filters;
  readonly paging: Paging;
  readonly now: string;
}

/** Who has a conflict of interest, and who else is asked, is for nobody to read in a list. */
const told = ({ closedTo: _closed, owners: _owners, calledAt: _called, callsAt: _calls, ...row }: BoardRow): BoardRow =>
  row;

/**
 * A page of what `read` gives, of the rows that are shown. It is full wherever enough of them are; after `mostPages` pages of the
 * board it is given as it is, with the mark of where to go on. Throws a RangeError where `after` is no mark of a page.
 */
export async function pageOf(
  read: (paging: Paging) => Promise<BoardPage>,
  { limit, ...paging }: Paging,
  isShown: (row: BoardRow) => boolean,
): Promise<BoardPage> {
  const rows: BoardRow[] = [];
  let { after } = paging;
  for (let pages = 0; pages < mostPages && rows.length < limit; pages += 1) {
    const page = await read({ limit: limit - rows.length, after });
    rows.push(...page.rows.filter(isShown).map(told));
    after = page.next;
    if (after === undefined) break;
  }
  return { rows, ...(after !== undefined && { next: after }) };
}

/** A page of one list of the board for this person. */
export const pageFor = (
  board: Pick<Board, 'queue'>,
  queue: string,
  paging: Paging,
  isShown: (row: BoardRow) => boolean,
): Promise<BoardPage> => pageOf((reading) => board.queue(queue, reading), paging, isShown);

const yes = (words: string) => z.literal('yes', `Give "yes" for ${words}, or nothing.`).optional();

export const stageFilter = z.enum(anyStage, `Choose one of: ${anyStage.join(', ')}.`).optional();
export const regionFilter = z
  .enum(regionNumbers, `Choose one of: ${regionNumbers.join(', ')}.`)
  .optional()
  .describe('The number of a region, or "unknown".');
export const overdueFilter = yes('what is overdue alone');
export const bouncedFilter = yes('those alone with an alert that reaches nobody');

/** What narrows the queue. */
export const queueFilters = z.strictObject({
  stage: stageFilter,
  region: regionFilter,
  /** A role: one row comes for each open deadline that waits on it. */
  owner: z.enum(roles, 'Give a role, such as caseworker.').optional(),
  overdue: overdueFilter,
});
export type QueueFilters = z.infer<typeof queueFilters>;

export const deadlinesFilters = z.strictObject({ overdue: overdueFilter });
/** A list that nothing narrows. */
export const noFilters = z.strictObject({});
export const returnFilters = z.strictObject({ undone: yes('those undone alone') });
export const runFilters = z.strictObject({ restarted: yes('runs that had to be started again alone') });

/** The list of the board that has what is asked for and the least beside it. */
function listOf({ stage, region, owner }: QueueFilters): string {
  if (owner !== undefined) return waitsOnList(owner);
  if (stage !== undefined && stage !== 'open') return owedList(stage);
  return openList(region);
}

/** A page of the queue, by harm, as far as its filters and the roles of the visitor go. */
export function queueFor(
  board: Pick<Board, 'queue'>,
  { filters, paging, now }: Asked<QueueFilters>,
  visitor: Visitor,
  policy: Policy,
): Promise<BoardPage> {
  const { stage, region, overdue } = filters;
  const bounds: Pick<Reading, 'before'> = overdue ? { before: overdueBefore(now) } : {};
  return pageOf(
    (reading) => board.queue(listOf(filters), { ...reading, ...bounds }),
    paging,
    (row) =>
      isTheirs(row, visitor, queueReaders, policy) &&
      (stage === undefined || row.stage === stage) &&
      (region === undefined || regionOfRow(row, policy) === region) &&
      (overdue === undefined || isOverdue(row, now)),
  );
}

export const regionOfRow = (row: BoardRow, policy: Policy): RegionNumber =>
  regionNumbers.find((number) => number === String(placeOf(row, policy).region)) ?? 'unknown';

/**
 * A page of every open deadline that waits on this person, by a duty of theirs or of somebody on leave, or by name, by harm. One that
 * waits on them in two ways comes twice in the board and once here.
 */
export async function deadlinesOf(
  board: Pick<Board, 'ownedByAny'>,
  { filters, paging, now }: Asked<z.infer<typeof deadlinesFilters>>,
  { id, scopes }: Visitor,
): Promise<BoardPage> {
  const mine = [
    { owner: personOwner(id), whose: id },
    ...scopes.map(({ role, scope, onBehalfOf = id }) => ({ owner: dutyOwner(role, scope), whose: onBehalfOf })),
    // Whoever is on leave may be the liaison of a referral by name.
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
    ({ id: row, due, missed, closedTo = [], owner = '', owners = [owner] }) => {
      if (closedTo.includes(id) || (filters.overdue && !isOverdue({ due, missed }, now))) return false;
      const ways = mine.filter(
        (each) =>
          owners.includes(each.owner) &&
          !closedTo.includes(each.whose) &&
          // What somebody has by name alone is not handed on, but for their work as a liaison.
          (each.whose === id || each.owner !== personOwner(each.whose) || row.endsWith('#liaison')),
      );
      return owner === ways[0]?.owner;
    },
  );
}
