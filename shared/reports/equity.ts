/** Equity: whether children are treated alike, by gender, race, age, population, region and language. */
import type { FactRow } from '../domain/facts/fact-row-shape.ts';
import type { Period } from './calendars.ts';
import { type Cohort, cohortOf } from './cohort.ts';
import { valuesOf } from './cohort-parts.ts';
import {
  type Difference,
  differenceOfShares,
  type SplitName,
  shareFrom,
  splitNames,
  type Tally,
  tallyOf,
} from './figures.ts';
import { measureNamed } from './measures.ts';
import { shareCells, shareHeadings, shareNotes, type Table } from './report-tables.ts';

/** What is compared, in the order in which it is shown. */
export const equityMeasures = [
  'unscreened-on-return',
  'on-time-law-now',
  'on-time-law-today',
  'on-time-law-routine',
  'child-seen',
  'service-started',
  'unmet-need',
  'held',
  'petitioned',
  'child-charged',
  'not-indicated',
] as const;

/** All children with another known value. */
export const others = 'all-others';

const isUnknown = (value: string): boolean => value === 'unknown' || value === 'not-known';

/** What the children of a group are counted to, and those of them whose every value is known. */
interface Group {
  readonly all: Sum;
  readonly known: Sum;
}
type Sum = { -readonly [Name in keyof Tally]: Tally[Name] };
const nothing = (): Sum => ({ count: 0, of: 0, unknown: 0 });
const add = (sum: Sum, more: Tally): void => {
  sum.count += more.count;
  sum.of += more.of;
  sum.unknown += more.unknown;
};
const less = (whole: Tally, part: Tally): Tally => ({
  count: whole.count - part.count,
  of: whole.of - part.of,
  unknown: whole.unknown - part.unknown,
});

/** The children of a cohort by the values of a split, in one pass. `others`: all whose every value is known. */
function groupsOf(by: SplitName, { children }: Cohort, tallies: ReadonlyMap<string, Tally>) {
  const groups = new Map<string, Group>();
  const known = nothing();
  for (const { id, referrals } of children) {
    const values = new Set(referrals.slice(-1).flatMap((last) => valuesOf(by, last)));
    const isKnown = ![...values].some(isUnknown);
    const tally = tallies.get(id) ?? nothing();
    if (isKnown) add(known, tally);
    for (const value of values) {
      const group = groups.get(value) ?? { all: nothing(), known: nothing() };
      groups.set(value, group);
      add(group.all, tally);
      if (isKnown) add(group.known, tally);
    }
  }
  return { groups: new Map([...groups].toSorted(([one], [other]) => (one < other ? -1 : 1))), known };
}

/**
 * The differences of each measure: first boys against girls without a screening on return, then each group against all others. No child
 * is on both sides, so that the interval holds. Restricted referrals are in none. Cases are found once for a measure, and added up by child.
 */
export function equityOf(rows: readonly FactRow[], period: Period, asOf: string): readonly Difference[] {
  const cohort = cohortOf(rows, period, asOf);
  const [first] = equityMeasures;
  return equityMeasures.flatMap((id) => {
    const measure = measureNamed(id);
    if (measure?.kind !== 'share') throw new RangeError(`There is no share ${id}.`);
    const byChild = Map.groupBy(measure.cases(cohort), ({ childId }) => childId);
    const tallies = new Map([...byChild].map(([child, cases]) => [child, tallyOf(cases)] as const));
    const found = splitNames.map((by) => ({ by, ...groupsOf(by, cohort, tallies) }));
    const genders = found.find(({ by }) => by === 'gender')?.groups;
    const sideOf = (gender: string) => shareFrom(genders?.get(gender)?.all ?? nothing());
    const boys =
      id === first ? [differenceOfShares(measure, 'gender', ['boy', 'girl'], [sideOf('boy'), sideOf('girl')])] : [];
    const each = found.flatMap(({ by, groups, known }) =>
      [...groups]
        .filter(([value]) => !isUnknown(value))
        .map(([value, group]) => {
          const shares = [shareFrom(group.all), shareFrom(less(known, group.known))] as const;
          return differenceOfShares(measure, by, [value, others], shares);
        }),
    );
    return [...boys, ...each];
  });
}

export function equityTable(rows: readonly FactRow[], period: Period, asOf: string): Table {
  return {
    id: 'equity',
    title: 'Differences between groups of children',
    period: period.name,
    asOf,
    headings: [
      ...['measure', 'by', 'group', 'against'],
      ...shareHeadings.map((each) => `group_${each}`),
      ...shareHeadings.map((each) => `against_${each}`),
      ...['difference', 'difference_low', 'difference_high'],
    ],
    rows: equityOf(rows, period, asOf).map(({ measure, by, one, other, shares, difference, interval }) => [
      ...[measure, by, one, other],
      ...shareCells(shares[0]),
      ...shareCells(shares[1]),
      ...[difference, interval?.[0], interval?.[1]],
    ]),
    notes: [
      ...shareNotes,
      "The difference is the group minus the others, with Newcombe's interval at 95 in 100. Zero in it: no difference is shown.",
      'Many rows are compared. About one in twenty shows a difference by chance alone.',
      'Restricted referrals and children whose group is unknown are left out.',
    ],
  };
}
