/** How fast one person may ask: so many requests at once, and after that so many a second. */

export interface RateLimit {
  readonly perSecond: number;
  readonly atOnce: number;
}

/** More than anybody does by hand, and enough for a case system that catches up with a morning's work. */
export const personsLimit: RateLimit = { perSecond: 25, atOnce: 100 };

/** People who have not asked for so long have their whole amount again and need not be remembered. */
const mostRemembered = 10_000;

/**
 * Gives, for each request of a person, in how many whole seconds they may ask again, or 0 where this one may come in and is
 * counted. `now` is in milliseconds and never goes back. It counts what comes to this process: where several serve one API, each
 * lets in as much, and the gateway's throttle is the limit over all of them.
 */
export function createRateLimit({ perSecond, atOnce }: RateLimit, now: () => number): (personId: string) => number {
  const accounts = new Map<string, { left: number; at: number }>();
  const leftOf = ({ left, at }: { left: number; at: number }, then: number) =>
    Math.min(atOnce, left + ((then - at) / 1000) * perSecond);
  return (personId) => {
    const then = now();
    if (accounts.size >= mostRemembered) {
      for (const [id, account] of accounts) if (leftOf(account, then) >= atOnce) accounts.delete(id);
    }
    const account = accounts.get(personId);
    const left = account ? leftOf(account, then) : atOnce;
    const isIn = left >= 1;
    accounts.set(personId, { left: isIn ? left - 1 : left, at: then });
    return isIn ? 0 : Math.ceil((1 - left) / perSecond);
  };
}
