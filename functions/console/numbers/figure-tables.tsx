/** Tables of figures. Each number leads to its definition and to what stands behind it. */
import type { Child } from 'hono/jsx';
import type { Line, PageAsked, Section, Trend } from '../../../shared/reports/figure-pages.ts';
import type { Difference, Figure, Share } from '../../../shared/reports/figures.ts';
import { measureNamed } from '../../../shared/reports/measures.ts';
import { Table } from '../app/components/table.tsx';
import {
  cellWords,
  differenceWords,
  marginWords,
  partWords,
  shareWords,
  splitWords,
  type WhyOf,
  whyAddress,
} from './number-words.ts';
import { type Bar, Bars, LinePlot, TileMap } from './plots.tsx';

type Year = Pick<PageAsked, 'calendar' | 'year'>;

export interface Shown {
  readonly base: string;
  readonly asked: Year;
}

/** The plain words of a measure. */
export const measureWords = (id: string): string => measureNamed(id)?.words ?? id;

/** Short names where many measures stand side by side. */
const shortNames: Readonly<Record<string, string>> = {
  referrals: 'Referrals',
  children: 'Children',
  'child-seen': 'Children seen',
  'on-time-law-now': 'Law kept on time: call at once',
  'on-time-law-today': 'Law kept on time: the same day',
  'on-time-law-routine': 'Law kept on time: in its time',
  'screened-on-return': 'Screened on return',
  'unscreened-on-return': 'Not screened on return',
  'service-started': 'A service started',
  'unmet-need': 'An unmet need',
  held: 'A 96-hour hold',
  petitioned: 'A petition',
  'child-charged': 'The child charged',
  'not-indicated': 'Nothing indicated',
};
export const shortWords = (id: string): string => shortNames[id] ?? measureWords(id);

/** How measures of one table begin. */
const beginnings = [
  ...['Children with an unmet need', 'Hours from receipt until the stage', 'Children with the indicator'],
  ...['Charges of a child, by their end', 'Services that started, by their last outcome'],
].join('|');

/** The service of a need, the stage of a time: what tells the rows of one table apart. */
export const rowWords = (id: string): string =>
  measureWords(id).replace(new RegExp(`^(${beginnings}): .`), (start) => start.slice(-1).toUpperCase());

export const NumberLink = ({
  base,
  why,
  figure,
  isShort = false,
}: {
  readonly base: string;
  readonly why: WhyOf;
  readonly figure: Figure;
  /** Without how sure it is. */
  readonly isShort?: boolean;
}) => (
  <>
    <a href={whyAddress(base, why)} aria-label={`${cellWords(figure)}: why this number?`}>
      {cellWords(figure)}
    </a>
    {!isShort && marginWords(figure) !== '' && <small class="margin">{marginWords(figure)}</small>}
  </>
);

const cells = (
  { figure, before }: Line,
  { base, asked: { calendar, year } }: Shown,
  isShort: boolean,
): readonly Child[] => [
  <NumberLink base={base} why={{ measure: figure.measure, calendar, year }} figure={figure} isShort={isShort} />,
  ...(before
    ? [<NumberLink base={base} why={{ measure: figure.measure, calendar, year: year - 1 }} figure={before} isShort />]
    : []),
];

/** Measures, one a row, this year and the year before, where they have it. */
export const LinesTable = ({
  caption,
  head,
  lines,
  shown,
  isShort = false,
}: {
  readonly caption: string;
  readonly head: string;
  readonly lines: readonly Line[];
  readonly shown: Shown;
  /** Without how sure each is. */
  readonly isShort?: boolean;
}) => (
  <Table
    caption={caption}
    heads={[head, String(shown.asked.year), ...(lines.some(({ before }) => before) ? ['Year before'] : [])]}
    rows={lines.map((line) => [rowWords(line.measure), ...cells(line, shown, isShort)])}
    numbers
  />
);

