/**
 * Pictures of figures, drawn on the server. Each repeats its table: a reader who does not see it loses nothing. No color carries a
 * meaning of its own.
 */
import { scaleLinear, scalePoint, scaleQuantize } from 'd3-scale';
import { line } from 'd3-shape';
import type { Share } from '../../../shared/reports/figures.ts';
import { shortened } from '../referral/clock-picture.tsx';
import { percent, regionWords, shareWords } from './number-words.ts';

const width = 400;
const tableSays = 'The table below says the same.';

export interface Bar extends Share {
  readonly name: string;
}

/** More letters of a name do not fit beside its numbers. */
const longestName = 34;
const lower = (name: string): string => `${name.charAt(0).toLowerCase()}${name.slice(1)}`;

/** Stands in the place of a picture that would be empty. */
const noPicture = (what: string): string => `${what}: no picture, because each line has fewer than 20 cases.`;

/** One sentence that says what the bars show. `isPlace`: the names are those of places, with a capital. */
export function barsSentence(bars: readonly Bar[], what: string, isPlace = false): string {
  const said = isPlace ? (name: string) => name : lower;
  const shown = bars
    .filter(({ share }) => share !== undefined)
    .toSorted((one, other) => (other.share ?? 0) - (one.share ?? 0));
  const [first, last] = [shown[0], shown.at(-1)];
  if (!first || !last)
    return isPlace ? `${what}: each region has fewer than 20 cases, so none is shaded.` : noPicture(what);
  if (first === last) return `${what}: ${percent(first.share ?? 0)} of ${first.of}.`;
  return `${what}: most for ${said(first.name)} (${percent(first.share ?? 0)}), least for ${said(last.name)} (${percent(last.share ?? 0)}).`;
}

const rowHeight = 34;

/** Shares as bars from 0 to 100%, each with its interval. A line with too few cases has its numbers and no bar. */
export function Bars({ bars, what }: { readonly bars: readonly Bar[]; readonly what: string }) {
  if (bars.length === 0) return null;
  if (bars.every(({ share }) => share === undefined)) return <p class="small">{noPicture(what)}</p>;
  const x = scaleLinear([0, 1], [0, width]);
  const sentence = barsSentence(bars, what);
  const height = bars.length * rowHeight + 16;
  return (
    <figure class="plot">
      <figcaption>{sentence}</figcaption>
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={`${sentence} ${tableSays}`}>
        {x.ticks(4).map((tick) => (
          <>
            <line class="plot-axis" x1={x(tick)} x2={x(tick)} y1="0" y2={height - 14} />
            <text
              class="plot-small"
              x={x(tick)}
              y={height - 2}
              text-anchor={tick === 0 ? 'start' : tick === 1 ? 'end' : 'middle'}
            >
              {percent(tick)}
            </text>
          </>
        ))}
        {bars.map((bar, index) => {
          const y = index * rowHeight;
          return (
            <g>
              <text x="0" y={y + 13}>
                {shortened(bar.name, longestName)}: {shareWords(bar)}
              </text>
              {bar.share !== undefined && (
                <rect class="plot-bar" x="0" y={y + 18} width={Math.max(1, x(bar.share))} height="9" />
              )}
              {bar.interval && (
                <path
                  class="plot-margin"
                  d={`M${x(bar.interval[0])} ${y + 22.5}H${x(bar.interval[1])}M${x(bar.interval[0])} ${y + 18}v9M${x(bar.interval[1])} ${y + 18}v9`}
                />
              )}
            </g>
          );
        })}
      </svg>
    </figure>
  );
}

export interface Point {
  readonly name: string;
  /** Undefined where there are too few cases. The line has a gap there. */
  readonly value: number | undefined;
}

/** So much room the words of a mark need at its right. Near the edge they stand at its left. */
const markWidth = 70;

