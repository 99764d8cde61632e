/** Whether the response works: against targets, before and after a change, and what it costs. */
import { spendLines } from '../domain/core/vocabulary.ts';
import type { FactRow } from '../domain/facts/fact-row-shape.ts';
import { addDays, newYorkDate } from '../domain/policy/due.ts';
import { isIn, type Period } from './calendars.ts';
import { cohortOf, isWorked } from './cohort.ts';
import { type Difference, differenceBetween, figureOf, type Share } from './figures.ts';
import { fewestForShare, type Measure, measureNamed } from './measures.ts';
import { shareCells, shareHeadings, shareNotes, type Table } from './tables.ts';
import { baselines, targets } from './targets.ts';

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

/** Each measure with a baseline or a target of the grant year, which names the period too. Sealed referrals are left out. */
export function targetsTable(rows: readonly FactRow[], grantYear: number, period: Period, asOf: string): Table {
  const cohort = cohortOf(rows, period, asOf, true);
  const ofYear = targets.filter((each) => each.grantYear === grantYear);
  const ids = [...new Set([...baselines, ...ofYear].map(({ measure }) => measure))];
  return {
    id: 'evaluation',
    title: 'Measures against their targets',
    period: period.name,
    asOf,
    headings: ['measure', 'baseline', 'at_least', 'at_most', ...shareHeadings, 'verdict', 'target_source'],
    rows: ids.map((id) => {
      const measure = measuredBy(id);
      const baseline = baselines.find((each) => each.measure === id);
      const target = ofYear.find((each) => each.measure === id);
      const figure = figureOf(measure, cohort);
      const cells = figure.kind === 'share' ? shareCells(figure) : [figure.kind === 'count' ? figure.count : undefined];
      return [
        ...[id, baseline && `${baseline.words} (${baseline.source}, ${baseline.confidence})`],
        ...[target?.atLeast, target?.atMost],
        ...Array.from(shareHeadings, (_, index) => cells[index]),
        figure.kind === 'share' ? verdictOn(figure, target ?? {}) : 'no-target',
        target && `${target.source} (${target.confidence})`,
      ];
    }),
    notes: [
      ...shareNotes,
      'A baseline is of its own time and source. It is not the same count as the figure beside it.',
      'Sealed referrals are left out.',
    ],
  };
}

/** So many days are compared on each side of a change. */
export const comparedDays = 183;

export const sidesOf = (day: string): readonly [Period, Period] => [
  { name: `before ${day}`, from: addDays(day, -comparedDays), before: day },
  { name: `after ${day}`, from: day, before: addDays(day, comparedDays) },
];

/** Each of these shares in the half year from a New York day, against the one before. */
export function beforeAndAfter(
  measures: readonly Measure[],
  rows: readonly FactRow[],
  day: string,
  asOf: string,
): readonly Difference[] {
  const [before, after] = sidesOf(day);
  const cohorts = [cohortOf(rows, after, asOf, true), cohortOf(rows, before, asOf, true)] as const;
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
    period: `${comparedDays} days on each side of ${day}`,
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
      'Sealed referrals are left out.',
    ],
  };
}

export interface Spend {
  /** Dollars by line, of every line. */
  readonly byLine: Readonly<Record<(typeof spendLines)[number], number>>;
  readonly total: number;
  /** Services that started in the period. */
  readonly started: number;
  /** Dollars for each service that started. Absent below `fewestForShare` services. */
  readonly perService?: number;
}

/**
 * What was spent in the months that begin in the period, whenever the referral was received. Sealed referrals and referrals without work of their
 * own are left out.
 */
export function spendOf(rows: readonly FactRow[], period: Period, asOf: string): Spend {
  const own = rows.filter((row) => !row.sealed && isWorked(row));
  const spent = own.flatMap(({ spend }) => spend.filter(({ month }) => isIn(period, `${month}-01`)));
  const sumOf = (line: (typeof spendLines)[number]) =>
    spent.filter(({ spendLine }) => spendLine === line).reduce((sum, { dollars }) => sum + dollars, 0);
  const total = spent.reduce((sum, { dollars }) => sum + dollars, 0);
  const started = own.flatMap(({ services }) =>
    services.filter(
      ({ startedAt }) =>
        startedAt !== undefined && Date.parse(startedAt) <= Date.parse(asOf) && isIn(period, newYorkDate(startedAt)),
    ),
  ).length;
  return {
    byLine: Object.fromEntries(spendLines.map((line) => [line, sumOf(line)])) as Spend['byLine'],
    total,
    started,
    ...(started >= fewestForShare && { perService: total / started }),
  };
}

export function spendTable(rows: readonly FactRow[], period: Period, asOf: string): Table {
  const { byLine, total, started, perService } = spendOf(rows, period, asOf);
  return {
    id: 'spend',
    title: 'Dollars spent on children, by line',
    period: period.name,
    asOf,
    headings: ['line', 'dollars', 'services_started', 'dollars_per_service'],
    rows: [...spendLines.map((line) => [line, byLine[line]]), ['all lines', total, started, perService]],
    notes: [
      'A month counts in the period in which its first day lies.',
      `Below ${fewestForShare} services that started there is no cost per service.`,
      'The cost per service divides all spending, also that on children without a service. Sealed referrals are left out.',
    ],
  };
}
