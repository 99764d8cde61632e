/** Comparing UTC instants. Reports compare millions, and nearly all are written alike. */

/** `2026-11-09T15:00:00.000Z`: of two so written, the lesser text is the earlier one. */
const isPlain = (at: string): boolean => at.length === 24 && at[23] === 'Z' && at[19] === '.';

/** Whether an instant is not after another one. One that is not there is not. */
export function isUpTo(at: string | undefined, until: string): at is string {
  if (at === undefined) return false;
  return isPlain(at) && isPlain(until) ? at <= until : Date.parse(at) <= Date.parse(until);
}

/** Whether an instant is before another one. */
export const isBefore = (at: string, other: string): boolean => !isUpTo(other, at);
