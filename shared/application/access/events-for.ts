/** The events of a referral as one reader may know them, for its history and for what changed meanwhile. */
import type { Event } from '../../domain/events.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import type { Referral } from '../../domain/referral.ts';
import { isInCompartment, part2PartsOf, shownOf } from './part-2-records.ts';
import { seesEveryReferral, type Visitor, within } from './visitor.ts';

/** Only staff see which police asked for a pause, and who recorded it. The others see until when it lasts. */
const forStaff: readonly Event['type'][] = ['outreach-paused', 'outreach-pause-lifted'];

/** What is closed to the reader is left out: services kept apart, and the pause of outreach. */
export function eventsFor(
  visitor: Visitor,
  { state, policy }: { readonly state: Referral; readonly policy: Policy },
): (events: readonly Event[]) => readonly Event[] {
  const held = isInCompartment(state, policy, visitor) ? undefined : part2PartsOf(state, policy);
  const isOfStaff = seesEveryReferral(within(state, visitor));
  return (events) =>
    events
      .filter(({ type }) => isOfStaff || !forStaff.includes(type))
      .flatMap((event) => (held ? (shownOf(event, held) ?? []) : event));
}
