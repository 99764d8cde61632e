/** Equity: whether children are treated alike, by gender, race, age, population, region and language. */
import type { FactRow } from '../domain/facts/fact-row-shape.ts';
import type { Period } from './calendars.ts';
import { cohortOf } from './cohort.ts';
import { type Difference, differenceBetween, type SplitName, splitNames } from './figures.ts';
import { measureNamed } from './measures.ts';
import { partWhere, valuesIn, valuesOf } from './parts.ts';
import { shareCells, shareHeadings, shareNotes, type Table } from './tables.ts';

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

/**
 * The differences of each measure: first boys against girls without a screening on return, then each group against all others. No child
 * is on both sides, so that the interval holds. Sealed referrals are in none.
 */
export function equityOf(rows: readonly FactRow[], period: Period, asOf: string): readonly Difference[] {
  const cohort = cohortOf(rows, period, asOf, true);
  const having = (by: SplitName, value: string) => partWhere(cohort, (row) => valuesOf(by, row).includes(value));
  const lacking = (by: SplitName, value: string) =>
    partWhere(cohort, (row) => !valuesOf(by, row).some((each) => each === value || isUnknown(each)));
  const [first] = equityMeasures;
  return equityMeasures.flatMap((id) => {
    const measure = measureNamed(id);
    if (!measure) throw new RangeError(`There is no measure ${id}.`);
    const boys =
      id === first
        ? [differenceBetween(measure, 'gender', ['boy', 'girl'], [having('gender', 'boy'), having('gender', 'girl')])]
        : [];
    const groups = splitNames.flatMap((by) =>
      valuesIn(cohort, by)
        .filter((value) => !isUnknown(value))
        .map((value) => differenceBetween(measure, by, [value, others], [having(by, value), lacking(by, value)])),
    );
    return [...boys, ...groups].flatMap((each) => each ?? []);
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
      'Sealed referrals and children whose group is unknown are left out.',
    ],
  };
}
