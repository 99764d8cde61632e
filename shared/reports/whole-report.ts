/** A whole report: every measure over a period, and its parts where they are asked for. Pure. */
import type { Event } from '../domain/events.ts';
import { factRow } from '../domain/facts/fact-row.ts';
import type { FactRow } from '../domain/facts/fact-row-shape.ts';
import { type FoldedCommit, fold } from '../domain/fold.ts';
import type { Policy } from '../domain/policy/policy.ts';
import type { Period } from './calendars.ts';
import { cohortOf } from './cohort.ts';
import { type Cell, csvOf } from './csv.ts';
import { type Figure, figureOf, type SplitFigure, type SplitName, splitOver } from './figures.ts';
import { type Measure, measures, measuresVersion } from './measures.ts';

/** A referral as the ledger holds it. */
export interface Recorded {
  readonly id: string;
  readonly commits: readonly (FoldedCommit & { readonly policy: string; readonly events: readonly Event[] })[];
}

/**
 * The rows of facts as they were at the watermark `asOf`, a UTC instant. So a figure of any earlier day is made again to the same
 * value, whatever was recorded since.
 */
export const rowsAt = (
  referrals: readonly Recorded[],
  asOf: string,
  policyOf: (version: string) => Policy,
): readonly FactRow[] =>
  referrals.flatMap(({ id, commits: all }) => {
    const commits = all.filter(({ at }) => Date.parse(at) <= Date.parse(asOf));
    const state = fold(id, commits);
    if (!state) return [];
    return [factRow({ state, commits }, policyOf(state.policy ?? commits[0]?.policy ?? ''))];
  });

export interface Report {
  readonly version: string;
  readonly period: string;
  /** The watermark, a UTC instant. */
  readonly asOf: string;
  readonly figures: readonly Figure[];
  readonly splits: readonly (SplitFigure & { readonly measure: string })[];
}

export interface Asked {
  readonly period: Period;
  readonly asOf: string;
  readonly measures?: readonly Measure[];
  readonly by?: SplitName;
}

/** The report on a period. `rows`: those of all time, as they were at the watermark. */
export function reportOn(rows: readonly FactRow[], { period, asOf, by, measures: asked = measures }: Asked): Report {
  const cohort = cohortOf(rows, period, asOf);
  return {
    version: measuresVersion,
    period: period.name,
    asOf,
    figures: asked.map((measure) => figureOf(measure, cohort)),
    splits:
      by === undefined ? [] : asked.map((measure) => ({ measure: measure.id, ...splitOver(measure, by, cohort) })),
  };
}

export const headings = [
  ...[
    'measure',
    'words',
    'version',
    'period',
    'as_of',
    'split',
    'part',
    'count',
    'of',
    'unknown',
    'share',
    'low',
    'high',
  ],
  ...['reached', 'competing', 'waiting', 'hours_p50', 'hours_p75', 'hours_p90'],
] as const;

const wordsOf = (id: string): string => measures.find((each) => each.id === id)?.words ?? id;

/** The cells of a figure, in the order of the headings. */
export function cellsOf(figure: Figure, split: string, part: string): readonly Cell[] {
  const head = [figure.measure, wordsOf(figure.measure), figure.version, figure.period, figure.asOf, split, part];
  if (figure.kind === 'count') return [...head, figure.count];
  if (figure.kind === 'share') {
    const { count, of, unknown, share, interval } = figure;
    return [...head, count, of, unknown, share, interval?.[0], interval?.[1]];
  }
  const { of, reached, competing, waiting, hours } = figure;
  const none = [undefined, undefined, undefined, undefined];
  return [...head, undefined, of, ...none, reached, competing, waiting, hours?.p50, hours?.p75, hours?.p90];
}

/** The report as a table for spreadsheets: a row for each figure, then one for each part. */
export const csvOfReport = ({ figures, splits }: Report): string =>
  csvOf([
    headings,
    ...figures.map((figure) => cellsOf(figure, '', '')),
    ...splits.flatMap(({ by, parts }) => parts.map(({ value, figure }) => cellsOf(figure, by, value))),
  ]);

const inHundred = (share: number): string => `${(share * 100).toFixed(0)}%`;

/** A figure in words: `81 of 90 (90%, 82% to 95%)`, `3 of 9`, or `half within 5.5 hours`. */
export function figureWords(figure: Figure): string {
  if (figure.kind === 'count') return String(figure.count);
  if (figure.kind === 'share') {
    const { count, of, share, interval, unknown } = figure;
    const range =
      share === undefined || !interval ? '' : ` (${inHundred(share)}, ${interval.map(inHundred).join(' to ')})`;
    return `${count} of ${of}${range}${unknown > 0 ? `, ${unknown} not known` : ''}`;
  }
  const { of, reached, competing, waiting, hours } = figure;
  const half =
    hours === undefined
      ? ''
      : `, half within ${hours.p50 === 'not-reached' ? 'no time yet' : `${hours.p50.toFixed(1)} hours`}`;
  return `${reached} of ${of} reached it, ${waiting} wait, ${competing} ended otherwise${half}`;
}

/** The report as lines of text for a terminal. */
export const textOfReport = ({ period, asOf, version, figures, splits }: Report): string =>
  [
    `Report on ${period}, as of ${asOf}, measures ${version}.`,
    '',
    ...figures.map((figure) => `${figure.measure}: ${figureWords(figure)}`),
    ...splits.flatMap(({ measure, by, parts }) => [
      '',
      `${measure} by ${by}`,
      ...parts.map(({ value, figure }) => `  ${value}: ${figureWords(figure)}`),
    ]),
    '',
  ].join('\n');
