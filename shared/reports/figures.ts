/** The figures of a report: each measure over a cohort, with its watermark and the cases behind it. */
import type { FactRow } from '../domain/facts/fact-row-shape.ts';
import type { Period } from './calendars.ts';
import type { Case } from './cases.ts';
import { type Cohort, cohortOf } from './cohort.ts';
import { type Interval, newcombe, wilson } from './intervals.ts';
import { fewestForShare, type Measure, measuresVersion } from './measures.ts';
import { incidence, quantileOf } from './survival.ts';
import { waitsFor } from './waits.ts';

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
        /** The referrals of the cases that count, and of those that do not. Sealed ones are named nowhere. */
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

/** The share that these cases make. */
export function shareOf(cases: readonly Case[]): Share {
  const known = cases.filter(({ counts }) => counts !== undefined);
  const part = { count: known.filter(({ counts }) => counts).length, of: known.length };
  const unknown = cases.length - known.length;
  if (part.of < fewestForShare) return { ...part, unknown };
  return { ...part, unknown, share: part.count / part.of, interval: wilson(part.count, part.of) };
}

/** These references without those of sealed referrals, which no report names. */
function named(references: readonly string[], { whole }: Cohort): readonly string[] {
  const isSealed = (id: string) => whole.get(id)?.referrals.some((row) => row.id === id && row.sealed) === true;
  return [...new Set(references)].filter((id) => !isSealed(id)).toSorted();
}

/** The figure of a measure over a cohort. */
export function figureOf(measure: Measure, cohort: Cohort): Figure {
  const head = headOf(measure, cohort);
  if (measure.kind === 'count') {
    const counted = measure.count(cohort);
    return { ...head, kind: 'count', count: counted.length, referrals: named(counted, cohort) };
  }
  if (measure.kind === 'share') {
    const cases = measure.cases(cohort);
    const casesWhere = (is: boolean) => cases.filter(({ counts }) => counts === is).flatMap((each) => each.referrals);
    const referrals = { counting: named(casesWhere(true), cohort), others: named(casesWhere(false), cohort) };
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

/** Sealed referrals of which at least so many are left out stand beside the parts as one number, else nowhere. */
const leastWithheld = 6;

export interface SplitFigure {
  readonly by: SplitName;
  readonly parts: readonly { readonly value: string; readonly figure: Figure }[];
  /** How many sealed referrals are in no part. Absent below `leastWithheld`. */
  readonly withheld?: number;
}

/** The parts of a cohort, each with the children whose last referral of the period lies in it. */
function partsOf(cohort: Cohort, by: SplitName): ReadonlyMap<string, Cohort> {
  const valuesOf: (row: FactRow) => readonly string[] = splits[by];
  const valuesByChild = new Map(
    cohort.children.map(({ id, referrals }) => [id, referrals.flatMap((row) => valuesOf(row))] as const),
  );
  const latest = (id: string) => cohort.children.find((child) => child.id === id)?.referrals.at(-1);
  const values = [...new Set([...valuesByChild.values()].flat())].toSorted();
  return new Map(
    values.map((value) => {
      const children = cohort.children.filter(({ id }) => {
        const row = latest(id);
        return row !== undefined && valuesOf(row).includes(value);
      });
      const within = new Set(children.flatMap(({ referrals }) => referrals.map(({ id }) => id)));
      return [value, { ...cohort, children, rows: cohort.rows.filter(({ id }) => within.has(id)) }];
    }),
  );
}

/** A measure by the parts of a cohort. Sealed referrals are in none. `rows` are those of all time. */
export function splitFigure(
  measure: Measure,
  rows: readonly FactRow[],
  { period, asOf, by }: { readonly period: Period; readonly asOf: string; readonly by: SplitName },
): SplitFigure {
  const cohort = cohortOf(rows, period, asOf, true);
  const withheld = cohortOf(rows, period, asOf).rows.length - cohort.rows.length;
  return {
    by,
    parts: [...partsOf(cohort, by)].map(([value, part]) => ({ value, figure: figureOf(measure, part) })),
    ...(withheld >= leastWithheld && { withheld }),
  };
}

export interface Difference {
  readonly measure: string;
  readonly by: SplitName;
  readonly one: string;
  readonly other: string;
  readonly shares: readonly [Share, Share];
  /** One minus other, where both have cases enough. */
  readonly difference?: number;
  readonly interval?: Interval;
}

/** The difference of a share between two parts. Undefined where the measure is no share. */
export function differenceOf(
  measure: Measure,
  rows: readonly FactRow[],
  asked: {
    readonly period: Period;
    readonly asOf: string;
    readonly by: SplitName;
    readonly one: string;
    readonly other: string;
  },
): Difference | undefined {
  if (measure.kind !== 'share') return undefined;
  const parts = partsOf(cohortOf(rows, asked.period, asked.asOf, true), asked.by);
  const shareIn = (value: string): Share => {
    const part = parts.get(value);
    return shareOf(part ? measure.cases(part) : []);
  };
  const shares = [shareIn(asked.one), shareIn(asked.other)] as const;
  const isEnough = shares.every(({ share }) => share !== undefined);
  const { by, one, other } = asked;
  return { measure: measure.id, by, one, other, shares, ...(isEnough && newcombe(...shares)) };
}
