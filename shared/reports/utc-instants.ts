/** Comparing UTC instants. Reports compare millions, and nearly all are written alike. */

/** So many letters of `2026-11-09T15:00:00Z`, with or without fractions, say it to the second. */
const toSecond = 19;
const isUtc = (at: string): boolean => at[10] === 'T' && at.endsWith('Z') && (at.length === 20 || at[toSecond] === '.');

/** Whether an instant is not after another one. One that is not there is not. */
export function isUpTo(at: string | undefined, until: string): at is string {
  if (at === undefined) return false;
  if (isUtc(at) && isUtc(until)) {
    const [one, other] = [at.slice(0, toSecond), until.slice(0, toSecond)];
    // Of two so written, the lesser text is the earlier one.
    if (one !== other) return one < other;
  }
  return Date.parse(at) <= Date.parse(until);
}

/** Whether an instant is before another one. */
export const isBefore = (at: string, other: string): boolean => !isUpTo(other, at);
