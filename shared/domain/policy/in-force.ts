/** Since when a version of the policy is in force, and under which version a new referral begins. */
import { isAfter } from '../core/instants.ts';
import { formatInstant, startOfDay } from './due.ts';
import type { Policy } from './policy.ts';

type Dated = Pick<Policy, 'inForceFrom'>;

const isDay = (text: string) => /^\d{4}-\d\d-\d\d$/.test(text);

/** Whether the text is an instant with its offset, or a day that exists. */
export function isStart(text: unknown): text is string {
  if (typeof text !== 'string' || !/^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d))?$/.test(text)) return false;
  const day = Date.parse(`${text.slice(0, 10)}T00:00:00Z`);
  return new Date(day || 0).toISOString().startsWith(text.slice(0, 10)) && !Number.isNaN(Date.parse(text));
}

/** The UTC instant of a start. A day begins at midnight in New York. */
export const instantOf = (start: string): string => new Date(isDay(start) ? startOfDay(start) : start).toISOString();

/** `Fri Jan 1, 2027, 12:00 AM EST`. */
export const startWords = ({ inForceFrom }: Dated): string => formatInstant(instantOf(inForceFrom));

/**
 * The version of a referral whose report the Careline received at `receivedAt`, an instant. It counts when the Careline
 * heard, not when the report was entered. `released`: all versions, oldest first. Before the first version was in force,
 * the first holds. For what belongs to no referral, such as a list, give the instant of now.
 */
export function policyInForce<Version extends Dated>(
  released: readonly [Version, ...Version[]],
  receivedAt: string,
): Version {
  const [first] = released;
  return released.findLast(({ inForceFrom }) => !isAfter(instantOf(inForceFrom), receivedAt)) ?? first;
}

/** Whether something dated holds for a report received at this instant: from `from` on, and before `until`. */
export const holdsAt = (
  { from, until }: { readonly from?: string; readonly until?: string },
  receivedAt: string,
): boolean =>
  (from === undefined || !isAfter(instantOf(from), receivedAt)) &&
  (until === undefined || isAfter(instantOf(until), receivedAt));
