/**
 * What a director looks at on a Monday: how the work stands at an instant. Each figure is made again for a week before, of the same
 * rows. Sealed referrals are in none: no year has ended.
 */
import type { FactDuty, FactRow } from '../domain/facts/fact-row-shape.ts';
import { isUnmet } from './cases.ts';
import { childrenOf } from './children.ts';
import { isUpTo } from './utc-instants.ts';

const week = 7 * 86_400_000;

interface Stands {
  /** The UTC instant of the figure. */
  readonly at: string;
  readonly rows: readonly FactRow[];
}

/** One thing that is counted, and the referral that explains it. A child may have several. */
interface Counted {
  readonly id: string;
  readonly referrals: readonly string[];
}

export interface MondayMeasure {
  readonly id: string;
  readonly words: string;
  readonly counts: string;
  readonly leftOut: string;
  /** Whether its list tells a fact about each child, and not only how the work stands. */
  readonly tellsFacts: boolean;
  readonly count: (stands: Stands) => readonly Counted[];
}

/** Whether the referral was there, and not ended, at the instant. */
const isOpenAt = ({ receivedAt, stage, endedAt }: FactRow, at: string): boolean =>
  isUpTo(receivedAt, at) && (stage === 'open' || !isUpTo(endedAt, at));

const openAt = ({ rows, at }: Stands): readonly FactRow[] => rows.filter((row) => isOpenAt(row, at));

const each = (rows: readonly FactRow[]): readonly Counted[] => rows.map(({ id }) => ({ id, referrals: [id] }));

/** Whether a duty of law was due, and neither kept nor ended, at the instant. */
const isOverdueAt = ({ kind, start, due, keptAt, status }: FactDuty, at: string): boolean =>
  kind === 'statute' &&
  isUpTo(start, at) &&
  isUpTo(due, at) &&
  !isUpTo(keptAt, at) &&
  (status === 'open' || status === 'kept' || status === 'missed-closed');

/** The row with what it knew of its needs at the instant. */
const needsAt = ({ services }: FactRow, at: string): FactRow['services'] =>
  services.flatMap(({ startedAt, ...need }) =>
    isUpTo(need.neededAt, at)
      ? [
          {
            ...need,
            ...(startedAt !== undefined && isUpTo(startedAt, at) && { startedAt }),
            declines: need.declines.filter((decline) => isUpTo(decline.at, at)),
          },
        ]
      : [],
  );

/** The children of open referrals with a need of which this holds. */
const childrenWith = (stands: Stands, holds: (need: FactRow['services'][number]) => boolean): readonly Counted[] =>
  childrenOf(openAt(stands)).flatMap(({ id, referrals }) => {
    const found = referrals.filter((row) => needsAt(row, stands.at).some(holds));
    return found.length === 0 ? [] : [{ id, referrals: found.map((row) => row.id) }];
  });

const noError = 'Referrals that have ended.';

export const mondayMeasures: readonly MondayMeasure[] = [
  {
    id: 'monday-new',
    words: 'New referrals in seven days',
    counts: 'Referrals received in the seven days up to this time, whatever became of them',
    leftOut: 'Restricted referrals.',
    tellsFacts: false,
    count: ({ rows, at }) =>
      each(rows.filter(({ receivedAt }) => isUpTo(receivedAt, at) && Date.parse(receivedAt) > Date.parse(at) - week)),
  },
  {
    id: 'monday-not-seen',
    words: 'Open referrals with a child not seen yet',
    counts: 'Referrals that are open, in which no one has recorded that the child was seen',
    leftOut: `${noError} Restricted referrals.`,
    tellsFacts: false,
    count: (stands) => each(openAt(stands).filter(({ stages }) => !isUpTo(stages.seen, stands.at))),
  },
  {
    id: 'monday-overdue-law',
    words: 'Overdue duties of law',
    counts: 'Duties of law whose due time has passed, extensions counted, and that no one has kept',
    leftOut: `${noError} Duties that ended or did not apply. Restricted referrals.`,
    tellsFacts: false,
    count: (stands) =>
      openAt(stands).flatMap((row) =>
        row.duties
          .filter((duty) => isOverdueAt(duty, stands.at))
          .map((duty) => ({ id: `${row.id} ${duty.id}`, referrals: [row.id] })),
      ),
  },
  {
    id: 'monday-no-bed',
    words: 'Children without a bed',
    counts: 'Children of open referrals who need a safe placement that was declined and has not started',
    leftOut: `${noError} Needs that ended or were met elsewhere. Restricted referrals.`,
    tellsFacts: true,
    count: (stands) => childrenWith(stands, (need) => need.service === 'safe-placement' && isUnmet(need)),
  },
  {
    id: 'monday-unmet',
    words: 'Children with an unmet need',
    counts: 'Children of open referrals with a service that was declined and has not started',
    leftOut: `${noError} Needs that ended or were met elsewhere. Restricted referrals.`,
    tellsFacts: true,
    count: (stands) => childrenWith(stands, isUnmet),
  },
];

export const mondayNamed = (id: string): MondayMeasure | undefined =>
  mondayMeasures.find((measure) => measure.id === id);

export interface MondayFigure {
  readonly measure: string;
  readonly count: number;
  readonly weekBefore: number;
  /** The count by region; `unknown` where no region is known. */
  readonly byRegion: Readonly<Record<string, number>>;
}

const regionOf = (rows: readonly FactRow[]): ReadonlyMap<string, string> =>
  new Map(rows.map(({ id, region }) => [id, region === undefined ? 'unknown' : String(region)] as const));

/** The figures at `asOf` and a week before, both UTC. */
export function mondayFigures(given: readonly FactRow[], asOf: string): readonly MondayFigure[] {
  const rows = given.filter(({ sealed }) => !sealed);
  const before = new Date(Date.parse(asOf) - week).toISOString();
  const regions = regionOf(rows);
  return mondayMeasures.map(({ id, count }) => {
    const now = count({ rows, at: asOf });
    const placed = Map.groupBy(now, ({ referrals }) => regions.get(referrals.at(-1) ?? '') ?? 'unknown');
    return {
      measure: id,
      count: now.length,
      weekBefore: count({ rows, at: before }).length,
      byRegion: Object.fromEntries([...placed].map(([region, counted]) => [region, counted.length])),
    };
  });
}

/** The referrals behind a figure of Monday, each once, the least first. */
export const mondayReferrals = ({ count }: MondayMeasure, given: readonly FactRow[], asOf: string): readonly string[] =>
  [
    ...new Set(count({ rows: given.filter(({ sealed }) => !sealed), at: asOf }).flatMap(({ referrals }) => referrals)),
  ].toSorted();

/** How many duties of law of each rule are overdue, the most first. */
export function overdueByRule(given: readonly FactRow[], asOf: string): readonly { rule: string; count: number }[] {
  const open = openAt({ rows: given.filter(({ sealed }) => !sealed), at: asOf });
  const overdue = open.flatMap(({ duties }) => duties.filter((duty) => isOverdueAt(duty, asOf)));
  return [...Map.groupBy(overdue, ({ rule }) => rule)]
    .map(([rule, duties]) => ({ rule, count: duties.length }))
    .toSorted((one, other) => other.count - one.count || (one.rule < other.rule ? -1 : 1));
}
