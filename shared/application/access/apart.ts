/**
 * What others see of a service whose records stand apart (42 CFR Part 2): nothing. That somebody is in treatment, with whom and
 * on whose consent, is protected as the record itself is.
 */

import { linkers } from '../../domain/core/role-groups.ts';
import { type Service, services } from '../../domain/core/vocabulary.ts';
import type { Event } from '../../domain/events.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import type { Referral } from '../../domain/referral.ts';
import { isOneOf, linkagesOf, type Visitor, within } from './visitor.ts';

const apartIn = ({ catalogue }: Policy): readonly Service[] => services.filter((service) => catalogue[service].apart);

/** Whether this person works on the services that stand apart, or gives one. */
export const isInCompartment = (state: Referral, policy: Policy, visitor: Visitor): boolean =>
  isOneOf(within(state, visitor), linkers) ||
  linkagesOf(state, visitor).some(({ service }) => apartIn(policy).includes(service));

/** What of a referral is about services that stand apart, by id; `people`: contacts of providers of no other service here. */
export interface HeldApart {
  readonly services: readonly Service[];
  readonly deadlines: ReadonlySet<string>;
  readonly alerts: ReadonlySet<string>;
  readonly people: ReadonlySet<string>;
}

/** `events`: all of the referral where they are at hand; without them, earlier contacts of the same service are not known by name. */
export function heldApart(state: Referral, policy: Policy, events: readonly Event[] = []): HeldApart {
  const apart = apartIn(policy);
  const offers = [
    ...Object.values(state.linkages).map(({ service, contactId }) => ({ service, contactId })),
    ...events.flatMap((event) => (event.type === 'linkage-offered' ? [event] : [])),
  ];
  const contacts = (isApart: boolean) =>
    offers.flatMap(({ service, contactId }) =>
      contactId !== undefined && apart.includes(service) === isApart ? [contactId] : [],
    );
  const others = contacts(false);
  const deadlines = new Set(
    Object.values(state.deadlines)
      .filter(({ subject }) => apart.some((service) => service === subject))
      .map(({ id }) => id),
  );
  const alerts = Object.values(state.alerts).filter(
    ({ deadlineId, kind, people }) =>
      (deadlineId !== undefined && deadlines.has(deadlineId)) ||
      (kind === 'linkage-offered' && people.some((id) => !others.includes(id))),
  );
  return {
    services: apart,
    deadlines,
    alerts: new Set(alerts.map(({ id }) => id)),
    people: new Set(contacts(true).filter((id) => !others.includes(id))),
  };
}

/** The state without anything of the services that stand apart. */
export function withoutApart(state: Referral, policy: Policy): Referral {
  const held = heldApart(state, policy);
  const isShown = (service: Service) => !held.services.includes(service);
  const without = <Row>(rows: Readonly<Record<string, Row>>, isHeld: (id: string) => boolean) =>
    Object.fromEntries(Object.entries(rows).filter(([id]) => !isHeld(id)));
  return {
    ...state,
    linkages: without(state.linkages, (service) => !isShown(service as Service)),
    recommended: state.recommended.filter(isShown),
    consents: state.consents.filter(({ service }) => isShown(service)),
    unmetNeeds: state.unmetNeeds.filter(({ service }) => isShown(service)),
    apartRecords: [],
    deadlines: without(state.deadlines, (id) => held.deadlines.has(id)),
    alerts: without(state.alerts, (id) => held.alerts.has(id)),
  };
}

/** The referral as far as this person may know of it. */
export const asKnownTo = (state: Referral, policy: Policy, visitor: Visitor): Referral =>
  isInCompartment(state, policy, visitor) ? state : withoutApart(state, policy);

/** The event without what is held apart; undefined where nothing else is in it. */
export function shownOf(event: Event, held: HeldApart): Event | undefined {
  if ('service' in event) return held.services.includes(event.service) ? undefined : event;
  if ('services' in event) {
    const shown = event.services.filter((service) => !held.services.includes(service));
    if (shown.length === event.services.length) return event;
    return shown.length === 0 ? undefined : ({ ...event, services: shown } as Event);
  }
  if ('deadlineId' in event && event.deadlineId !== undefined && held.deadlines.has(event.deadlineId)) return undefined;
  return 'alertId' in event && held.alerts.has(event.alertId) ? undefined : event;
}
