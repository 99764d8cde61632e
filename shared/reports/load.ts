/** Alarm load: the mails and interruptions that the program costs its own people, a person a shift. */
import { type Noise, noiseOf, type SentNoise } from '../domain/alerts/noise.ts';
import { newYorkDate } from '../domain/policy/due.ts';
import { isIn, type Period } from './calendars.ts';
import type { Table } from './report-tables.ts';

/** The load of a period, by the New York day on which each mail went out. */
export const loadOf = (sent: readonly SentNoise[], period: Period, asOf: string): Noise =>
  noiseOf(sent.filter(({ at }) => Date.parse(at) <= Date.parse(asOf) && isIn(period, newYorkDate(at))));

/** Interruptions of one person in one shift, at most: in half of the shifts, and in 95 of 100. */
export interface LoadOfWeek {
  readonly p50: number;
  readonly p95: number;
}

/** The load of the seven days up to a watermark, and of the seven days before them. */
export interface LoadOfWeeks {
  readonly now: LoadOfWeek;
  readonly weekBefore: LoadOfWeek;
}

export function loadTable(sent: readonly SentNoise[], period: Period, asOf: string): Table {
  const { mails, interruptions, people, shifts, byClass, mailsOfShift, interruptionsOfShift } = loadOf(
    sent,
    period,
    asOf,
  );
  return {
    id: 'load',
    title: 'Alarm load',
    period: period.name,
    asOf,
    headings: ['what', 'number'],
    rows: [
      ['mails', mails],
      ['interruptions', interruptions],
      ['people who got mail', people],
      ['shifts with at least one mail', shifts],
      ...Object.entries(byClass).map(([name, count]) => [`mails of class ${name}`, count]),
      ...(['p50', 'p95', 'max'] as const).map((each) => [`mails a person a shift, ${each}`, mailsOfShift[each]]),
      ...(['p50', 'p95', 'max'] as const).map((each) => [
        `interruptions a person a shift, ${each}`,
        interruptionsOfShift[each],
      ]),
    ],
    notes: [
      'An interruption is a mail of class now or today. A shift has eight hours.',
      'Shifts without a mail are left out, so that quiet ones do not hide a loud one.',
    ],
  };
}
