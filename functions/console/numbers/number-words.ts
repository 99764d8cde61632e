/** The words of figures on pages, and the addresses that lead to their definitions. */
import { formatDate } from '../../../shared/domain/policy/due.ts';
import { words } from '../../../shared/domain/words/code-words.ts';
import { regions } from '../../../shared/policy/places/geography.ts';
import {
  type CalendarName,
  calendarNames,
  hasEnded,
  lastDayOf,
  type Period,
} from '../../../shared/reports/calendars.ts';
import type { Difference, Figure, Share, SplitName } from '../../../shared/reports/figures.ts';
import { addressOf } from '../queue/filter-words.ts';

export const percent = (share: number): string => `${Math.round(share * 100)}%`;

/** `5.5 hours`, `6 days`. */
export function hoursWords(hours: number | 'not-reached'): string {
  if (hours === 'not-reached') return 'not reached';
  if (hours < 1) return `${Math.round(hours * 60)} minutes`;
  return hours < 96 ? `${Number(hours.toFixed(1))} hours` : `${Math.round(hours / 24)} days`;
}

/** `81 of 90 (90%)`, or `3 of 9` where there are too few cases for a percentage. */
export const shareWords = ({ count, of, share }: Share): string =>
  `${count} of ${of}${share === undefined ? '' : ` (${percent(share)})`}`;

/** A figure in a cell of a table. */
export function cellWords(figure: Figure): string {
  if (figure.kind === 'count') return String(figure.count);
  if (figure.kind === 'share') return shareWords(figure);
  const { reached, of, hours } = figure;
  return hours === undefined ? `${reached} of ${of}` : hoursWords(hours.p50);
}

/** What stands in small print under a figure: how sure it is, and what is not known. */
export function marginWords(figure: Figure): string {
  if (figure.kind === 'count') return '';
  if (figure.kind === 'share') {
    const { interval, unknown } = figure;
    return [
      ...(interval ? [`${percent(interval[0])} to ${percent(interval[1])}`] : []),
      ...(unknown > 0 ? [`${unknown} not known`] : []),
    ].join(', ');
  }
  return `${figure.reached} of ${figure.of}, ${figure.waiting} wait`;
}

/** `12 points fewer (20 to 4 fewer)`. */
export function differenceWords({ difference, interval, shares }: Difference): string {
  if (difference === undefined || !interval) {
    const fewest = Math.min(...shares.map(({ of }) => of));
    return fewest === 0 ? 'No case on one side' : 'Too few to compare';
  }
  const points = (value: number) => `${value > 0 ? '+' : ''}${Math.round(value * 100)}`;
  const isClear = interval[0] > 0 || interval[1] < 0;
  return `${points(difference)} points (${points(interval[0])} to ${points(interval[1])})${isClear ? '' : ': not clear'}`;
}

export const regionWords = (value: string): string =>
  value === 'unknown' ? 'Region not known' : (regions.find(({ id }) => String(id) === value)?.name ?? value);

/** The name of a part, such as a region or an age band. */
export const partWords = (by: SplitName, value: string): string =>
  by === 'region' ? regionWords(value) : words(value);

export const splitWords: Readonly<Record<SplitName, string>> = {
  region: 'Region',
  population: 'Living situation',
  gender: 'Gender',
  race: 'Race and ethnicity',
  age: 'Age',
  language: 'Language',
};

export const calendarWords: Readonly<Record<CalendarName, string>> = {
  'state-fiscal': 'State fiscal year',
  'federal-fiscal': 'Federal fiscal year',
  grant: 'Grant year',
  'calendar-year': 'Calendar year',
};

const dateWords = (date: string): string => formatDate(date);

/** `State fiscal year 2026, July 1, 2025 to June 30, 2026`. */
export const periodWords = (calendar: CalendarName, year: number, { from, before }: Period): string =>
  `${calendarWords[calendar]} ${year}: ${dateWords(from)} to ${dateWords(lastDayOf({ name: '', from, before }))}`;

/** `State fiscal year 2026`, of the name of a period. */
export const nameWords = (name: string): string => {
  const calendar = calendarNames.find((each) => name.startsWith(`${each} `));
  return calendar === undefined ? name : name.replace(calendar, calendarWords[calendar]);
};

export const isRunning = (period: Period, today: string): boolean => !hasEnded(period, today);

/** `Q1 2026`, of the quarter of a period's name. */
export const quarterWords = ({ from }: Period): string =>
  `${['Jan–Mar', 'Apr–Jun', 'Jul–Sep', 'Oct–Dec'][Math.floor((Number(from.slice(5, 7)) - 1) / 3)]} ${from.slice(0, 4)}`;

export interface WhyOf {
  readonly measure: string;
  readonly calendar?: CalendarName | undefined;
  readonly year?: number | undefined;
  readonly by?: SplitName | undefined;
  readonly part?: string | undefined;
}

/** The address of the definition of a figure, with what stands behind it. */
export const whyAddress = (base: string, { measure, calendar, year, by, part }: WhyOf): string =>
  addressOf(`${base}/numbers/why`, {
    measure,
    ...(calendar !== undefined && { calendar }),
    ...(year !== undefined && { year: String(year) }),
    ...(by !== undefined && part !== undefined && { by, part }),
  });
