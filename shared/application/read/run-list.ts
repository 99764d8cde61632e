/** The runs of all referrals, for auditors: the least healthy first, counted by state. Codes, ids and instants. */

import * as z from 'zod';
import type { RunLine } from '../../contracts/lists.ts';
import { executionName } from '../../contracts/tasks.ts';
import { type RunState, runSentences, runStates, stateAt } from '../../domain/audit/run-states.ts';
import type { BoardRow } from '../../domain/board/board-row.ts';
import { endedRunsList, runNameOf, runsList, type StoredRun, unpackRuns } from '../../domain/board/run-rows.ts';
import { whereKnown } from '../../domain/core/where-known.ts';
import { findRule, type Policy } from '../../domain/policy/policy.ts';
import { dutyTitle } from '../../domain/words/duty-words.ts';
import type { Board } from '../../store/board.ts';
import { auditors, type Visitor } from '../access/visitor.ts';
import { isTheirs } from './queue.ts';

const hour = 3_600_000;
const spans = { hour, day: 24 * hour, week: 168 * hour, month: 720 * hour } as const;
export const runAges = ['hour', 'day', 'week', 'month'] as const;
export const runTimes = ['lost', 'lost-day', 'lost-week', 'acts-hour', 'acts-day', 'overdue'] as const;

export const runFilters = z.strictObject({
  state: z
    .enum(runStates, `Choose one of: ${runStates.join(', ')}.`)
    .optional()
    .meta({ description: 'Runs in one state alone. Without it: all but the ended ones.', example: 'restarted' }),
  stage: z.enum(['ended'], 'Give "ended", or nothing.').optional().meta({
    description: 'With "ended": the runs of referrals of which no run lives any more, the newest report first.',
    example: 'ended',
  }),
  rule: z.string().max(12).optional().meta({ description: 'Runs of deadlines under one rule alone.', example: 'D15' }),
  office: z.string().max(40).optional().meta({ description: 'Of one office alone.', example: 'HARTFORD' }),
  age: z
    .enum(runAges, `Choose one of: ${runAges.join(', ')}.`)
    .optional()
    .meta({ description: 'Runs that stand where they stand for longer than this.', example: 'week' }),
  time: z
    .enum(runTimes, `Choose one of: ${runTimes.join(', ')}.`)
    .optional()
    .meta({
      description:
        'Lost or handed over, ever or in the last day or week. Or due to act within the hour or the day, or overdue.',
      example: 'lost-day',
    }),
  text: z.string().max(60).optional().meta({
    description: 'A part of a reference, of the id of a run, or of the words of its duty.',
    example: '7F3KD',
  }),
  page: z
    .string()
    .regex(/^[1-9]\d{0,3}$/, 'Give a whole number from 1 on.')
    .optional()
    .meta({ description: 'Which page of fifty. Without it: the first.', type: 'integer', example: 2 }),
});
export type RunFilters = z.infer<typeof runFilters>;

/** So many referrals are read for one page. With more, the counts say "at least". */
const mostReferrals = 4000;
/** The most rows that DynamoDB gives at once are a megabyte, some 300 of these. */
const atOnce = 1000;

interface Found {
  readonly row: BoardRow;
  readonly run: StoredRun;
  readonly state: RunState;
}

/** Reads the runs of all referrals once, for all that is asked of them. `stage`: as in the filters. */
export async function readRuns(board: Pick<Board, 'queue'>, stage?: RunFilters['stage']) {
  const rows: BoardRow[] = [];
  const backwards = stage === 'ended';
  const list = backwards ? endedRunsList : runsList;
  let after: string | undefined;
  do {
    const page = await board.queue(list, { limit: atOnce, after, ...(backwards && { backwards }) });
    rows.push(...page.rows);
    after = page.next;
  } while (after !== undefined && rows.length < mostReferrals);
  return { rows, isAtLeast: after !== undefined };
}

const runIdOf = ({ row, run }: Pick<Found, 'row' | 'run'>): string => runNameOf(row.referralId, run);

const within = (instant: string | undefined, now: string, milliseconds: number): boolean =>
  instant !== undefined && Date.parse(now) - Date.parse(instant) <= milliseconds;

const isAtTime: Readonly<Record<(typeof runTimes)[number], (run: StoredRun, now: string) => boolean>> = {
  lost: ({ endedBefore }) => endedBefore !== undefined,
  'lost-day': ({ endedBefore }, now) => within(endedBefore, now, spans.day),
  'lost-week': ({ endedBefore }, now) => within(endedBefore, now, spans.week),
  'acts-hour': ({ at }, now) => at !== undefined && Date.parse(at) - Date.parse(now) <= hour,
  'acts-day': ({ at }, now) => at !== undefined && Date.parse(at) - Date.parse(now) <= spans.day,
  overdue: ({ due, missed }, now) => missed === true || (due !== undefined && due < now),
};

