/** Tables of a report, printed and written alike. */
import { type Cell, csvOf } from './csv.ts';
import type { Share } from './figures.ts';
import { fewestForShare } from './measures.ts';

export interface Table {
  readonly id: string;
  readonly title: string;
  /** The period, or the periods, that it is about. */
  readonly period: string;
  /** The watermark, a UTC instant. */
  readonly asOf: string;
  readonly headings: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
  /** What a reader must know before using it. */
  readonly notes: readonly string[];
}

/** A share in the cells of a table: count, of, unknown, share, low, high. The last three are empty below twenty cases. */
export const shareHeadings = ['count', 'of', 'unknown', 'share', 'low', 'high'] as const;
export const shareCells = ({ count, of, unknown, share, interval }: Share): readonly Cell[] => [
  count,
  of,
  unknown,
  share,
  interval?.[0],
  interval?.[1],
];

/** What every table with shares says under it. */
export const shareNotes = [
  `Below ${fewestForShare} cases there is no percentage. Low and high are the bounds of Wilson's interval at 95 in 100.`,
  'Unknown cases are in neither number.',
] as const;

/** A table as text for spreadsheets: the headings, then the rows. The period and the watermark are in every row. */
export const csvOfTable = ({ period, asOf, headings, rows }: Table): string =>
  csvOf([['period', 'as_of', ...headings], ...rows.map((cells) => [period, asOf, ...cells])]);

const shown = (cell: Cell): string =>
  cell === undefined ? '' : typeof cell === 'number' && !Number.isInteger(cell) ? cell.toFixed(3) : String(cell);

/** A table as lines of text for a terminal, its columns below each other. */
export function textOfTable({ title, period, asOf, headings, rows, notes }: Table): string {
  const lines = [headings, ...rows].map((cells) => cells.map(shown));
  const widths = headings.map((_, index) => Math.max(...lines.map((cells) => (cells[index] ?? '').length)));
  return [
    `${title}, ${period}, as of ${asOf}.`,
    '',
    ...lines.map((cells) =>
      cells
        .map((cell, index) => cell.padEnd(widths[index] ?? 0))
        .join('  ')
        .trimEnd(),
    ),
    '',
    ...notes.map((note) => `- ${note}`),
    '',
  ].join('\n');
}
