/** A page of reports as a file: the same figures as on the page, without the referrals behind them. Pure. */
import { whereKnown } from '../domain/core/where-known.ts';
import { shiftYears } from './calendars.ts';
import { type Cell, csvOf } from './csv.ts';
import type { AgainstTarget, Verdict } from './evaluation.ts';
import {
  type FigureAlone,
  figuresOf,
  type Links,
  type ReportPage,
  type Section,
  withoutReferrals,
} from './figure-pages.ts';
import type { Difference, Share, SplitName } from './figures.ts';
import type { LoadOfWeek, LoadOfWeeks } from './load.ts';
import { measuresVersion } from './measures.ts';
import { type MondayFigure, mondayMeasures } from './monday.ts';
import type { GapLine } from './needs.ts';
import type { Score, Span } from './scorecard.ts';
import { type Baseline, baselines, type Target } from './targets.ts';
import { cellsOf, headings } from './whole-report.ts';

interface Side {
  readonly count: number;
  readonly of: number;
}

export interface FileFigure {
  readonly by?: SplitName;
  readonly part?: string;
  readonly figure: FigureAlone;
}

export interface PageFile extends Pick<ReportPage, 'page' | 'version' | 'asOf'> {
  readonly period: string;
  readonly figures: readonly FileFigure[];
  readonly differences: readonly {
    readonly measure: string;
    readonly by: Difference['by'];
    readonly one: string;
    readonly other: string;
    /** The cases of one and of other. */
    readonly sides: readonly [Side, Side];
    readonly difference?: number;
    readonly interval?: readonly [number, number];
  }[];
  /** What figures of grant years are held against, where there is a target. */
  readonly targets?: readonly (Target & { readonly verdict: Verdict })[];
  readonly baselines?: readonly Baseline[];
  /** Why needs are not met, by service. */
  readonly gaps?: readonly GapLine[];
  readonly links?: Links;
  readonly load?: LoadOfWeeks;
  /** The measures of the scorecard. */
  readonly scores?: readonly ScoreInFile[];
}

interface ScoreInFile {
  readonly id: string;
  readonly practice: string;
  /** Of the year of the page, or of the day of the watermark. */
  readonly span: Span;
  readonly words: string;
  readonly counts: string;
  readonly kind: Score['kind'];
  /** A share, or the difference of two. Absent where it is not recorded. */
  readonly now?: ScoreNumbers;
  readonly before?: ScoreNumbers;
  readonly atLeast?: number;
  readonly atMost?: number;
  readonly gap?: number;
}
interface ScoreNumbers {
  readonly count?: number;
  readonly of?: number;
  readonly share?: number;
  readonly difference?: number;
}

const shareNumbers = ({ count, of, share }: Share): ScoreNumbers => ({ count, of, ...whereKnown({ share }) });
const differenceNumbers = ({ difference }: Difference): ScoreNumbers => whereKnown({ difference });

function scoreInFile(score: Score): ScoreInFile {
  const { id, practice, span, words, counts, aim, gap } = score;
  const head = {
    id,
    practice,
    span,
    words,
    counts,
    ...whereKnown({ atLeast: aim?.atLeast, atMost: aim?.atMost, gap }),
  };
  if (score.kind === 'not-recorded') return { ...head, kind: score.kind };
  if (score.kind === 'difference') {
    const { difference, before } = score;
    return { ...head, kind: score.kind, now: differenceNumbers(difference), before: differenceNumbers(before) };
  }
  const before = score.before && shareNumbers(score.before);
  return { ...head, kind: score.kind, now: shareNumbers(score.share), ...whereKnown({ before }) };
}

const sideOf = ({ count, of }: Side): Side => ({ count, of });

/** What some pages alone have. */
function besideFigures(sections: readonly Section[]) {
  const aims = sections.flatMap((section) => section.aims ?? []);
  const gaps = sections.flatMap((section) => section.gaps ?? []);
  const load = sections.find((section) => section.load)?.load;
  const scores = sections.flatMap((section) => section.scores ?? []).map(scoreInFile);
  return {
    ...(aims.length > 0 && {
      targets: aims.flatMap(({ target, verdict }) => (target ? [{ ...target, verdict }] : [])),
      baselines,
    }),
    ...(gaps.length > 0 && { gaps }),
    ...(scores.length > 0 && { scores }),
    ...whereKnown({ links: sections.find((section) => section.links)?.links, load }),
  };
}

export function pageFile(report: ReportPage): PageFile {
  const { page, version, asOf, period, sections } = report;
  return {
    page,
    version,
    asOf,
    period: period.name,
    figures: figuresOf(report).map(({ figure, ...part }) => ({ ...part, figure: withoutReferrals(figure) })),
    differences: sections.flatMap(({ differences = [] }) =>
      differences.map(({ shares: [one, other], ...difference }) => ({
        ...difference,
        sides: [sideOf(one), sideOf(other)] as const,
      })),
    ),
    ...besideFigures(sections),
  };
}

