/**
 * Hides services with records kept apart (42 CFR Part 2). That a person is in treatment, with which provider and on which
 * consent, is protected like the record itself. People outside these services see none of it.
 */

import { shownAlerts, withoutDeadlines } from '../../domain/alerts/alert-duties.ts';
import { linkers } from '../../domain/core/role-groups.ts';
import { type Service, services } from '../../domain/core/vocabulary.ts';
import type { Event } from '../../domain/events.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import type { Referral } from '../../domain/referral.ts';
import { isOneOf, linkagesOf, type Visitor, within } from './visitor.ts';

const part2ServicesOf = ({ catalogue }: Policy): readonly Service[] =>
  services.filter((service) => catalogue[service].part2);

/** Whether this person refers to the services kept apart, or gives one. */
export const isInCompartment = (state: Referral, policy: Policy, visitor: Visitor): boolean =>
  isOneOf(within(state, visitor), linkers) ||
  linkagesOf(state, visitor).some(({ service }) => part2ServicesOf(policy).includes(service));

/** The parts of a referral about services kept apart, by id. `people` are provider contacts without another service here. */
export interface Part2Parts {
  readonly services: readonly Service[];
  readonly deadlines: ReadonlySet<string>;
  readonly alerts: ReadonlySet<string>;
  readonly people: ReadonlySet<string>;
}

/** Finds the parts kept apart. With `events`, all events of the referral, it also finds earlier contacts of the same service. */
export function part2PartsOf(state: Referral, policy: Policy, events: readonly Event[] = []): Part2Parts {
  const part2 = part2ServicesOf(policy);
  const offers = [
    ...Object.values(state.services.linkages).map(({ service, contactId }) => ({ service, contactId })),
    ...events.flatMap((event) => (event.type === 'linkage-offered' ? [event] : [])),
  ];
  const contacts = (isPart2: boolean) =>
    offers.flatMap(({ service, contactId }) =>
      contactId !== undefined && part2.includes(service) === isPart2 ? [contactId] : [],
    );
  const others = contacts(false);
  const deadlines = new Set(
    Object.values(state.deadlines)
      .filter(({ subject }) => part2.some((service) => service === subject))
      .map(({ id }) => id),
  );
  const alerts = Object.values(state.alerts).filter(
    (alert) =>
      withoutDeadlines(alert, (id) => deadlines.has(id)) === undefined ||
      (alert.kind === 'linkage-offered' && alert.people.some((id) => !others.includes(id))),
  );
  return {
    services: part2,
    deadlines,
    alerts: new Set(alerts.map(({ id }) => id)),
    people: new Set(contacts(true).filter((id) => !others.includes(id))),
  };
}

/** The state without the services kept apart. */
function withoutPart2(state: Referral, policy: Policy): Referral {
  const held = part2PartsOf(state, policy);
  const isShown = (service: Service) => !held.services.includes(service);
  const without = <Row>(rows: Readonly<Record<string, Row>>, isHeld: (id: string) => boolean) =>
    Object.fromEntries(Object.entries(rows).filter(([id]) => !isHeld(id)));
  const handoffs = state.handoffs?.filter(({ service }) => isShown(service)) ?? [];
  const { handoffs: _, ...rest } = state;
  return {
    ...rest,
    ...(handoffs.length > 0 && { handoffs }),
    services: {
      ...state.services,
      linkages: without(state.services.linkages, (service) => !isShown(service as Service)),
      recommended: state.services.recommended.filter(isShown),
      owners: without(state.services.owners, (service) => !isShown(service as Service)),
      consents: state.services.consents.filter(({ service }) => isShown(service)),
      unmetNeeds: state.services.unmetNeeds.filter(({ service }) => isShown(service)),
      part2Records: [],
    },
    deadlines: without(state.deadlines, (id) => held.deadlines.has(id)),
    alerts: shownAlerts(
      without(state.alerts, (id) => held.alerts.has(id)),
      (id) => held.deadlines.has(id),
    ),
  };
}

/** The referral without what this person may not know of it. */
export const asKnownTo = (state: Referral, policy: Policy, visitor: Visitor): Referral =>
  isInCompartment(state, policy, visitor) ? state : withoutPart2(state, policy);

/** The event without the services kept apart. Undefined where it is about nothing else. */
export function shownOf(event: Event, held: Part2Parts): Event | undefined {
  if ('service' in event) return held.services.includes(event.service) ? undefined : event;
  if ('services' in event) {
    const shown = event.services.filter((service) => !held.services.includes(service));
    const owners = 'owners' in event ? event.owners.filter(({ service }) => !held.services.includes(service)) : [];
    const left = shown.length + owners.length;
    if (left === event.services.length + ('owners' in event ? event.owners.length : 0)) return event;
    return left === 0 ? undefined : ({ ...event, services: shown, ...('owners' in event && { owners }) } as Event);
  }
  if (event.type === 'alert-requested') {
    return held.alerts.has(event.alertId) ? undefined : withoutDeadlines(event, (id) => held.deadlines.has(id));
  }
  if ('deadlineId' in event && event.deadlineId !== undefined && held.deadlines.has(event.deadlineId)) return undefined;
  return 'alertId' in event && held.alerts.has(event.alertId) ? undefined : event;
}
