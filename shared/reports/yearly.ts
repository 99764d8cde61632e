/**
 * Figures for readers who cannot open the cases: one fixed table of the state, of a year that has ended. Each number is of distinct
 * children, and is shown as a span of numbers. It stands as of the end of the last month of the year, and is never made anew. So two
 * readings differ by nothing, whatever was recorded, linked or sealed since (ADR 071). Pure.
 */
import { indicatorTopics, services } from '../domain/core/vocabulary.ts';
import type { FactRow, KeptRow } from '../domain/facts/fact-row-shape.ts';
import { startOfDay } from '../domain/policy/due.ts';
import { words } from '../domain/words/code-words.ts';
import { type Disclosure, disclosure } from '../policy/disclosure.ts';
import { type Period, periodOf } from './calendars.ts';
import type { Case } from './cases.ts';
import { cohortOf } from './cohort.ts';
import { type Cell, csvOf } from './csv.ts';
import { measureNamed, measuresVersion } from './measures.ts';
import { isUpTo } from './utc-instants.ts';
import { endOfYear } from './year-end.ts';

/** A number lies between these two, both included. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export interface YearlyLine {
  readonly measure: string;
  readonly words: string;
  /** Children for which it is so. */
  readonly children: Span;
  /** Children with a known answer. */
  readonly of: Span;
}

export interface YearlyFigures {
  readonly version: string;
  readonly period: Period;
  readonly year: number;
  /** The UTC instant at which the year ended. No commit after it counts. */
  readonly asOf: string;
  /** Fewer children than this are in no number. */
  readonly fewest: number;
  /** Children with a referral received in the year. Absent where they are fewer than `fewest`. */
  readonly children?: Span;
  readonly sections: readonly { readonly title: string; readonly lines: readonly YearlyLine[] }[];
}

/** The rows of years up to this one, each as it was when its own year ended. */
const rowsUpTo = (rows: readonly KeptRow[], end: string): readonly FactRow[] =>
  rows.flatMap((row) => {
    const { atYearEnd, ...now } = row;
    const own = endOfYear(row.receivedAt);
    if (!isUpTo(own, end)) return [];
    return isUpTo(row.asOf, own) ? [now] : (atYearEnd ?? []);
  });

/** What is counted, in the order of the page. It never depends on what was found. */
const sections: readonly { readonly title: string; readonly measures: readonly (readonly [string, string?])[] }[] = [
  {
    title: 'Duties of law',
    measures: [
      ['on-time-law-now', 'Every duty to act at once was kept on time'],
      ['on-time-law-today', 'Every duty of the same day was kept on time'],
      ['on-time-law-routine', 'Every other duty of law was kept on time'],
      ['screened-in-a-day', 'Every referral was screened within 24 hours'],
      ['screened-on-return', 'Screened after every return from missing'],
    ],
  },
  {
    title: 'What was done',
    measures: [
      ['child-seen', 'Seen by a person'],
      ['advocate-reached', 'Reached by the advocate, of those who need one'],
      ['interviewed-once', 'Interviewed once, of those with a forensic interview'],
      ['service-started', 'A service started, of those who need one'],
    ],
  },
  {
    title: 'Courts and placement',
    measures: [
      ['held', 'Under a 96-hour hold'],
      ['petitioned', 'A petition after a hold'],
      ['congregate-care', 'In congregate care'],
      ['child-charged', 'Charged for acts done while exploited'],
      ['trafficker-charged', 'A trafficker was charged'],
      ['not-indicated', 'Nothing indicated, of those who were screened'],
    ],
  },
  {
    title: 'Unmet needs',
    measures: [
      ['unmet-need', 'Any need that is not met'],
      ...services.map((service) => [`unmet-need-${service}`, words(service)] as const),
    ],
  },
  {
    title: 'Indicators',
    measures: indicatorTopics.map((topic) => [`indicator-${topic}`, words(topic)] as const),
  },
];

const spanOf = (number: number, { fewest }: Disclosure): Span => {
  const from = Math.floor(number / fewest) * fewest;
  return { from, to: from + fewest - 1 };
};

/** How many children have it each time, and how many have a known answer. */
function childrenIn(cases: readonly Case[]): readonly [children: number, of: number] {
  const known = cases.filter(({ counts }) => counts !== undefined);
  const others = new Set(known.filter(({ counts }) => !counts).map(({ childId }) => childId));
  const all = new Set(known.map(({ childId }) => childId));
  return [all.size - others.size, all.size];
}

/**
 * The figures of a year. `rows`: those of all time. A line with fewer than `fewest` children on either side is left out. It would tell
 * of them, or of all others.
 */
export function yearlyFigures(rows: readonly KeptRow[], year: number, rule: Disclosure = disclosure): YearlyFigures {
  const period = periodOf(rule.calendar, year);
  const asOf = startOfDay(period.before);
  const cohort = cohortOf(rowsUpTo(rows, asOf), period, asOf);
  const lineOf = ([id, said]: readonly [string, string?]): readonly YearlyLine[] => {
    const measure = measureNamed(id);
    if (measure?.kind !== 'share') throw new RangeError(`There is no share ${id}.`);
    const [children, of] = childrenIn(measure.cases(cohort));
    if (children < rule.fewest || of - children < rule.fewest) return [];
    return [{ measure: id, words: said ?? measure.words, children: spanOf(children, rule), of: spanOf(of, rule) }];
  };
  return {
    version: measuresVersion,
    period,
    year,
    asOf,
    fewest: rule.fewest,
    ...(cohort.children.length >= rule.fewest && { children: spanOf(cohort.children.length, rule) }),
    sections: sections
      .map(({ title, measures }) => ({ title, lines: measures.flatMap(lineOf) }))
      .filter(({ lines }) => lines.length > 0),
  };
}

const headings = ['measure', 'words', 'version', 'period', 'as_of', 'children_from', 'children_to', 'of_from', 'of_to'];

/** The figures as a table for spreadsheets. A line that is left out has no row. */
export function csvOfYearly({ version, period, asOf, children, sections: shown }: YearlyFigures): string {
  const row = (measure: string, words: string, its: Span, of?: Span): readonly Cell[] => [
    ...[measure, words, version, period.name, asOf],
    ...[its.from, its.to, of?.from, of?.to],
  ];
  return csvOf([
    headings,
    ...(children ? [row('children', 'Children with a referral received in the year', children)] : []),
    ...shown.flatMap(({ lines }) => lines.map(({ measure, words, children: its, of }) => row(measure, words, its, of))),
  ]);
}