const pageHeadings = [
  ...headings,
  ...(['difference', 'difference_low', 'difference_high', 'at_least', 'at_most', 'verdict'] as const),
];

/** A row of cells by their headings. */
const rowWith = (cells: Readonly<Partial<Record<(typeof pageHeadings)[number], Cell>>>): readonly Cell[] =>
  pageHeadings.map((heading) => cells[heading]);

/** The row of a figure, with what it is held against. */
function figureRow(
  { figure, by, part = '' }: ReturnType<typeof figuresOf>[number],
  aims: readonly AgainstTarget[],
): readonly Cell[] {
  const { target, verdict } = aims.find((aim) => aim.figure === figure) ?? {};
  const cells = cellsOf(figure, by ?? '', part);
  const held = rowWith({ at_least: target?.atLeast, at_most: target?.atMost, verdict: target && verdict });
  return pageHeadings.map((_, index) => cells[index] ?? held[index]);
}

/** A measure of the scorecard, and the year before in a row of its own. One of a day has that day, and no period. */
function scoreRows(score: ScoreInFile, { period, before: yearBefore, asOf }: ReportPage): readonly (readonly Cell[])[] {
  const { id: measure, practice, span, words, now, before, atLeast: at_least, atMost: at_most } = score;
  const head = { measure, words, version: measuresVersion, split: 'practice' };
  const [of, ofBefore] =
    span === 'day'
      ? [{ as_of: asOf }, { as_of: shiftYears(asOf, -1) }]
      : [
          { period: period.name, as_of: asOf },
          { period: yearBefore.name, as_of: asOf },
        ];
  return [
    rowWith({ ...head, ...of, part: practice, at_least, at_most, ...now }),
    ...(before ? [rowWith({ ...head, ...ofBefore, part: 'year before', ...before })] : []),
  ];
}

/** The page as text for spreadsheets: each figure, difference and gap is a row. */
export const csvOfPage = (report: ReportPage): string => {
  const { differences, gaps = [], scores = [], links, load, ...file } = pageFile(report);
  const aims = report.sections.flatMap((section) => section.aims ?? []);
  const head = { version: measuresVersion, period: file.period, as_of: file.asOf };
  return csvOf([
    pageHeadings,
    ...figuresOf(report).map((each) => figureRow(each, aims)),
    ...differences.flatMap(({ measure, by, one, other, sides, difference, interval }) => [
      rowWith({ ...head, measure, split: by, part: one, ...sides[0] }),
      rowWith({ ...head, measure, split: by, part: other, ...sides[1] }),
      rowWith({
        ...{ ...head, measure, split: by, part: `${one} minus ${other}`, difference },
        ...{ difference_low: interval?.[0], difference_high: interval?.[1] },
      }),
    ]),
    ...gaps.flatMap(({ service, unmet, kinds, listed }) => {
      const measure = `unmet-need-${service}`;
      return [
        ...Object.entries(kinds).map(([part, count]) =>
          rowWith({ ...head, measure, split: 'gap', part, count, of: unmet.count }),
        ),
        rowWith({ ...head, measure, split: 'providers', part: 'listed', count: listed }),
      ];
    }),
    ...scores.flatMap((score) => scoreRows(score, report)),
    ...(links
      ? [
          rowWith({ ...head, measure: 'links-changed', count: links.changed }),
          rowWith({ ...head, measure: 'links-changed-after-the-year', count: links.afterTheYear }),
        ]
      : []),
    ...(load ? Object.entries<LoadOfWeek>({ ...load }) : []).flatMap(([part, { p50, p95 }]) => [
      rowWith({ ...head, measure: 'interruptions-of-a-shift-p50', split: 'week', part, count: p50 }),
      rowWith({ ...head, measure: 'interruptions-of-a-shift-p95', split: 'week', part, count: p95 }),
    ]),
  ]);
};

export const csvOfMonday = (
  { figures, load }: { readonly figures: readonly MondayFigure[]; readonly load?: LoadOfWeeks | undefined },
  asOf: string,
): string =>
  csvOf([
    ['measure', 'words', 'as_of', 'region', 'count', 'week_before'],
    ...figures.flatMap(({ measure, count, weekBefore, byRegion }): readonly (readonly Cell[])[] => {
      const words = mondayMeasures.find(({ id }) => id === measure)?.words ?? measure;
      return [
        [measure, words, asOf, '', count, weekBefore],
        ...Object.entries(byRegion).map(([region, each]) => [measure, words, asOf, region, each]),
      ];
    }),
    ...(load
      ? (['p50', 'p95'] as const).map((each) => [
          ...[`interruptions-of-a-shift-${each}`, `Interruptions of a person in a shift, ${each}`, asOf, ''],
          ...[load.now[each], load.weekBefore[each]],
        ])
      : []),
  ]);
