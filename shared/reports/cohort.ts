/** The referrals and children that a report on a period is about. */
import type { FactRow } from '../domain/facts/fact-row-shape.ts';
import { startOfDay } from '../domain/policy/due.ts';
import type { Period } from './calendars.ts';
import { type CountedChild, childrenOf } from './children.ts';
import { isBefore, isUpTo } from './utc-instants.ts';

export interface Cohort {
  readonly period: Period;
  /** A UTC instant. What came after it is in no figure. */
  readonly asOf: string;
  /** The rows of all referrals received in the period, without sealed ones. */
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

/** Says of rows whether they were received in the period. Its days become instants once, and not each row a day. */
function receivedIn({ from, before }: Period): (row: FactRow) => boolean {
  const [begin, end] = [startOfDay(from), startOfDay(before)];
  return ({ receivedAt }) => isUpTo(begin, receivedAt) && isBefore(receivedAt, end);
}

/** Rows with their children, and each child by its referrals. */
interface Families extends Pick<Cohort, 'rows' | 'whole'> {
  readonly all: readonly CountedChild[];
}

function familiesOf(rows: readonly FactRow[]): Families {
  const all = childrenOf(rows);
  return { rows, all, whole: new Map(all.flatMap((child) => child.referrals.map(({ id }) => [id, child] as const))) };
}

const openFamilies = new WeakMap<readonly FactRow[], Families>();

/** The rows that are not sealed, with their children. Every period of one reading has the same, so they are found once. */
function openIn(given: readonly FactRow[]): Families {
  const found = openFamilies.get(given) ?? familiesOf(given.filter(({ sealed }) => !sealed));
  openFamilies.set(given, found);
  return found;
}

/**
 * The cohort of a period, of rows as they are at the watermark `asOf`, a UTC instant. A sealed referral is in none, so that no reader
 * can tell one by what it adds. The rows that are given are never changed.
 */
export function cohortOf(given: readonly FactRow[], period: Period, asOf: string): Cohort {
  // Two referrals of the period may be linked by one before it, so children are found among all rows.
  const families = openIn(given);
  const rows = families.rows.filter(receivedIn(period));
  const within = new Set(rows);
  const children = families.all
    .map(({ id, referrals }) => ({ id, referrals: referrals.filter((row) => within.has(row)) }))
    .filter(({ referrals }) => referrals.some((row) => !isError(row)));
  return { period, asOf, rows, children, whole: families.whole };
}

/** Finds something in a cohort once, for every measure and table that asks for it. */
export function perCohort<Found extends object>(find: (cohort: Cohort) => Found): (cohort: Cohort) => Found {
  const known = new WeakMap<Cohort, Found>();
  return (cohort) => {
    const found = known.get(cohort) ?? find(cohort);
    known.set(cohort, found);
    return found;
  };
}
