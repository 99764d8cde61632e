/** The figures of a report: each measure over a cohort, with its watermark and the cases behind it. */
import type { FactRow } from '../domain/facts/fact-row-shape.ts';
import type { Period } from './calendars.ts';
import type { Case } from './cases.ts';
import type { CountedChild } from './children.ts';
import { type Cohort, cohortOf, perCohort } from './cohort.ts';
import { type Interval, newcombe, wilson } from './intervals.ts';
import { fewestForShare, type Measure, measuresVersion } from './measures.ts';
import { waitsFor } from './stage-waits.ts';
import { incidence, quantileOf } from './survival.ts';

/** What every figure says of itself. `asOf`: the watermark, a UTC instant. */
interface Head {
  readonly measure: string;
  readonly version: string;
  readonly period: string;
  readonly asOf: string;
}

export interface Share {
  readonly count: number;
  readonly of: number;
  /** Cases of which it is not known. They are in neither of the two. */
  readonly unknown: number;
  /** Absent below `fewestForShare` cases. */
  readonly share?: number;
  readonly interval?: Interval;
}

/** The quantiles of a time, in hours. */
interface Quantiles {
  readonly p50: number | 'not-reached';
  readonly p75: number | 'not-reached';
  readonly p90: number | 'not-reached';
}

export type Figure = Head &
  (
    | { readonly kind: 'count'; readonly count: number; readonly referrals: readonly string[] }
    | (Share & {
        readonly kind: 'share';
        /** The referrals of the cases that count, and of those that do not. */
        readonly referrals: { readonly counting: readonly string[]; readonly others: readonly string[] };
      })
    | {
        readonly kind: 'time';
        readonly of: number;
        readonly reached: number;
        readonly competing: number;
        readonly waiting: number;
        /** Absent below `fewestForShare` referrals. */
        readonly hours?: Quantiles;
      }
  );

const headOf = ({ id }: Measure, { period, asOf }: Cohort): Head => ({
  measure: id,
  version: measuresVersion,
  period: period.name,
  asOf,
});

/** How many cases count, how many are known, and how many are not. */
export type Tally = Pick<Share, 'count' | 'of' | 'unknown'>;

/** The share of cases that were counted. */
export const shareFrom = ({ count, of, unknown }: Tally): Share =>
  of < fewestForShare ? { count, of, unknown } : { count, of, unknown, share: count / of, interval: wilson(count, of) };

/** Cases counted in one pass. */
export function tallyOf(cases: readonly Pick<Case, 'counts'>[]): Tally {
  let [count, of] = [0, 0];
  for (const { counts } of cases) {
    if (counts !== undefined) of += 1;
    if (counts) count += 1;
  }
  return { count, of, unknown: cases.length - of };
}

/** The share that these cases make. */
export const shareOf = (cases: readonly Case[]): Share => shareFrom(tallyOf(cases));

/** These references, each once. */
const named = (references: readonly string[]): readonly string[] => [...new Set(references)];

const figuresIn = perCohort(() => new Map<string, Figure>());

/** The figure of a measure over a cohort. It is computed once, though several tables of a page have it. */
export function figureOf(measure: Measure, cohort: Cohort): Figure {
  const figures = figuresIn(cohort);
  const figure = figures.get(measure.id) ?? computed(measure, cohort);
  figures.set(measure.id, figure);
  return figure;
}

function computed(measure: Measure, cohort: Cohort): Figure {
  const head = headOf(measure, cohort);
  if (measure.kind === 'count') {
    const counted = measure.count(cohort);
    return { ...head, kind: 'count', count: counted.length, referrals: named(counted) };
  }
  if (measure.kind === 'share') {
    const cases = measure.cases(cohort);
    const casesWhere = (is: boolean) => cases.filter(({ counts }) => counts === is).flatMap((each) => each.referrals);
    const referrals = { counting: named(casesWhere(true)), others: named(casesWhere(false)) };
    return { ...head, kind: 'share', ...shareOf(cases), referrals };
  }
  const waits = waitsFor(measure.stage, cohort);
  const count = (end: string) => waits.filter((wait) => wait.end === end).length;
  const steps = incidence(waits);
  const quantiles = { p50: quantileOf(steps, 0.5), p75: quantileOf(steps, 0.75), p90: quantileOf(steps, 0.9) };
  return {
    ...head,
    kind: 'time',
    of: waits.length,
    reached: count('reached'),
    competing: count('competing'),
    waiting: count('waiting'),
    ...(waits.length >= fewestForShare && { hours: quantiles }),
  };
}

