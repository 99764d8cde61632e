/** The scorecard: five practices, three measures each, with what is aimed at and the year before. */
import type { Child } from 'hono/jsx';
import { formatDate, newYorkDate } from '../../../shared/domain/policy/due.ts';
import { hasEnded, periodOf, shiftYears } from '../../../shared/reports/calendars.ts';
import type { Section } from '../../../shared/reports/figure-pages.ts';
import type { Share } from '../../../shared/reports/figures.ts';
import { type Score, type Span, spans } from '../../../shared/reports/scorecard.ts';
import { Table } from '../app/components/table.tsx';
import type { Frame } from '../app/frame.tsx';
import { navigationFor } from '../app/navigation.ts';
import type { Shown } from './figure-tables.tsx';
import { calendarWords, differenceWords, percent, shareWords } from './number-words.ts';

interface Scored {
  readonly sections: readonly Section[];
  readonly shown: Shown;
  readonly frame: Frame;
  /** The watermark, a UTC instant. */
  readonly asOf: string;
}

/** Where the evidence of a score is: that of a figure for the year that is shown. Undefined where the reader may not open it. */
function evidenceOf({ evidence }: Score, { shown: { base, asked }, frame: { visitor } }: Scored): string | undefined {
  if (evidence.startsWith('/numbers/')) return `${base}${evidence}&calendar=${asked.calendar}&year=${asked.year}`;
  const { primary, more } = visitor ? navigationFor(visitor) : { primary: [], more: [] };
  return [...primary, ...more].some(({ path }) => path === evidence) ? `${base}${evidence}` : undefined;
}

/** What it is now, which leads to its evidence. */
function now(score: Score, scored: Scored): Child {
  const address = evidenceOf(score, scored);
  const said = nowWords(score);
  return address === undefined ? (
    said
  ) : (
    <a href={address} aria-label={`${said}: what it rests on`}>
      {said}
    </a>
  );
}

export const Scorecard = (scored: Scored) => (
  <div class="scorecard">
    <p>
      Each number is computed, and no one scores themselves. Choose a number to see what it rests on. The aims are
      assumptions of this project.
    </p>
    {scored.sections.flatMap(({ title, scores = [] }) =>
      spans.map((span) => {
        const rows = scores.filter((score) => score.span === span);
        return (
          rows.length > 0 && (
            <Table
              caption={rows.length === scores.length ? title : `${title}, ${spanWords[span]}`}
              heads={['Measure', ...columnsOf(span, scored), 'Aim', 'Gap']}
              rows={rows.map((score) => [
                <>
                  {score.words}
                  <small class="margin">{score.counts}</small>
                </>,
                now(score, scored),
                beforeWords(score),
                aimWords(score),
                gapWords(score),
              ])}
              numbers
            />
          )
        );
      }),
    )}
  </div>
);

const spanWords: Readonly<Record<Span, string>> = { year: 'by year', day: 'today' };

/** The heads of the two columns of numbers: two years, or two days a year apart. */
function columnsOf(span: Span, { shown: { asked }, asOf }: Scored): readonly [string, string] {
  const { calendar, year } = asked;
  if (span === 'day') {
    const [day, before] = [asOf, shiftYears(asOf, -1)].map((at) => formatDate(newYorkDate(at)));
    return [`As of ${day}`, `As of ${before}`];
  }
  const soFar = hasEnded(periodOf(calendar, year), newYorkDate(asOf)) ? '' : ' so far';
  return [`${calendarWords[calendar]} ${year}${soFar}`, `${calendarWords[calendar]} ${year - 1}`];
}

const casesWords = (share: Share): string => (share.of === 0 ? 'No case' : shareWords(share));

function nowWords(score: Score): string {
  if (score.kind === 'not-recorded') return 'Not recorded';
  return score.kind === 'difference' ? differenceWords(score.difference) : casesWords(score.share);
}

function beforeWords(score: Score): Child {
  if (score.kind === 'difference') return differenceWords(score.before);
  return score.kind === 'share' && score.before ? casesWords(score.before) : '–';
}

function aimWords({ aim }: Score): string {
  if (aim?.atLeast !== undefined) return `at least ${percent(aim.atLeast)}`;
  return aim?.atMost === undefined ? '–' : `at most ${percent(aim.atMost)}`;
}

function gapWords({ aim, gap }: Score): string {
  if (aim === undefined || gap === undefined) return '–';
  return gap === 0 ? 'None' : `${Math.max(1, Math.round(gap * 100))} points`;
}