/** A duty in the words of pages and mail, as on every other page. */
const dutyOf = (rule: string | undefined, policy: Policy): string | undefined => {
  const known = findRule(policy, rule ?? '');
  return known && dutyTitle(known);
};

const wordsOf = (found: Found, policy: Policy): string =>
  `${runIdOf(found)} ${dutyOf(found.run.rule, policy) ?? 'pathway'} ${found.row.office ?? ''}`.toLowerCase();

/** All filters but the state, so that the counts of states are of what is looked at. */
function isAsked(found: Found, { rule, office, age, time, text }: RunFilters, policy: Policy, now: string): boolean {
  const { run, row } = found;
  return (
    (!rule || run.rule === rule) &&
    (!office || row.office === office || row.responseOffice === office) &&
    (!age || !within(run.since, now, spans[age])) &&
    (!time || isAtTime[time](run, now)) &&
    (!text || wordsOf(found, policy).includes(text.trim().toLowerCase()))
  );
}

/** The least healthy first. Lost ones by their loss, ended ones by their end, the latest first; others by what comes next. */
function order({ run, state }: Found, { run: other, state: otherState }: Found): number {
  if (state !== otherState) return runStates.indexOf(state) - runStates.indexOf(otherState);
  const [one, two] = state === 'ended' ? [other.since, run.since] : [run.at ?? '9', other.at ?? '9'];
  if (state === 'restarted' || state === 'handed-over')
    return (other.endedBefore ?? '') < (run.endedBefore ?? '') ? -1 : 1;
  return one < two ? -1 : one > two ? 1 : 0;
}

function lineOf(found: Found, policy: Policy, now: string): RunLine {
  const { row, run, state } = found;
  const { rule, duties, since, on, next, at, due, missed, endedBefore, generation } = run;
  const id = runIdOf(found);
  return {
    run: id,
    execution: executionName(id, generation),
    referralId: row.referralId,
    stage: row.stage,
    state,
    generation,
    since,
    overdue: missed === true || (due !== undefined && due < now),
    says: [...runSentences(run, policy, now)],
    ...(state === 'ended' ? { endedAs: on } : { waitsFor: on.split(' ') }),
    ...whereKnown({
      office: row.office,
      rule,
      duty: dutyOf(rule, policy),
      obligation: findRule(policy, rule ?? '')?.obligation,
      duties,
      due,
      next,
      nextAt: at,
      endedBefore,
    }),
  };
}

/**
 * A page of the runs that the visitor's roles cover. The counts are of all that the other filters find, by state. `now` is a UTC
 * instant, `size` the most rows of a page.
 */
export function runsAmong(
  { rows, isAtLeast }: Awaited<ReturnType<typeof readRuns>>,
  { filters, now }: { readonly filters: RunFilters; readonly now: string },
  visitor: Visitor,
  policy: Policy,
  size = 50,
) {
  const asked = rows
    .filter((row) => isTheirs(row, visitor, auditors, policy))
    .flatMap((row) => unpackRuns(row.runs ?? '').map((run): Found => ({ row, run, state: stateAt(run, now) })))
    .filter((found) => isAsked(found, filters, policy, now));
  const counts = Object.fromEntries(
    runStates.map((each) => [each, asked.filter(({ state }) => state === each).length]),
  ) as Record<RunState, number>;
  const shown = asked
    .filter(({ state }) =>
      filters.state === undefined ? filters.stage === 'ended' || state !== 'ended' : state === filters.state,
    )
    .toSorted(order);
  const pages = Math.max(1, Math.ceil(shown.length / size));
  const page = Math.min(Number(filters.page ?? '1'), pages);
  return {
    runs: shown.slice((page - 1) * size, page * size).map((found) => lineOf(found, policy, now)),
    counts,
    total: shown.length,
    page,
    pages,
    isAtLeast,
  };
}
export type RunsPage = ReturnType<typeof runsAmong>;

/** The same of runs that are read now. */
export const runsFor = async (
  board: Pick<Board, 'queue'>,
  asked: { readonly filters: RunFilters; readonly now: string },
  visitor: Visitor,
  policy: Policy,
  size?: number,
): Promise<RunsPage> => runsAmong(await readRuns(board, asked.filters.stage), asked, visitor, policy, size);
