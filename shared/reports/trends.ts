/** Trends by quarter and by year, with what changed in the rules marked on them. There is none by month: that is noise. */
import type { FactRow } from '../domain/facts/fact-row-shape.ts';
import { newYorkDate } from '../domain/policy/due.ts';
import { type CalendarName, hasEnded, isIn, type Period, periodOf, quartersOf } from './calendars.ts';
import { cohortOf } from './cohort.ts';
import { type Figure, figureOf } from './figures.ts';
import type { Measure } from './measures.ts';
import type { Table } from './report-tables.ts';

/** Something that began on a New York day and may explain a change. */
export interface Mark {
  readonly day: string;
  readonly words: string;
}

export const steps = ['quarter', 'year'] as const;
export type TrendStep = (typeof steps)[number];

export interface TrendPoint {
  readonly period: Period;
  readonly figure: Figure;
  readonly marks: readonly string[];
}

/** The measures and days of a trend. `from` and `to`: the first and the last year, by their names. */
export interface AskedTrend {
  readonly calendar: CalendarName;
  readonly from: number;
  readonly to: number;
  readonly step: TrendStep;
  readonly asOf: string;
  readonly marks: readonly Mark[];
}

/** A figure for each quarter or year that has ended by the watermark. Restricted referrals are in none. */
export function trendOf(measure: Measure, rows: readonly FactRow[], asked: AskedTrend): readonly TrendPoint[] {
  const years = Array.from({ length: Math.max(0, asked.to - asked.from + 1) }, (_, index) => asked.from + index);
  return years
    .flatMap((year) => {
      const whole = periodOf(asked.calendar, year);
      return asked.step === 'year' ? [whole] : quartersOf(whole);
    })
    .filter((period) => hasEnded(period, newYorkDate(asked.asOf)))
    .map((period) => ({
      period,
      figure: figureOf(measure, cohortOf(rows, period, asked.asOf)),
      marks: asked.marks.filter(({ day }) => isIn(period, day)).map(({ day, words }) => `${day}: ${words}`),
    }));
}

/** The first number of a figure, and the one it is part of. Hours of a time: half reached it within these. */
function numbersOf(figure: Figure) {
  if (figure.kind === 'count') return [figure.count];
  if (figure.kind === 'share') {
    const { count, of, share, interval } = figure;
    return [count, of, share, interval?.[0], interval?.[1]];
  }
  return [figure.reached, figure.of, undefined, undefined, undefined, figure.hours?.p50];
}

export function trendTable(measures: readonly Measure[], rows: readonly FactRow[], asked: AskedTrend): Table {
  return {
    id: 'trends',
    title: `By ${asked.step}`,
    period: `${asked.calendar} ${asked.from} to ${asked.to}`,
    asOf: asked.asOf,
    headings: ['measure', 'part', 'count', 'of', 'share', 'low', 'high', 'hours_p50', 'changed'],
    rows: measures.flatMap((measure) =>
      trendOf(measure, rows, asked).map(({ period, figure, marks }) => {
        const numbers = numbersOf(figure);
        return [measure.id, period.name, ...Array.from({ length: 6 }, (_, index) => numbers[index]), marks.join('; ')];
      }),
    ),
    notes: [
      'Each part has the referrals received in it. The last parts have had less time, so outcomes in them are fewer.',
      'Restricted referrals are left out. A part that has not ended is left out.',
      'A change that follows a mark was not always caused by it.',
    ],
  };
}
