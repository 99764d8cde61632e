/**
 * The row with all runs of a referral, for people who audit. One row a referral costs fewer requests than one a run. So a
 * page can sort and count ten thousand runs. See docs/decisions/050-one-row-holds-the-runs-of-a-referral.md.
 */
import * as z from 'zod';
import { dutiesOf, openDutiesOf } from '../deadlines/deadline-runs.ts';
import type { Deadline, DeadlineRun } from '../deadlines/deadline-state.ts';
import { soonest } from '../deadlines/open-deadlines.ts';
import { hasStepToTake, nextOfRun } from '../pathway/runs.ts';
import { type Policy, ruleOf, waitsOn } from '../policy/policy.ts';
import type { Referral } from '../referral.ts';
import { currentScreening } from '../screening/current-screening.ts';
import type { BoardRow } from './board-row.ts';

/** The rows of referrals with a run that lives, those in trouble first. */
export const runsList = 'runs';
/** The rows of referrals whose runs have all ended. */
export const endedRunsList = 'runs-ended';

/** So many losses in one UTC day are no accident: a restart does not help. */
const often = 3;

const storedRun = z.object({
  /** Without the reference of its referral: `D15.1`, `G1`, or empty for the run of the referral itself. */
  id: z.string(),
  /** `alive` and undisturbed; started again after a loss or a hand-over; lost again and again in one day; or over. */
  is: z.enum(['alive', 'restarted', 'handed-over', 'failing', 'ended']),
  generation: z.number(),
  /** Of the open duty that is due first; where none is open, of the last one. Absent for the run of a referral. */
  rule: z.string().optional(),
  /** Open duties, where there is more than one. */
  duties: z.number().optional(),
  /** Since when it stands where it stands, a UTC instant. Of an ended run: since when it has ended. */
  since: z.string(),
  /** What it waits on: recipients, or `screening` and `resolution`. Of an ended one: how it ended. */
  on: z.string(),
  /** What it does next if no one acts: a kind of checkpoint. `step`: it takes a step now. */
  next: z.string().optional(),
  at: z.string().optional(),
  due: z.string().optional(),
  missed: z.literal(true).optional(),
  /** When its last generation was lost or handed over. */
  endedBefore: z.string().optional(),
});
export type StoredRun = z.infer<typeof storedRun>;

/** The name of a run: the reference of its referral, and what the run has beside it. */
export const runNameOf = (referralId: string, { id }: Pick<StoredRun, 'id'>): string =>
  id === '' ? referralId : `${referralId}.${id}`;

/** The runs of a row. A text keeps the row small, and is read much faster than a list of the database. */
export const packRuns = (runs: readonly StoredRun[]): string => JSON.stringify(runs);

/** Read texts. A page reads the same rows again and again, and few of them are new. */
const known = new Map<string, readonly StoredRun[]>();
/** The texts of some thousand referrals, which are a few megabytes. */
const mostKnown = 6000;

/** None where the text is not one that this release wrote. */
export function unpackRuns(text: string): readonly StoredRun[] {
  const before = known.get(text);
  if (before) return before;
  const runs = parsed(text);
  if (known.size >= mostKnown) known.clear();
  known.set(text, runs);
  return runs;
}

function parsed(text: string): readonly StoredRun[] {
  try {
    return z.array(storedRun).safeParse(JSON.parse(text)).data ?? [];
  } catch {
    return [];
  }
}

const trouble: readonly StoredRun['is'][] = ['failing', 'restarted', 'handed-over'];

function isNow({ runEnds }: Referral, runId: string): Pick<StoredRun, 'is' | 'endedBefore'> {
  const ends = runEnds?.[runId] ?? [];
  const last = ends.at(-1);
  if (!last) return { is: 'alive' };
  // What came before an order or a hand-over is over.
  const losses = ends.slice(ends.findLastIndex(({ because }) => because !== 'lost') + 1);
  const sameDay = losses.filter(({ at }) => at.slice(0, 10) === last.at.slice(0, 10));
  const is = sameDay.length >= often ? 'failing' : last.because === 'lost' ? 'restarted' : 'handed-over';
  return { is, endedBefore: last.at };
}

/** Records kept apart (42 CFR Part 2) are on no list. */
const isKeptApart = ({ subject }: Deadline, { catalogue }: Policy): boolean =>
  subject !== undefined && Object.entries(catalogue).some(([service, { part2 }]) => service === subject && part2);

function runOfReferral(state: Referral, policy: Policy): StoredRun {
  const { id, generation, stage, endedAt } = state;
  const common = { id: '', generation };
  if (stage !== 'open') return { ...common, is: 'ended', since: endedAt ?? state.report.recordedAt, on: stage };
  const screening = currentScreening(state);
  return {
    ...common,
    ...isNow(state, id),
    since: screening?.at ?? state.report.recordedAt,
    on: screening ? 'resolution' : 'screening',
    ...(hasStepToTake(state, policy) && { next: 'step' }),
  };
}

function runOfDuties(state: Referral, { id, generation }: DeadlineRun, policy: Policy): readonly StoredRun[] {
  const isShown = (deadline: Deadline) => !isKeptApart(deadline, policy);
  const all = dutiesOf(state, id).filter(isShown);
  const open = openDutiesOf(state, id).filter(isShown);
  const common = { id: id.slice(state.id.length + 1), generation };
  const last = all.at(-1);
  if (!last) return [];
  const first = soonest(open);
  if (!first) {
    const since = last.keptAt ?? last.moved?.at ?? last.openedAt;
    return [{ ...common, is: 'ended', rule: last.rule, since, on: last.status }];
  }
  const next = nextOfRun(state, id, policy);
  return [
    {
      ...common,
      ...isNow(state, id),
      rule: first.rule,
      ...(open.length > 1 && { duties: open.length }),
      since: first.openedAt,
      on: [...new Set(open.flatMap((each) => waitsOn(ruleOf(policy, each), state)))].join(' '),
      ...(next && { next: next.kind, at: next.at }),
      due: first.due,
      ...(open.some(({ missed }) => missed) && { missed: true as const }),
    },
  ];
}

/** All runs of a referral: its own first, then those of its deadlines in order of opening. */
export const runsOf = (state: Referral, policy: Policy): readonly StoredRun[] => [
  runOfReferral(state, policy),
  ...Object.values(state.runs).flatMap((run) => runOfDuties(state, run, policy)),
];

/**
 * `row`: what every list has of the referral. The order changes only where trouble begins or ends, because each change of it
 * writes the index twice.
 */
export function runsRow(state: Referral, row: BoardRow, policy: Policy): BoardRow {
  const { referralId, seq, stage, missed, open, office, responseOffice, receivedAt = '', closedTo } = row;
  const runs = runsOf(state, policy);
  const isAlive = runs.some(({ is }) => is !== 'ended');
  const inTrouble = runs.some(({ is }) => trouble.includes(is));
  return {
    kind: 'runs',
    id: referralId,
    referralId,
    seq,
    stage,
    due: receivedAt,
    order: `${inTrouble ? 0 : 1}#${receivedAt}`,
    missed,
    open,
    receivedAt,
    ...(office !== undefined && { office }),
    ...(responseOffice !== undefined && { responseOffice }),
    ...(closedTo && { closedTo }),
    queue: isAlive ? runsList : endedRunsList,
    runs: packRuns(runs),
  };
}
