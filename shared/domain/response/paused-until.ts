import type { Referral } from '../referral.ts';

/** Until when outreach is paused. Undefined where it is not. `now` is a UTC instant. */
export function pausedUntil(
  { response: { outreachPause } }: { readonly response: Pick<Referral['response'], 'outreachPause'> },
  now: string,
): string | undefined {
  return outreachPause && Date.parse(outreachPause.until) > Date.parse(now) ? outreachPause.until : undefined;
}
