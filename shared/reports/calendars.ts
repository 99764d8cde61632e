/** The four calendars that reports count by. Days are New York dates, `YYYY-MM-DD`. */
import { addDays } from '../domain/policy/due.ts';

export const calendarNames = ['state-fiscal', 'federal-fiscal', 'grant', 'calendar-year'] as const;
export type CalendarName = (typeof calendarNames)[number];

/**
 * When a year of the calendar begins, and whether the year in which it ends names it. The grant year
 * is data of this project: the grant of 2014 began with the federal year.
 */
export const calendars: Readonly<
  Record<CalendarName, { readonly words: string; readonly begins: string; readonly namedByEnd: boolean }>
> = {
  'state-fiscal': { words: 'state fiscal year, July to June', begins: '07-01', namedByEnd: true },
  'federal-fiscal': { words: 'federal fiscal year, October to September', begins: '10-01', namedByEnd: true },
  grant: { words: 'grant year, from September 30', begins: '09-30', namedByEnd: false },
  'calendar-year': { words: 'calendar year', begins: '01-01', namedByEnd: false },
};

/** The same day so many years later, or earlier. Of a leap day: the day before it. An instant keeps its time. */
export const shiftYears = (day: string, years: number): string =>
  `${Number(day.slice(0, 4)) + years}${day.slice(4)}`.replace('-02-29', '-02-28');

/** A span of New York days. `before` is the first day after it. */
export interface Period {
  readonly name: string;
  readonly from: string;
  readonly before: string;
}

/** The first day of the year of this name. */
const beginOf = (calendar: CalendarName, year: number): string => {
  const { begins, namedByEnd } = calendars[calendar];
  return `${String(year - (namedByEnd ? 1 : 0)).padStart(4, '0')}-${begins}`;
};

/** The year of a calendar: `state-fiscal 2026` begins on July 1, 2025. */
export const periodOf = (calendar: CalendarName, year: number): Period => ({
  name: `${calendar} ${year}`,
  from: beginOf(calendar, year),
  before: beginOf(calendar, year + 1),
});

/** The year of a calendar that a New York date lies in. */
export function yearOf(calendar: CalendarName, date: string): number {
  const year = Number(date.slice(0, 4));
  // Names differ from the year of the date by one at most.
  return [year - 1, year, year + 1].find((each) => isIn(periodOf(calendar, each), date)) ?? year;
}

export const isIn = ({ from, before }: Omit<Period, 'name'>, date: string): boolean => date >= from && date < before;

/** The quarters of a period that is a year, each of three months. Others give one part, the period itself. */
export function quartersOf(period: Period): readonly Period[] {
  const [year = 0, month = 1] = period.from.split('-').map(Number);
  const begin = (quarter: number): string => {
    const at = month - 1 + quarter * 3;
    return `${year + Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}-01`;
  };
  if (!period.from.endsWith('-01') || begin(4) !== period.before) return [period];
  return [0, 1, 2, 3].map((quarter) => ({
    name: `${period.name} quarter ${quarter + 1}`,
    from: begin(quarter),
    before: begin(quarter + 1),
  }));
}

/** Whether the period has ended by this New York date: its last day is over. */
export const hasEnded = ({ before }: Period, today: string): boolean => today >= before;

/** The last day of a period. */
export const lastDayOf = ({ before }: Period): string => addDays(before, -1);
