import { whereKnown } from '../core/where-known.ts';
import type { EventOf } from '../events.ts';
import type { Routing } from '../intake/intake-state.ts';
import type { UnmetNeed } from './service-state.ts';

/**
 * The unmet need that a declined linkage leaves. A service that is no longer needed, or given elsewhere, leaves none.
 */
export function unmetNeedOf(
  routing: Routing | undefined,
  { service, reasonCode: reason, by, waitDays }: EventOf<'linkage-declined'>,
  at: string,
): UnmetNeed | undefined {
  if (reason === 'no-longer-needed' || reason === 'served-elsewhere') return undefined;
  return {
    service,
    reason,
    by,
    at,
    ...whereKnown({ waitDays }),
    ...(routing && { region: routing.region }),
  };
}
