/** What is wrong today, counted for the home page of a person's roles. Each figure has its list. */

import { unreachedQueue } from '../../domain/alerts/unreached-rows.ts';
import type { BoardRow } from '../../domain/board/board-row.ts';
import { hasDue, isOverdue } from '../../domain/board/board-rows.ts';
import { type FigureName, figuresOf, isConcern } from '../../domain/board/figure-names.ts';
import { openList, restartedList } from '../../domain/board/list-rows.ts';
import { callQueue } from '../../domain/calls/call-rows.ts';
import { staff } from '../../domain/core/role-groups.ts';
import { whereKnown } from '../../domain/core/where-known.ts';
import { returnQueues, returnReaders } from '../../domain/missing/return-rows.ts';
import { newYorkDate, startOfDay } from '../../domain/policy/due.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import type { Board, BoardPage } from '../../store/board.ts';
import type { Ledger } from '../../store/ledger.ts';
import { auditors, isOneOf, leadsTeam, queueReaders, type Visitor } from '../access/visitor.ts';
import { isTheirs, type Paging, pageOf, tasksOf } from './queue.ts';
import { callRowsRead } from './read-calls.ts';
import { shiftFaults } from './shown-on-call.ts';

/** So many rows of a list are read for its figures. With more, the page says "at least". */
export const mostRows = 400;
/** So many days of findings are on their page, today's first. */
export const findingDays = 7;

export interface Figure {
  readonly name: FigureName;
  readonly count: number;
  /** The list has more rows than were counted. */
  readonly isAtLeast: boolean;
}

export interface TodayParts {
  readonly board: Pick<Board, 'queue'>;
  readonly ledger: Pick<Ledger, 'shifts' | 'roster' | 'findings'>;
  readonly policy: Policy;
  /** UTC instant. */
  readonly now: string;
}

interface Rows {
  readonly rows: readonly BoardRow[];
  readonly isAtLeast: boolean;
}

/** A page of needs that could not be met since midnight in New York, in the reader's places. The latest come first. */
export const unmetToday = (
  { board, policy, now }: Pick<TodayParts, 'board' | 'policy' | 'now'>,
  visitor: Visitor,
  paging: Paging,
): Promise<BoardPage> => {
  const bounds = { from: startOfDay(newYorkDate(now)), backwards: true };
  return pageOf(
    (reading) => board.queue('unmet', { ...reading, ...bounds }),
    paging,
    (row) => isTheirs(row, visitor, staff, policy),
  );
};

/** The findings of the last days, the latest first, with their UTC day. */
export async function recentFindings(ledger: Pick<Ledger, 'findings'>, now: string, days = findingDays) {
  const dates = Array.from({ length: days }, (_, back) =>
    new Date(Date.parse(now) - back * 86_400_000).toISOString().slice(0, 10),
  );
  const each = await Promise.all(
    dates.map(async (day) => (await ledger.findings(day)).map((finding) => ({ day, ...finding })).toReversed()),
  );
  return each.flat();
}

const ofOwnTasks: readonly FigureName[] = ['invitations', 'offers', 'overdue', 'due-today'];

interface OwnTasks extends Rows {
  /** As many of them as the home page shows. It has a cursor where there are more. */
  readonly first: BoardPage;
}

/**
 * The visitor's own tasks in one read, the most urgent first. The home page has the first `limit`. The figures of their roles
 * count all.
 */
export async function tasksAtHomeFor(
  { board, now }: { readonly board: Pick<Board, 'ownedByAny'>; readonly now: string },
  visitor: Visitor,
  limit: number,
): Promise<OwnTasks> {
  const isCounted = figuresOf(visitor.roles).some((name) => ofOwnTasks.includes(name));
  const paging = { limit: isCounted ? mostRows : limit };
  const { rows, next } = await tasksOf(board, { filters: {}, paging, now }, visitor);
  const more = rows.length > limit ? 'more' : next;
  return { rows, isAtLeast: next !== undefined, first: { rows: rows.slice(0, limit), ...whereKnown({ next: more }) } };
}

/**
 * The figures of the visitor's roles. `own`: their tasks, read already. It reads each other list once, and only lists that a figure
 * needs. A count has only referrals that their roles cover.
 */
export async function figuresFor(parts: TodayParts, visitor: Visitor, own: Promise<Rows>): Promise<readonly Figure[]> {
  const { board, ledger, policy, now } = parts;
  const reads = new Map<string, Promise<Rows>>();
  const once = (name: string, read: () => Promise<Rows>) => {
    const known = reads.get(name) ?? read();
    reads.set(name, known);
    return known;
  };
  const listed = (queue: string, readers: typeof staff, limit = mostRows) =>
    once(queue, async () => {
      const { rows, next } = await board.queue(queue, { limit });
      return { rows: rows.filter((row) => isTheirs(row, visitor, readers, policy)), isAtLeast: next !== undefined };
    });
  const counted = async (name: FigureName, rows: Promise<Rows>, isMeant: (row: BoardRow) => boolean = () => true) => {
    const found = await rows;
    return { name, count: found.rows.filter(isMeant).length, isAtLeast: found.isAtLeast };
  };
  const exactly = (name: FigureName, count: number): Figure => ({ name, count, isAtLeast: false });

  async function figure(name: FigureName): Promise<Figure> {
    if (isConcern(name)) {
      return counted(
        name,
        listed(openList(), staff),
        ({ stage, concerns = [] }) => stage === 'open' && concerns.includes(name),
      );
    }
    switch (name) {
      case 'to-call': {
        const { rows, isAtLeast } = await listed(callQueue, staff, callRowsRead);
        return { name, count: new Set(rows.map(({ referralId }) => referralId)).size, isAtLeast };
      }
      case 'unreached': {
        const { rows, isAtLeast } = await listed(unreachedQueue, queueReaders);
        return { name, count: new Set(rows.map(({ referralId }) => referralId)).size, isAtLeast };
      }
      case 'returns-undone':
        return counted(name, listed(returnQueues.undone, returnReaders));
      case 'unmet-today':
        return counted(
          name,
          unmetToday(parts, visitor, { limit: mostRows }).then(({ rows, next }) => ({
            rows,
            isAtLeast: next !== undefined,
          })),
        );
      case 'runs-restarted':
        return counted(name, listed(restartedList, auditors));
      case 'shifts-faulty':
        return exactly(name, shiftFaults((await ledger.shifts()).schedule.shifts, policy, now).length);
      case 'roster-gaps': {
        const teams = policy.geography.teams.filter(
          ({ id }) => isOneOf(visitor, auditors) || leadsTeam({ team: { id } }, visitor),
        );
        const gaps = await Promise.all(teams.map(({ id }) => ledger.roster(id)));
        return exactly(name, gaps.flat().length);
      }
      case 'findings':
        return exactly(name, (await recentFindings(ledger, now, 1)).length);
      case 'records-damaged': {
        const broken = (await recentFindings(ledger, now)).filter(({ what }) => what === 'chain-broken');
        return exactly(name, new Set(broken.map(({ about }) => about)).size);
      }
      case 'invitations':
        return counted(name, own, ({ kind }) => kind === 'seat');
      case 'offers':
        return counted(name, own, ({ linkage }) => linkage === 'offered');
      case 'overdue':
        return counted(name, own, (row) => hasDue(row) && isOverdue(row, now));
      case 'due-today': {
        const tonight = startOfDay(newYorkDate(now), 1);
        return counted(name, own, (row) => !isOverdue(row, now) && now <= row.due && row.due < tonight);
      }
    }
  }
  return Promise.all(figuresOf(visitor.roles).map(figure));
}
