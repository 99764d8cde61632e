/** The rate limits of the API, by class. A class has a number of requests at once, and then a number a second. */

export interface RateLimit {
  readonly perSecond: number;
  readonly atOnce: number;
}

/**
 * `person`: more than a person does by hand, and enough for a case system that catches up after a morning. `gateway`: no person
 * is known, and the gateway's throttle is the only limit.
 */
export const rateLimits = { person: { perSecond: 25, atOnce: 100 }, gateway: undefined } as const satisfies Readonly<
  Record<string, RateLimit | undefined>
>;
export type RateClass = keyof typeof rateLimits;
/** The classes that count the requests of each person. */
export type PersonsRate = {
  [Rate in RateClass]: (typeof rateLimits)[Rate] extends RateLimit ? Rate : never;
}[RateClass];

/** From this many people on, those with their full allowance are forgotten: a new account would be the same. */
const mostRemembered = 10_000;

/**
 * Returns a check that takes a person's id. It counts the request and gives 0, or gives the whole seconds until the person may
 * try again. The clock `now` is in milliseconds and never goes back. Each process counts for itself: over several, the gateway's
 * throttle is the limit.
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

/** The check of each class that counts people, by the class of the route. */
export function createRateLimits(now: () => number): (rate: PersonsRate, personId: string) => number {
  const checks = { person: createRateLimit(rateLimits.person, now) } satisfies Record<PersonsRate, unknown>;
  return (rate, personId) => checks[rate](personId);
}
