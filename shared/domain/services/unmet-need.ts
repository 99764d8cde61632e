/** What a declined linkage leaves unmet. */
import type { EventOf } from '../events.ts';
import type { Referral, UnmetNeed } from '../referral.ts';

/** A service that is needed no longer, or given elsewhere, leaves no need unmet. */
export function unmetNeedOf(
  { routing }: Referral,
  { service, reasonCode: reason, by, waitDays }: EventOf<'linkage-declined'>,
  at: string,
): UnmetNeed | undefined {
  if (reason === 'no-longer-needed' || reason === 'served-elsewhere') return undefined;
  return {
    service,
    reason,
    by,
    at,
    ...(waitDays !== undefined && { waitDays }),
    ...(routing && { region: routing.region }),
  };
}
