/** Pages of the department's lists, with the rows alone of referrals that the roles of whoever looks cover. */
import type { BoardRow } from '../domain/board-rows.ts';
import type { Policy } from '../domain/policy.ts';
import { covers } from '../domain/scopes.ts';
import type { Role } from '../domain/vocabulary.ts';
import type { Board, BoardPage } from '../store/board.ts';
import type { Visitor } from './visitor.ts';

/** So many pages of the board are looked through for one page of somebody who sees few of its rows. */
const mostPages = 10;

/** Whether one of the roles that may read the list covers the referral of this row. A row of no known office is everybody's. */
export function isTheirs(row: BoardRow, { scopes }: Visitor, readers: readonly Role[], { geography }: Policy): boolean {
  const region = geography.offices.find(({ id }) => id === row.office)?.region;
  const place = { region, office: row.office, responseOffice: row.responseOffice };
  return scopes.some(({ role, scope }) => readers.includes(role) && covers(role, scope, place));
}

/**
 * A page of a list for this person. It is full wherever enough of the list is theirs; after `mostPages` pages of the board it
 * is given as it is, with the mark of where to go on. Throws a RangeError where `after` is no mark of a page.
 */
export async function pageFor(
  board: Pick<Board, 'queue'>,
  queue: string,
  paging: { readonly limit: number; readonly after?: string | undefined },
  isShown: (row: BoardRow) => boolean,
): Promise<BoardPage> {
  const rows: BoardRow[] = [];
  let { after } = paging;
  for (let pages = 0; pages < mostPages && rows.length < paging.limit; pages += 1) {
    const page = await board.queue(queue, { limit: paging.limit - rows.length, after });
    rows.push(...page.rows.filter(isShown));
    after = page.next;
    if (after === undefined) break;
  }
  return { rows, ...(after !== undefined && { next: after }) };
}