export const barsOf = (lines: readonly Line[]): readonly Bar[] =>
  lines.flatMap(({ measure, figure }) =>
    figure.kind === 'share' && figure.of > 0 ? [{ name: rowWords(measure), ...figure }] : [],
  );

const isShare = (figure: Figure): figure is Extract<Figure, { kind: 'share' }> => figure.kind === 'share';

/** A measure by parts, with the whole under them. A map of the regions, or bars. */
export function SplitTable({
  split,
  shown,
  what,
  picture = true,
}: {
  readonly split: NonNullable<Section['split']>;
  readonly shown: Shown;
  /** What the picture is about, as its sentence begins. */
  readonly what: string;
  readonly picture?: boolean;
}) {
  const { measure, by, parts, total } = split;
  const { base, asked } = shown;
  const shares = parts.flatMap(({ value, figure }) => (isShare(figure) ? [[value, figure] as const] : []));
  const row = (name: string, figure: Figure, part?: string) => [
    name,
    <NumberLink base={base} why={{ measure, ...asked, ...(part !== undefined && { by, part }) }} figure={figure} />,
  ];
  return (
    <>
      {picture && by === 'region' && <TileMap bars={new Map<string, Share>(shares)} what={what} />}
      {picture && by !== 'region' && (
        <Bars bars={shares.map(([value, share]) => ({ name: partWords(by, value), ...share }))} what={what} />
      )}
      <Table
        caption={`${measureWords(measure)}, by ${splitWords[by].toLowerCase()}`}
        heads={[splitWords[by], 'Children']}
        rows={[
          ...parts.map(({ value, figure }) => row(partWords(by, value), figure, value)),
          row('Whole state', total),
        ]}
        numbers
      />
    </>
  );
}

const shortShare = ({ count, of }: Share): string => `${count} of ${of}`;

/** Two groups side by side, each row with the difference. */
export const DifferencesTable = ({
  caption,
  heads,
  differences,
  shown: { base, asked },
}: {
  readonly caption: string;
  readonly heads: readonly [one: string, other: string, difference: string];
  readonly differences: readonly Difference[];
  readonly shown: Shown;
}) => (
  <Table
    caption={caption}
    heads={['Measure', ...heads]}
    rows={differences.map((difference) => {
      const { measure, by } = difference;
      const side = (part: string, share: Share) =>
        by === 'time' ? (
          shareWords(share)
        ) : (
          <a
            href={whyAddress(base, { measure, ...asked, by, part })}
            aria-label={`${shareWords(share)}: why this number?`}
          >
            {shortShare(share)}
          </a>
        );
      return [
        shortWords(measure),
        side(difference.one, difference.shares[0]),
        side(difference.other, difference.shares[1]),
        differenceWords(difference),
      ];
    })}
    numbers
  />
);

/** Each measure as a line, and all of them in one table. */
export function Trends({
  trends,
  names,
  caption,
  mark,
  drawn,
}: {
  readonly trends: readonly Trend[];
  readonly names: readonly string[];
  readonly caption: string;
  readonly mark?: { readonly at: string; readonly words: string } | undefined;
  readonly drawn: boolean;
}) {
  return (
    <>
      {drawn &&
        trends.map(({ measure, figures }) => (
          <LinePlot
            title={shortWords(measure)}
            points={figures.map((figure, index) => ({
              name: names[index] ?? '',
              value: figure.kind === 'count' ? figure.count : figure.kind === 'share' ? figure.share : undefined,
            }))}
            isShare={figures.some(isShare)}
            mark={mark}
          />
        ))}
      <Table
        caption={caption}
        heads={['Measure', ...names]}
        rows={trends.map(({ measure, figures }) => [
          shortWords(measure),
          ...figures.map((figure) =>
            isShare(figure) && figure.share !== undefined ? `${Math.round(figure.share * 100)}%` : cellWords(figure),
          ),
        ])}
        numbers
      />
    </>
  );
}
