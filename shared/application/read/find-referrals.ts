/**
 * Finds referrals by facts that identify no child: reference, stage, region, day of the report, overdue deadlines and undelivered
 * alerts.
 */

import * as z from 'zod';
import { type SearchLine, searchLine } from '../../contracts/lists.ts';
import type { BoardRow } from '../../domain/board/board-row.ts';
import { boardRows, hasDue, isOverdue } from '../../domain/board/board-rows.ts';
import { overdueBefore } from '../../domain/board/harm-order.ts';
import { bouncedList, openList, type RegionNumber, stageList } from '../../domain/board/list-rows.ts';
import { anyStage } from '../../domain/core/command.ts';
import { readReference } from '../../domain/core/ids.ts';
import { whereKnown } from '../../domain/core/where-known.ts';
import { startOfDay } from '../../domain/policy/due.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import type { Board, BoardPage, Reading } from '../../store/board.ts';
import type { Ledger } from '../../store/ledger.ts';
import { mayRead, queueReaders, type Visitor } from '../access/visitor.ts';
import {
  bouncedFilter,
  isTheirs,
  overdueFilter,
  type Paging,
  pageOf,
  regionFilter,
  regionOfRow,
  rowFor,
  stageFilter,
} from './queue.ts';
import { readsToWork, shownRow } from './shown-row.ts';
import { worksOn } from './shown-view.ts';

const day = z.iso
  .date('Give a date as YYYY-MM-DD.')
  .refine((date) => !/^\d{4}-/.test(date) || /^20/.test(date), 'Give a year from 2000 to 2099.')
  .optional();

const filters = z.strictObject({
  reference: z
    .string()
    .max(40, 'A reference looks like CR-7F3KD-9QXMTQ.')
    .transform((typed) => readReference('CR', typed) ?? '')
    .refine((reference) => reference !== '', 'A reference looks like CR-7F3KD-9QXMTQ: one of its characters is wrong.')
    .optional()
    .meta({ description: 'The reference of one referral, as a person typed it.', example: 'CR-7F3KD-9QXMTQ' }),
  stage: stageFilter,
  region: regionFilter,
  from: day.meta({ description: 'The first day of the report, New York time.', example: '2026-11-01' }),
  to: day.meta({ description: 'The last day of the report, New York time.', example: '2026-11-30' }),
  overdue: overdueFilter,
  bounced: bouncedFilter,
});
export const findFilters = filters.refine(({ from, to }) => !from || !to || from <= to, {
  path: ['to'],
  error: 'The earlier day comes first.',
});
export type FindFilters = z.infer<typeof filters>;

function lineOf(row: BoardRow, policy: Policy, now: string): SearchLine {
  const { referralId, stage, receivedAt, office, outcome, danger, missing, rule, about, open, missed } = row;
  const due = row.nextDue ?? row.due;
  const runs = hasDue({ due });
  return searchLine.parse({
    referralId,
    stage,
    receivedAt,
    region: regionOfRow(row, policy),
    office,
    outcome,
    danger,
    missing,
    ...(runs && { due, rule, about }),
    overdue: runs && isOverdue(row, now),
    open,
    missed,
  });
}

export interface FindParts {
  readonly ledger: Pick<Ledger, 'referral'>;
  readonly board: Pick<Board, 'queue' | 'queues'>;
  readonly policyOf: (version: string) => Policy;
  /** UTC instant. */
  readonly now: string;
}

/** Picks the lists that hold the fewest other rows. Each list is in the order of the answer. */
function readerOf(
  { board, now }: FindParts,
  byHarm: boolean,
  { stage, region, overdue, bounced, from, to }: FindFilters,
): (paging: Paging) => Promise<BoardPage> {
  if (byHarm && overdue && !bounced)
    return (paging) => board.queues([openList(region)], { ...paging, before: overdueBefore(now) });
  // Lists sorted by harm cannot be cut by the day of the report.
  if (byHarm && stage === 'open' && !bounced && from === undefined && to === undefined) {
    return (paging) => board.queues([openList(region)], paging);
  }
  const bounds: Omit<Reading, 'limit'> = {
    backwards: true,
    ...(from !== undefined && { from: startOfDay(from) }),
    ...(to !== undefined && { before: startOfDay(to, 1) }),
  };
  const lists = bounced ? [bouncedList] : (stage ? [stage] : anyStage).map((each) => stageList(each, region));
  return (paging) => board.queues(lists, { ...paging, ...bounds });
}

/**
 * A page of matching referrals. Open ones without a given day, and overdue ones, are sorted by harm, all others by the newest
 * report. Auditors get all by the newest report, and the pathway alone. It leaves out referrals that the visitor's roles do not cover, and sealed ones.
 */
export async function findReferrals(
  parts: FindParts,
  asked: FindFilters,
  paging: Paging,
  visitor: Visitor,
  policy: Policy,
): Promise<{ readonly referrals: readonly SearchLine[]; readonly next?: string }> {
  const { now } = parts;
  const isMeant = (row: BoardRow) => meets(row, asked, policy, now);
  if (asked.reference !== undefined) {
    const found = await parts.ledger.referral(asked.reference);
    if (!found || !mayRead(found.state, { ...visitor, at: now })) return { referrals: [] };
    const rows = boardRows(found.state, parts.policyOf(found.policy));
    const isBounced = rows.some(({ kind, queue }) => kind === 'bounced' && queue !== undefined);
    const own = rows.filter((row) => row.kind === 'referral' && isMeant(row) && (!asked.bounced || isBounced));
    const works = worksOn(found.state, { ...visitor, at: now });
    return { referrals: own.map((row) => lineOf(shownRow(row, works), policy, now)) };
  }
  const { rows, next } = await pageOf(
    readerOf(parts, readsToWork(visitor), asked),
    paging,
    (row) => isTheirs(row, visitor, queueReaders, policy) && isMeant(row),
    rowFor(visitor, policy),
  );
  return { referrals: rows.map((row) => lineOf(row, policy, now)), ...whereKnown({ next }) };
}

function meets(row: BoardRow, asked: FindFilters, policy: Policy, now: string): boolean {
  const { stage, region, from, to, overdue } = asked;
  const received = row.receivedAt ?? '';
  const isIn = (wanted: RegionNumber) => regionOfRow(row, policy) === wanted;
  return (
    (stage === undefined || row.stage === stage) &&
    (region === undefined || isIn(region)) &&
    (from === undefined || received >= startOfDay(from)) &&
    (to === undefined || received < startOfDay(to, 1)) &&
    (overdue === undefined || isOverdue(row, now))
  );
}
