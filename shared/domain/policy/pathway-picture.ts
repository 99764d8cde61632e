/**
 * Draws the map of the pathway as SVG, for a page, a document and paper. It uses no style sheet and no script, so any
 * page may show it. Words and shapes carry the meaning; colors only help.
 */
import type { MapClock, MapOutcome, MapStage, PathwayMap } from './pathway-map.ts';
import type { AlarmClass } from './policy.ts';

/** A part of the picture with a known height. It draws itself at a place, in pixels. */
interface Block {
  readonly height: number;
  readonly draw: (x: number, y: number) => string;
}

const navy = '#162e51';
const ink = '#1b1b1b';
const gray = '#3d4551';
const red = '#8b0a03';
const gap = 10;
const padding = 10;

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** The width of a text in pixels, a little too large: the reader's font is not known. */
function widthOf(text: string, size: number, isBold: boolean): number {
  const ems = [...text].reduce((sum, letter) => {
    if (/[iljtfr.,:;'|!()I ]/.test(letter)) return sum + 0.37;
    if (/[mwMW@%]/.test(letter)) return sum + 0.95;
    return sum + (/[A-Z]/.test(letter) ? 0.72 : 0.61);
  }, 0);
  return ems * size * (isBold ? 1.12 : 1);
}

/** The lines of a text that is at most this wide. A word is never broken. */
function wrapped(text: string, width: number, size: number, isBold: boolean): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    const longer = last === undefined ? word : `${last} ${word}`;
    if (last !== undefined && widthOf(longer, size, isBold) <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

interface TextStyle {
  readonly size?: number;
  readonly bold?: boolean;
  readonly fill?: string;
}

function text(words: string, width: number, { size = 13, bold = false, fill = ink }: TextStyle = {}): Block {
  const lines = wrapped(words, width, size, bold);
  const step = Math.round(size * 1.3);
  return {
    height: lines.length * step,
    draw: (x, y) =>
      lines
        .map(
          (line, index) =>
            `<text x="${x}" y="${y + Math.round(size * 0.95) + index * step}" font-size="${size}"${bold ? ' font-weight="700"' : ''} fill="${fill}">${escaped(line)}</text>`,
        )
        .join(''),
  };
}

const stacked = (blocks: readonly Block[], between = 2): Block => ({
  height: blocks.reduce((sum, { height }) => sum + height + between, -between),
  draw: (x, y) => {
    let at = y;
    return blocks
      .map(({ height, draw }) => {
        const drawn = draw(x, at);
        at += height + between;
        return drawn;
      })
      .join('');
  },
});

/** Rows of equal columns; the blocks of a row get the height of its tallest. */
const rowsOf = (
  makers: readonly ((height?: number) => Block)[],
  columns: number,
  columnWidth: number,
): readonly Block[] =>
  Array.from({ length: Math.ceil(makers.length / columns) }, (_, row) => {
    const makersOfRow = makers.slice(row * columns, (row + 1) * columns);
    const height = Math.max(...makersOfRow.map((make) => make().height));
    return {
      height,
      draw: (x: number, y: number) =>
        makersOfRow.map((make, column) => make(height).draw(x + column * (columnWidth + gap), y)).join(''),
    };
  });

const rect = (x: number, y: number, width: number, height: number, rest: string) =>
  `<rect x="${x}" y="${y}" width="${width}" height="${height}" ${rest}/>`;

/** Law is a tinted box with a thick bar; policy a white box with a broken line. */
const boxOf = (isLaw: boolean, x: number, y: number, width: number, height: number) =>
  isLaw
    ? rect(x, y, width, height, `fill="#e1e7f1" stroke="${navy}"`) + rect(x, y, 7, height, `fill="${navy}"`)
    : rect(x, y, width, height, 'rx="6" fill="#ffffff" stroke="#565c65" stroke-dasharray="5 3"');

/** `NOW` white on red, `TODAY` in a frame, `ROUTINE` plain. Ends at `right`. */
function alarmMark(alarm: AlarmClass, right: number, y: number): string {
  const word = alarm.toUpperCase();
  const width = widthOf(word, 11, true) + 12;
  const frame = {
    now: rect(right - width, y, width, 17, `rx="3" fill="${red}"`),
    today: rect(right - width, y, width, 17, `rx="3" fill="#ffffff" stroke="${red}" stroke-width="1.5"`),
    routine: '',
  }[alarm];
  const fill = { now: '#ffffff', today: red, routine: gray }[alarm];
  return `${frame}<text x="${right - width / 2}" y="${y + 12.5}" font-size="11" font-weight="700" text-anchor="middle" fill="${fill}">${word}</text>`;
}

/** The first two ways to end a clock, each up to a colon or semicolon. The table beside the picture says the rest. */
function endsInShort(ends: readonly string[]): string {
  const ways = [...new Set(ends.map((kept) => kept.split(/[:;]/)[0] ?? kept))];
  return [...ways.slice(0, 2), ...(ways.length > 2 ? ['in another way'] : [])].join(', or ');
}

function card(clock: MapClock, width: number): (height?: number) => Block {
  const { id, obligation, start, time, otherTimes, isLaw, alarm, otherAlarms, who, ends, only } = clock;
  const inner = width - 2 * padding - 6;
  const more = [...otherTimes, ...otherAlarms.map((each) => `called ${each}`)];
  const body = stacked([
    text(`${id}, ${isLaw ? 'LAW' : 'POLICY'}`, inner, { size: 12, bold: true, fill: navy }),
    text(capital(time), inner, { size: 16, bold: true }),
    text(`from ${start}`, inner, { size: 12 }),
    text(obligation, inner, { bold: true }),
    ...(more.length > 0 ? [text(capital(more.join('; ')), inner, { size: 12 })] : []),
    ...(only.length > 0 ? [text(`Only: ${only.join('; ')}`, inner, { size: 12 })] : []),
    text(`Who: ${who.join(', ')}`, inner, { size: 12 }),
    text(`Ends when ${endsInShort(ends)}`, inner, { size: 12, fill: gray }),
  ]);
  return (height = body.height + 2 * padding) => ({
    height,
    draw: (x, y) =>
      boxOf(isLaw, x, y, width, height) +
      body.draw(x + padding + 6, y + padding) +
      alarmMark(alarm, x + width - padding, y + padding),
  });
}

function outcomeCard(outcome: MapOutcome, width: number): (height?: number) => Block {
  const inner = width - 2 * padding;
  const [first, ...others] = outcome.populations;
  const isSame = others.every(({ proposal }) => proposal === first?.proposal);
  const proposals = isSame
    ? [`For every child: ${first?.proposal ?? ''}`]
    : outcome.populations.map(({ population, proposal }) => `${population}: ${proposal}`);
  const also = outcome.populations.flatMap(({ population, also: ids }) =>
    ids.length === 0 ? [] : [`${population}: ${ids.join(', ')} as well`],
  );
  const small = (words: string) => text(words, inner, { size: 12 });
  const head = (words: string) => text(words, inner, { size: 12, bold: true, fill: navy });
  const body = stacked([
    text(outcome.outcome, inner, { size: 15, bold: true }),
    head('Clocks that start'),
    ...outcome.opens.map(({ id, obligation }) => small(`${id} ${obligation}`)),
    ...also.map(small),
    head('Services that open'),
    small(outcome.services.join(', ') || 'None'),
    head('Decision that the rules propose'),
    ...proposals.map(small),
  ]);
  return (height = body.height + 2 * padding) => ({
    height,
    draw: (x, y) =>
      rect(x, y, width, height, `fill="#f6f6f6" stroke="${navy}"`) +
      rect(x, y, width, 4, `fill="${navy}"`) +
      body.draw(x + padding, y + padding),
  });
}

const columnsIn = (width: number) => Math.max(1, Math.floor((width + gap) / 285));
const columnWidth = (width: number, columns: number) => Math.floor((width - (columns - 1) * gap) / columns);

/** The head of a stage: white on navy, so that the eye finds the stages first. */
function stageHead(number: number, { title, says }: MapStage, width: number): Block {
  const inner = width - 2 * padding;
  const body = stacked([
    text(`${number}. ${title}`, inner, { size: 18, bold: true, fill: '#ffffff' }),
    text(says, inner, { fill: '#ffffff' }),
  ]);
  const height = body.height + 2 * padding;
  return {
    height,
    draw: (x, y) => rect(x, y, width, height, `fill="${navy}"`) + body.draw(x + padding, y + padding),
  };
}

/** The head of a stage, its outcomes where it has them, and its cards. A page of paper must not cut a part. */
function stageParts(map: PathwayMap, stage: MapStage, width: number): readonly Block[] {
  const hasOutcomes = stage.starts.some(({ start }) => start === 'the screening outcome');
  const inColumns = (columns: number, maker: (own: number) => readonly ((height?: number) => Block)[]) => {
    const own = columnWidth(width, columns);
    return rowsOf(maker(own), columns, own);
  };
  return [
    stageHead(map.stages.indexOf(stage) + 1, stage, width),
    ...(hasOutcomes
      ? inColumns(width > 1000 ? map.outcomes.length : columnsIn(width), (own) =>
          map.outcomes.map((outcome) => outcomeCard(outcome, own)),
        )
      : []),
    ...inColumns(columnsIn(width), (own) =>
      stage.starts.flatMap(({ clocks }) => clocks.map((clock) => card(clock, own))),
    ),
  ];
}

/** How many clocks of each kind, such as `6 of law, 8 of policy`. */
function countWords({ starts }: MapStage): string {
  const clocks = starts.flatMap(({ clocks: own }) => own);
  const law = clocks.filter(({ isLaw }) => isLaw).length;
  return [law > 0 ? `${law} of law` : '', clocks.length > law ? `${clocks.length - law} of policy` : '']
    .filter(Boolean)
    .join(', ');
}

/** The clocks that call people at any hour, such as `30 minutes: Classify the report (D1)`. */
const loudWords = ({ starts }: MapStage): readonly string[] =>
  starts
    .flatMap(({ clocks }) => clocks)
    .filter(({ alarm }) => alarm === 'now')
    .map(({ id, time, obligation }) => `${time}: ${obligation.split(',')[0]} (${id})`);

function stageBox(number: number, stage: MapStage, width: number): Block {
  const inner = width - 2 * padding;
  const white = { size: 12, fill: '#ffffff' };
  const loud = loudWords(stage);
  const body = stacked([
    text(`${number}. ${stage.title}`, inner, { size: 15, bold: true, fill: '#ffffff' }),
    text(`Clocks: ${countWords(stage)}`, inner, white),
    ...(loud.length > 0 ? [text('NOW, at any hour:', inner, { ...white, bold: true })] : []),
    ...loud.map((each) => text(each, inner, white)),
  ]);
  const height = body.height + 2 * padding;
  return {
    height,
    draw: (x, y) => rect(x, y, width, height, `rx="4" fill="${navy}"`) + body.draw(x + padding, y + padding),
  };
}

const arrowSize = 22;
const down = (width: number): Block => ({
  height: arrowSize,
  draw: (x, y) => {
    const at = x + width / 2;
    return `<path d="M${at} ${y + 1}v12m-6 -5l6 7l6 -7" fill="none" stroke="${navy}" stroke-width="2.5"/>`;
  },
});
const right = (x: number, y: number) =>
  `<path d="M${x + 3} ${y}h${arrowSize - 9}m-6 -6l7 6l-7 6" fill="none" stroke="${navy}" stroke-width="2.5"/>`;

/** The stages with their order, without their clocks. */
function overview({ stages }: PathwayMap, width: number): Block {
  const numbered = stages.map((stage, index) => ({ stage, number: index + 1 }));
  const of = (order: MapStage['order']) => numbered.filter(({ stage }) => stage.order === order);
  const beside = of('beside');
  const firstBeside = beside[0]?.number ?? Number.POSITIVE_INFINITY;
  const before = of('in line').filter(({ number }) => number < firstBeside);
  const after = of('in line').filter(({ number }) => number > firstBeside);
  const anytime = of('at any time').map(({ stage, number }) => stageBox(number, stage, width));
  const beginSide = text('Side by side:', width, { size: 12, bold: true, fill: navy });
  const box = (own: number) => (each: (typeof numbered)[number]) => stageBox(each.number, each.stage, own);
  if (width < 700) {
    const line = (each: (typeof numbered)[number]) => [box(width)(each), down(width)];
    return stacked(
      [
        ...before.flatMap(line),
        beginSide,
        ...beside.map((each) => box(width)(each)),
        down(width),
        ...after.map((each) => box(width)(each)),
        ...anytime,
      ],
      6,
    );
  }
  const columns = before.length + after.length + 1;
  const own = Math.floor((width - (columns - 1) * arrowSize) / columns);
  const side = stacked([beginSide, ...beside.map((each) => box(own)(each))], 6);
  const line: Block = {
    height: side.height,
    draw: (x, y) => {
      const places = Array.from({ length: columns }, (_, column) => x + column * (own + arrowSize));
      const middle = y + side.height / 2;
      const drawn = [...before, undefined, ...after].map((each, column) => {
        const at = places[column] ?? x;
        if (!each) return side.draw(at, y);
        const block = box(own)(each);
        return block.draw(at, middle - block.height / 2);
      });
      const arrows = places.slice(0, -1).map((at) => right(at + own, middle));
      return [...drawn, ...arrows].join('');
    },
  };
  return stacked([line, ...anytime], 12);
}

/** The marks that the picture uses, each with its words. */
function legend(width: number): Block {
  const entries: readonly (readonly [string, (x: number, y: number) => string])[] = [
    ['Law: no one may extend it', (x, y) => boxOf(true, x, y, 60, 18)],
    ['Policy: a person may give more time', (x, y) => boxOf(false, x, y, 60, 18)],
    ['People are called at any hour', (x, y) => alarmMark('now', x + 60, y)],
    ['A mail of its own, in waking hours', (x, y) => alarmMark('today', x + 60, y)],
    ['May wait for the daily digest', (x, y) => alarmMark('routine', x + 68, y)],
  ];
  const columns = width > 1000 ? 3 : width > 600 ? 2 : 1;
  const own = columnWidth(width, columns);
  const rows = rowsOf(
    entries.map(([said, mark]) => () => {
      const words = text(said, own - 84);
      return { height: Math.max(20, words.height), draw: (x, y) => mark(x, y) + words.draw(x + 78, y) };
    }),
    columns,
    own,
  );
  return stacked(rows, gap);
}

/** An SVG document. `title` says what it shows; without it, the page around it says so, and readers aloud skip it. */
function svgOf(block: Block, width: number, title?: string): string {
  const height = Math.ceil(block.height) + 2;
  const name = title === undefined ? ' aria-hidden="true"' : ` role="img" aria-label="${escaped(title)}"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}"${name} font-family="Helvetica, Arial, 'Liberation Sans', sans-serif">${block.draw(1, 1)}</svg>`;
}

/**
 * The overview, and for each stage its parts from top to bottom. The page around them says in words what they show.
 * `width` is in pixels; below 700 all stands in one column.
 */
export function picturesOf(
  map: PathwayMap,
  width: number,
): { readonly overview: string; readonly stages: readonly (readonly string[])[] } {
  const inner = width - 2;
  return {
    overview: svgOf(stacked([legend(inner), overview(map, inner)], 16), width),
    stages: map.stages.map((stage) => stageParts(map, stage, inner).map((part) => svgOf(part, width))),
  };
}

/** The whole map as one SVG document, ending with a line break. */
export function pictureOf(map: PathwayMap, width = 1160): string {
  const inner = width - 2;
  const title = `The pathway of a referral in ${map.jurisdiction}, rules ${map.version}`;
  const whole = stacked(
    [
      text(title, inner, { size: 20, bold: true }),
      legend(inner),
      overview(map, inner),
      ...map.stages.map((stage) => stacked(stageParts(map, stage, inner), gap)),
    ],
    20,
  );
  const background = {
    height: whole.height,
    draw: (x: number, y: number) => rect(0, 0, width, Math.ceil(whole.height) + 2, 'fill="#ffffff"') + whole.draw(x, y),
  };
  return `${svgOf(background, width, title)}\n`;
}