/** A line over quarters or years. `mark`: the name of the point from which on something holds, such as a policy. */
export function LinePlot({
  title,
  points,
  isShare,
  mark,
}: {
  readonly title: string;
  readonly points: readonly Point[];
  readonly isShare: boolean;
  readonly mark?: { readonly at: string; readonly words: string } | undefined;
}) {
  const known = points.filter(({ value }) => value !== undefined);
  const say = (value: number) => (isShare ? percent(value) : String(value));
  const [first, last] = [known[0], known.at(-1)];
  if (first?.value === undefined || last?.value === undefined || first === last)
    return <p class="small">{`${title}: no line, because fewer than two quarters have 20 cases.`}</p>;
  const sentence = `${title}: from ${say(first.value)} in ${first.name} to ${say(last.value)} in ${last.name}.`;
  // The words of the mark stand above the line.
  const [top, bottom] = [20, 96];
  const most = isShare ? 1 : Math.max(1, ...known.map(({ value = 0 }) => value));
  const x = scalePoint(
    points.map(({ name }) => name),
    [46, width - 12],
  );
  const y = scaleLinear([0, most], [bottom, top]).nice(4);
  const path = line<Point>()
    .defined(({ value }) => value !== undefined)
    .x(({ name }) => x(name) ?? 0)
    .y(({ value = 0 }) => y(value));
  const markX = mark && x(mark.at);
  return (
    <figure class="plot">
      <figcaption>{sentence}</figcaption>
      <svg viewBox={`0 0 ${width} 124`} role="img" aria-label={`${sentence} ${tableSays}`}>
        {y.ticks(3).map((tick) => (
          <>
            <line class="plot-axis" x1="40" x2={width} y1={y(tick)} y2={y(tick)} />
            <text class="plot-small" x="36" y={y(tick) + 4} text-anchor="end">
              {say(tick)}
            </text>
          </>
        ))}
        {mark && markX !== undefined && (
          <>
            <line class="plot-mark" x1={markX} x2={markX} y1="4" y2={bottom} />
            <text
              class="plot-small"
              x={markX < width - markWidth ? markX + 3 : markX - 3}
              y="11"
              text-anchor={markX < width - markWidth ? 'start' : 'end'}
            >
              {mark.words}
            </text>
          </>
        )}
        <path class="plot-line" d={path(points) ?? ''} />
        {known.map(({ name, value = 0 }) => (
          <circle class="plot-point" cx={x(name)} cy={y(value)} r="3" />
        ))}
        {points.map(({ name }, index) =>
          points.length > 4 && index % 2 === 0 ? null : (
            <text
              class="plot-small"
              x={x(name)}
              y="114"
              text-anchor={index === 0 ? 'start' : index === points.length - 1 ? 'end' : 'middle'}
            >
              {name}
            </text>
          ),
        )}
      </svg>
    </figure>
  );
}

/** Where each region stands on the map: its column and its row. The tiles stand as the regions do, west on the left. */
const tiles: readonly (readonly [region: string, column: number, row: number])[] = [
  ['5', 0, 0],
  ['4', 1, 0],
  ['3', 2, 0],
  ['6', 1, 1],
  ['1', 0, 2],
  ['2', 1, 2],
];
const tileWidth = 130;
const tileHeight = 62;

/** The six regions as tiles, each with its numbers. A darker tile repeats a greater share. */
export function TileMap({ bars, what }: { readonly bars: ReadonlyMap<string, Share>; readonly what: string }) {
  const shade = scaleQuantize([0, 1], [0.04, 0.12, 0.2, 0.3]);
  const named = tiles.flatMap(([region]) => {
    const share = bars.get(region);
    return share ? [{ name: regionWords(region), ...share }] : [];
  });
  const sentence = barsSentence(named, what, true);
  return (
    <figure class="plot">
      <figcaption>{sentence}</figcaption>
      <svg viewBox={`0 0 ${width} ${tileHeight * 3 + 4}`} role="img" aria-label={`${sentence} ${tableSays}`}>
        {tiles.map(([region, column, row]) => {
          const share = bars.get(region);
          const [left, above] = [column * (tileWidth + 4) + 1, row * tileHeight + 2];
          return (
            <g>
              <rect
                class="plot-tile"
                x={left}
                y={above}
                width={tileWidth}
                height={tileHeight - 4}
                fill-opacity={share?.share === undefined ? 0 : shade(share.share)}
              />
              <text x={left + 8} y={above + 22} class="plot-strong">
                {regionWords(region)}
              </text>
              <text x={left + 8} y={above + 42}>
                {share ? shareWords(share) : 'No case'}
              </text>
            </g>
          );
        })}
      </svg>
    </figure>
  );
}
