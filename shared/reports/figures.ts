/** The figures of a report: each measure over a cohort, with its watermark and the cases behind it. */
import { whereKnown } from '../domain/core/where-known.ts';
import type { FactRow } from '../domain/facts/fact-row-shape.ts';
import type { Period } from './calendars.ts';
import type { Case } from './cases.ts';
import type { CountedChild } from './children.ts';
import { type Cohort, cohortOf, leastWithheld, perCohort } from './cohort.ts';
import { type Interval, newcombe, wilson } from './intervals.ts';
import { fewestForShare, type Measure, measures, measuresVersion } from './measures.ts';
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

/** These references, each once, without those of sealed referrals, which no report names. */
function named(references: readonly string[], { rows }: Cohort): readonly string[] {
  const once = [...new Set(references)];
  // Sealed referrals of other periods are in no cohort.
  const sealed = new Set(rows.filter((row) => row.sealed).map(({ id }) => id));
  return sealed.size === 0 ? once : once.filter((id) => !sealed.has(id));
}

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

/** A period as it is counted for the whole state: with the sealed referrals that may count, and without any. */
export interface Statewide {
  readonly all: Cohort;
  readonly open: Cohort;
}

export function statewideOf(rows: readonly FactRow[], period: Period, asOf: string): Statewide {
  const all = cohortOf(rows, period, asOf);
  return { all, open: all.rows.some(({ sealed }) => sealed) ? cohortOf(rows, period, asOf, true) : all };
}

/** The numbers of a figure that a reader could subtract from those of another. */
function numbersIn(figure: Figure): readonly number[] {
  if (figure.kind === 'count') return [figure.count];
  if (figure.kind === 'share') return [figure.count, figure.of - figure.count, figure.of, figure.unknown];
  return [figure.of, figure.reached, figure.competing, figure.waiting];
}

/** No one, or so many together that a difference tells of none of them. */
const isEnough = (number: number): boolean => number === 0 || number >= leastWithheld;

/** How many children with a sealed referral are behind each number of a measure. One child may have many duties or absences. */
function sealedBehind(measure: Measure, cohort: Cohort): readonly number[] {
  const childOf = (id: string) => cohort.whole.get(id)?.id ?? id;
  const sealed = new Set(cohort.rows.filter((row) => row.sealed).map(({ id }) => childOf(id)));
  const count = (ids: readonly string[]) => new Set(ids.map(childOf).filter((id) => sealed.has(id))).size;
  if (measure.kind === 'count') return [count(measure.count(cohort))];
  const cases =
    measure.kind === 'share'
      ? measure.cases(cohort).map(({ childId, counts }) => [String(counts), childId] as const)
      : waitsFor(measure.stage, cohort).map(({ id, end }) => [end, id] as const);
  return [...Map.groupBy(cases, ([part]) => part).values()].map((part) => count(part.map(([, id]) => id)));
}

/** Whether a measure with sealed referrals tells of no sealed child, or of at least `leastWithheld` together. */
export const isHidden = (measure: Measure, all: Cohort, open: Cohort): boolean => {
  const without = numbersIn(figureOf(measure, open));
  return (
    numbersIn(figureOf(measure, all)).every((number, index) => isEnough(Math.abs(number - (without[index] ?? 0)))) &&
    sealedBehind(measure, all).every(isEnough)
  );
};

/**
 * A figure with sealed referrals, and the list of the one without. A sealed referral may say why a linked one counts, so a list of
 * all would tell of it.
 */
export function listingAs(open: Figure, all: Figure): Figure {
  if (all.kind === 'count' && open.kind === 'count') return { ...all, referrals: open.referrals };
  return all.kind === 'share' && open.kind === 'share' ? { ...all, referrals: open.referrals } : all;
}

/** The measures whose figures add up, so that all of them count sealed referrals, or none of them. */
const addingUp = (measure: Measure): readonly Measure[] =>
  measure.identity === undefined ? [measure] : measures.filter(({ identity }) => identity === measure.identity);

/** What sealed referrals add to a state-wide figure: to its count, and to its denominator. */
interface Withheld {
  readonly count: number;
  readonly of?: number;
}

/**
 * The figure of a measure for the whole state. Sealed referrals are in it where no difference from its parts tells of fewer than
 * six of them. Where one does, they are left out.
 */
export function statewideFigure(
  measure: Measure,
  { all, open }: Statewide,
): { readonly figure: Figure; readonly withheld?: Withheld } {
  const without = figureOf(measure, open);
  if (measure.leavesSealedOut || all.rows.length === open.rows.length) return { figure: without };
  if (!addingUp(measure).every((each) => isHidden(each, all, open))) return { figure: without };
  const figure = listingAs(without, figureOf(measure, all));
  const [count = 0, , of] = numbersIn(figure).map((number, index) => number - (numbersIn(without)[index] ?? 0));
  if (figure.kind === 'time') return count === 0 ? { figure } : { figure, withheld: { count, of: count } };
  if (count === 0 && (of ?? 0) === 0) return { figure };
  return { figure, withheld: { count, ...(figure.kind === 'share' && of !== undefined && { of }) } };
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
  /** How many sealed referrals are in the state-wide figure and in no part. Absent where none are. */
  readonly withheld?: Withheld;
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

/** A measure by the parts of a state-wide cohort. Sealed referrals are in none. */
export function splitOver(
  measure: Measure,
  by: SplitName,
  statewide: Statewide,
  parts = partsOf(statewide.open, by),
): SplitFigure {
  const { withheld } = statewideFigure(measure, statewide);
  return {
    by,
    parts: [...parts].map(([value, part]) => ({ value, figure: figureOf(measure, part) })),
    ...whereKnown({ withheld }),
  };
}

/** A measure by parts. `rows` are those of all time. */
export const splitFigure = (
  measure: Measure,
  rows: readonly FactRow[],
  { period, asOf, by }: { readonly period: Period; readonly asOf: string; readonly by: SplitName },
): SplitFigure => splitOver(measure, by, statewideOf(rows, period, asOf));

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
    partsOf(cohortOf(rows, asked.period, asked.asOf, true), asked.by),
  );
