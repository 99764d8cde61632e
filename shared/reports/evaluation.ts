/** Whether the response works: against targets, and before and after a change. */
import { whereKnown } from '../domain/core/where-known.ts';
import type { FactRow } from '../domain/facts/fact-row-shape.ts';
import { type Period, periodOf, shiftYears } from './calendars.ts';
import { cohortOf } from './cohort.ts';
import { type Difference, differenceBetween, type Figure, figureOf, type Share } from './figures.ts';
import { type Measure, measureNamed } from './measures.ts';
import { shareCells, shareHeadings, shareNotes, type Table } from './report-tables.ts';
import { baselines, type Target, targets } from './targets.ts';

export type Verdict = 'met' | 'not-met' | 'too-few' | 'no-target';

/** Whether a share meets its target. The share itself is compared, and its interval stands beside it. */
export function verdictOn(
  { share }: Pick<Share, 'share'>,
  { atLeast, atMost }: { readonly atLeast?: number; readonly atMost?: number },
): Verdict {
  if (atLeast === undefined && atMost === undefined) return 'no-target';
  if (share === undefined) return 'too-few';
  return share >= (atLeast ?? 0) && share <= (atMost ?? 1) ? 'met' : 'not-met';
}

const measuredBy = (id: string): Measure => {
  const found = measureNamed(id);
  if (!found) throw new RangeError(`There is no measure ${id}.`);
  return found;
};

/** A figure of a grant year beside what the program aims at. */
export interface AgainstTarget {
  readonly measure: string;
  readonly grantYear: number;
  readonly figure: Figure;
  /** Absent where the year has none. */
  readonly target?: Target;
  readonly verdict: Verdict;
}

/** The measures with a baseline or a target of any year, in the order of their data. */
export const aimedAt: readonly string[] = [...new Set([...baselines, ...targets].map(({ measure }) => measure))];

/** The figure of a grant year beside its target. */
export function againstTarget(figure: Figure, grantYear: number): AgainstTarget {
  const { measure } = figure;
  const target = targets.find((each) => each.measure === measure && each.grantYear === grantYear);
  const verdict = figure.kind === 'share' ? verdictOn(figure, target ?? {}) : 'no-target';
  return { measure, grantYear, figure, verdict, ...whereKnown({ target }) };
}

/** Each measure that has an aim, in a grant year as far as it has come. */
function allAgainstTargets(rows: readonly FactRow[], grantYear: number, asOf: string): readonly AgainstTarget[] {
  const cohort = cohortOf(rows, periodOf('grant', grantYear), asOf);
  return aimedAt.map((id) => againstTarget(figureOf(measuredBy(id), cohort), grantYear));
}

export function targetsTable(rows: readonly FactRow[], grantYear: number, asOf: string): Table {
  return {
    id: 'evaluation',
    title: 'Measures against their targets',
    period: periodOf('grant', grantYear).name,
    asOf,
    headings: ['measure', 'baseline', 'at_least', 'at_most', ...shareHeadings, 'verdict', 'target_source'],
    rows: allAgainstTargets(rows, grantYear, asOf).map(({ measure, figure, target, verdict }) => {
      const baseline = baselines.find((each) => each.measure === measure);
      const cells = figure.kind === 'share' ? shareCells(figure) : [figure.kind === 'count' ? figure.count : undefined];
      return [
        ...[measure, baseline && `${baseline.words} (${baseline.source}, ${baseline.confidence})`],
        ...[target?.atLeast, target?.atMost],
        ...Array.from(shareHeadings, (_, index) => cells[index]),
        ...[verdict, target && `${target.source} (${target.confidence})`],
      ];
    }),
    notes: [
      ...shareNotes,
      'A baseline is of its own time and source. It is not the same count as the figure beside it.',
      'Targets are data of a release. Those of today are assumptions, until the program sets its own.',
    ],
  };
}

/** The year before a New York day, and the year from it on. */
export const yearsAround = (day: string): readonly [Period, Period] => [
  { name: `the year before ${day}`, from: shiftYears(day, -1), before: day },
  { name: `the year from ${day}`, from: day, before: shiftYears(day, 1) },
];

/** Each of these shares in the year from a New York day on, so far, against the year before. */
export function beforeAndAfter(
  measures: readonly Measure[],
  rows: readonly FactRow[],
  day: string,
  asOf: string,
): readonly Difference[] {
  const [before, after] = yearsAround(day);
  const cohorts = [cohortOf(rows, after, asOf), cohortOf(rows, before, asOf)] as const;
  return measures.flatMap((measure) => differenceBetween(measure, 'time', [after.name, before.name], cohorts) ?? []);
}

export function changeTable(
  measures: readonly Measure[],
  rows: readonly FactRow[],
  { day, words, asOf }: { readonly day: string; readonly words: string; readonly asOf: string },
): Table {
  return {
    id: 'change',
    title: `Before and after: ${words}`,
    period: `a year on each side of ${day}`,
    asOf,
    headings: [
      'measure',
      ...shareHeadings.map((each) => `before_${each}`),
      ...shareHeadings.map((each) => `after_${each}`),
      ...['difference', 'difference_low', 'difference_high'],
    ],
    rows: beforeAndAfter(measures, rows, day, asOf).map(
      ({ measure, shares: [after, before], difference, interval }) => [
        ...[measure, ...shareCells(before), ...shareCells(after)],
        ...[difference, interval?.[0], interval?.[1]],
      ],
    ),
    notes: [
      ...shareNotes,
      "The difference is after minus before, with Newcombe's interval at 95 in 100. It does not show the cause.",
      'Referrals count by the day they were received. Later ones have had less time.',
      'Restricted referrals are left out.',
    ],
  };
}
