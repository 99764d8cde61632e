/** The referrals and children that a report on a period is about. */
import type { FactRow } from '../domain/facts/fact-row-shape.ts';
import { newYorkDate } from '../domain/policy/due.ts';
import { type CalendarName, hasEnded, isIn, isYearOf, type Period } from './calendars.ts';
import { type CountedChild, childrenOf } from './children.ts';

export interface Cohort {
  readonly period: Period;
  /** A UTC instant. What came after it is in no figure. */
  readonly asOf: string;
  /** The rows of all referrals received in the period. */
  readonly rows: readonly FactRow[];
  /** Their children, each with its referrals of the period. A child with referrals made in error alone is none. */
  readonly children: readonly CountedChild[];
  /** Every child by the reference of each referral, with all its referrals up to the watermark. */
  readonly whole: ReadonlyMap<string, CountedChild>;
}

/** Whether the referral was withdrawn because there was no such child. */
export const isError = ({ stage, withdrawnBecause }: FactRow): boolean =>
  stage === 'withdrawn' && withdrawnBecause === 'made-in-error';

/** Whether the referral counts for itself. One that was withdrawn or merged has no work of its own. */
export const isWorked = ({ stage }: FactRow): boolean => stage === 'open' || stage === 'closed';

/** So many sealed referrals are counted together at least. Fewer are in no figure. */
export const leastWithheld = 6;

const isReceivedIn = ({ receivedAt }: FactRow, period: Period): boolean => isIn(period, newYorkDate(receivedAt));

/**
 * Sealed referrals are in state-wide figures of years that have ended, at least six together, and in no other. Only the years of
 * one calendar have them. Years of two overlap, and their difference could reveal one referral with its facts.
 */
const showsSealed = (rows: readonly FactRow[], period: Period, asOf: string, calendar: CalendarName): boolean =>
  isYearOf(calendar, period) &&
  hasEnded(period, newYorkDate(asOf)) &&
  rows.filter((row) => row.sealed && isReceivedIn(row, period)).length >= leastWithheld;

/**
 * The cohort of a period, of rows as they are at the watermark `asOf`, a UTC instant. `isSplit`: the figure is one of several by
 * region, gender and so on, and has no sealed referral. `calendar`: the one whose years count sealed referrals.
 */
export function cohortOf(
  given: readonly FactRow[],
  period: Period,
  asOf: string,
  isSplit = false,
  calendar: CalendarName = 'state-fiscal',
): Cohort {
  const withSealed = !isSplit && showsSealed(given, period, asOf, calendar);
  const shown = given.filter((row) => !row.sealed || (withSealed && isReceivedIn(row, period)));
  const rows = shown.filter((row) => isReceivedIn(row, period));
  const within = new Set(rows.map(({ id }) => id));
  // Two referrals of the period may be linked by one before it, so children are found among all rows.
  const all = childrenOf(shown);
  const whole = new Map(all.flatMap((child) => child.referrals.map(({ id }) => [id, child] as const)));
  const children = all
    .map(({ id, referrals }) => ({ id, referrals: referrals.filter((row) => within.has(row.id)) }))
    .filter(({ referrals }) => referrals.some((row) => !isError(row)));
  return { period, asOf, rows, children, whole };
}
