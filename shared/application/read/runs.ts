/** The runs of open referrals, for auditors: all, or only those that were started again. Codes and ids. */

import type * as z from 'zod';
import type { RunLine } from '../../contracts/lists.ts';
import { executionName } from '../../contracts/tasks.ts';
import type { BoardRow } from '../../domain/board/board-row.ts';
import { hasDue } from '../../domain/board/board-rows.ts';
import { restartedList, stageList } from '../../domain/board/list-rows.ts';
import { whereKnown } from '../../domain/core/where-known.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import type { Board } from '../../store/board.ts';
import { auditors, type Visitor } from '../access/visitor.ts';
import { type Asked, isTheirs, pageOf, type runFilters } from './queue.ts';
import { asDue, shownRow } from './shown-row.ts';

function lineOf({ id, referralId, stage, due, rule, generation = 1 }: BoardRow, now: string): RunLine {
  const runs = hasDue({ due });
  return {
    run: id,
    execution: executionName(id, generation),
    referralId,
    stage,
    generation,
    ...(runs && { due, ...whereKnown({ rule }) }),
    overdue: runs && due < now,
  };
}

/** A page of runs, the newest report first, or those that were started again with the least time left first. */
export async function runsFor(
  board: Pick<Board, 'queue'>,
  { filters, paging, now }: Asked<z.infer<typeof runFilters>>,
  visitor: Visitor,
  policy: Policy,
) {
  const { rows, next } = await pageOf(
    (reading) =>
      filters.restarted
        ? board.queue(restartedList, reading)
        : board.queue(stageList('open'), { ...reading, backwards: true }),
    paging,
    (row) => isTheirs(row, visitor, auditors, policy),
    (row) => shownRow(asDue(row), false),
  );
  return { runs: rows.map((row) => lineOf(row, now)), ...whereKnown({ next }) };
}