/** How a cohort can be split. A row may lie in several parts, as by race. */
export const splits = {
  region: ({ region }: FactRow) => [region === undefined ? 'unknown' : String(region)],
  population: ({ now }: FactRow) => [now.population],
  gender: ({ now }: FactRow) => [now.gender],
  race: ({ now }: FactRow) => now.race,
  age: ({ ageBand }: FactRow) => [ageBand],
  language: ({ childLanguage }: FactRow) => [childLanguage],
} as const satisfies Readonly<Record<string, (row: FactRow) => readonly string[]>>;
export type SplitName = keyof typeof splits;
export const splitNames = Object.keys(splits) as SplitName[];

export interface SplitFigure {
  readonly by: SplitName;
  readonly parts: readonly { readonly value: string; readonly figure: Figure }[];
}

/** The parts of a cohort, each with the children whose last referral of the period lies in it. */
export function partsOf(cohort: Cohort, by: SplitName): ReadonlyMap<string, Cohort> {
  const valuesOf: (row: FactRow) => readonly string[] = splits[by];
  // Values of earlier referrals have a part too, though no child is in it.
  const found = new Map<string, { children: CountedChild[]; within: Set<FactRow> }>();
  for (const child of cohort.children) {
    const last = new Set(child.referrals.slice(-1).flatMap((row) => valuesOf(row)));
    for (const value of new Set(child.referrals.flatMap((row) => valuesOf(row)))) {
      const part = found.get(value) ?? { children: [], within: new Set() };
      found.set(value, part);
      if (!last.has(value)) continue;
      part.children.push(child);
      for (const row of child.referrals) part.within.add(row);
    }
  }
  return new Map(
    [...found]
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([value, { children, within }]) => [
        value,
        { ...cohort, children, rows: cohort.rows.filter((row) => within.has(row)) },
      ]),
  );
}

/** A measure by the parts of a cohort. */
export const splitOver = (
  measure: Measure,
  by: SplitName,
  cohort: Cohort,
  parts = partsOf(cohort, by),
): SplitFigure => ({ by, parts: [...parts].map(([value, part]) => ({ value, figure: figureOf(measure, part) })) });

export interface Difference {
  readonly measure: string;
  /** What tells the two apart: a split, or the time. */
  readonly by: SplitName | 'time';
  readonly one: string;
  readonly other: string;
  readonly shares: readonly [Share, Share];
  /** One minus other, where both have cases enough. */
  readonly difference?: number;
  readonly interval?: Interval;
}

/** Two shares side by side, each with its name, and how far they are apart. */
export function differenceOfShares(
  { id }: Pick<Measure, 'id'>,
  by: Difference['by'],
  [one, other]: readonly [string, string],
  shares: readonly [Share, Share],
): Difference {
  const areBoth = shares.every(({ share }) => share !== undefined);
  return { measure: id, by, one, other, shares, ...(areBoth && newcombe(...shares)) };
}

/**
 * The difference of a share between two cohorts, each with its name. A cohort that is not there has no case. Undefined where the
 * measure is no share.
 */
export function differenceBetween(
  measure: Measure,
  by: Difference['by'],
  [one, other]: readonly [string, string],
  [first, second]: readonly [Cohort | undefined, Cohort | undefined],
): Difference | undefined {
  if (measure.kind !== 'share') return undefined;
  const shareIn = (cohort: Cohort | undefined): Share => shareOf(cohort ? measure.cases(cohort) : []);
  return differenceOfShares(measure, by, [one, other], [shareIn(first), shareIn(second)]);
}

/** The difference of a share between two of these parts. */
export const differenceOver = (
  measure: Measure,
  by: Difference['by'],
  names: readonly [string, string],
  parts: ReadonlyMap<string, Cohort>,
): Difference | undefined => differenceBetween(measure, by, names, [parts.get(names[0]), parts.get(names[1])]);

/** The difference of a share between two parts. `rows` are those of all time. */
export const differenceOf = (
  measure: Measure,
  rows: readonly FactRow[],
  asked: {
    readonly period: Period;
    readonly asOf: string;
    readonly by: SplitName;
    readonly one: string;
    readonly other: string;
  },
): Difference | undefined =>
  differenceOver(
    measure,
    asked.by,
    [asked.one, asked.other],
    partsOf(cohortOf(rows, asked.period, asked.asOf), asked.by),
  );
