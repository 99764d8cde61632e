/** Calls of AWS for one confirmed referral with everyone on time, as `npm run demo` counts them. */
import type { Calls } from '../../infra/local/iam/count-calls.ts';

const all = 'In all';

/**
 * The highest of ten runs on 2026-12-07. A referral's id is random, and sets the hours in which Sweep and AnchorHeads
 * read it whole. A change that saves calls lowers these numbers too.
 */
const today: Readonly<Record<string, number>> = {
  [all]: 14_059,
  Sweep: 6472,
  Api: 2389,
  React: 1707,
  AnchorHeads: 1381,
  SendAlerts: 1030,
};

/** The most calls in all and of the functions that call most: those of today and five percent. */
export const mostCalls: ReadonlyMap<string, number> = new Map(
  Object.entries(today).map(([name, calls]) => [name, Math.floor(calls * 1.05)]),
);

/** Calls in all and by function, the most first. */
export function callsByFunction(calls: Calls): ReadonlyMap<string, number> {
  const sums = Object.entries(calls).map(([name, actions]) => [name, sumOf(Object.values(actions))] as const);
  return new Map([[all, sumOf(sums.map(([, sum]) => sum))], ...sums.toSorted(([, one], [, other]) => other - one)]);
}

const sumOf = (amounts: readonly number[]) => amounts.reduce((sum, each) => sum + each, 0);
