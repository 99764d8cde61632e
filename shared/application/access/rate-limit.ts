/** The limits of requests, by class. One person has one limit over console, API and all their instances. */

export interface RateLimit {
  readonly perSecond: number;
  readonly atOnce: number;
}

/**
 * `person`: more than a person does by hand, and enough for a case system that catches up after a morning. `report`: none,
 * because no limit may stop an urgent report. `gateway`: no person is known. The gateway's own throttle counts for all.
 */
export const rateLimits = {
  person: { perSecond: 25, atOnce: 100 },
  report: undefined,
  gateway: undefined,
} as const satisfies Readonly<Record<string, RateLimit | undefined>>;
export type RateClass = keyof typeof rateLimits;
