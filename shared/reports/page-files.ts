/** A page of reports as a file: the same figures as on the page, without the referrals behind them. Pure. */
import { type Cell, csvOf } from './csv.ts';
import type { Difference, SplitName } from './figures.ts';
import { measuresVersion } from './measures.ts';
import { type MondayFigure, mondayMeasures } from './monday.ts';
import { type FigureAlone, figuresOf, type ReportPage, withoutReferrals } from './pages.ts';
import { cellsOf, headings } from './report.ts';

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
  readonly withheld: readonly {
    readonly measure: string;
    readonly by: SplitName;
    readonly count: number;
    readonly of?: number;
  }[];
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
}

const sideOf = ({ count, of }: Side): Side => ({ count, of });

export function pageFile(report: ReportPage): PageFile {
  const { page, version, asOf, period, sections } = report;
  return {
    page,
    version,
    asOf,
    period: period.name,
    figures: figuresOf(report).map(({ figure, ...part }) => ({ ...part, figure: withoutReferrals(figure) })),
    withheld: sections.flatMap(({ split }) =>
      split?.withheld ? [{ measure: split.measure, by: split.by, ...split.withheld }] : [],
    ),
    differences: sections.flatMap(({ differences = [] }) =>
      differences.map(({ shares: [one, other], ...difference }) => ({
        ...difference,
        sides: [sideOf(one), sideOf(other)] as const,
      })),
    ),
  };
}

export const csvOfPage = (report: ReportPage): string => {
  const { withheld } = pageFile(report);
  return csvOf([
    headings,
    ...figuresOf(report).map(({ figure, by = '', part = '' }) => cellsOf(figure, by, part)),
    ...withheld.map(({ measure, by, count, of }): readonly Cell[] => [
      ...[measure, '', measuresVersion, report.period.name, report.asOf, by, 'withheld', count, of],
    ]),
  ]);
};

export const csvOfMonday = (figures: readonly MondayFigure[], asOf: string): string =>
  csvOf([
    ['measure', 'words', 'as_of', 'region', 'count', 'week_before'],
    ...figures.flatMap(({ measure, count, weekBefore, byRegion }): readonly (readonly Cell[])[] => {
      const words = mondayMeasures.find(({ id }) => id === measure)?.words ?? measure;
      return [
        [measure, words, asOf, '', count, weekBefore],
        ...Object.entries(byRegion).map(([region, each]) => [measure, words, asOf, region, each]),
      ];
    }),
  ]);
