/** The fold of services and of the consents they need. */

import type { Service } from '../core/vocabulary.ts';
import { whereKnown } from '../core/where-known.ts';
import type { PartFold } from '../part-fold.ts';
import type { Linkage, ServiceState } from './service-state.ts';
import { unmetNeedOf } from './unmet-need.ts';

const changeLinkage = (state: ServiceState, service: Service, change: Omit<Linkage, 'service'>): ServiceState => ({
  ...state,
  linkages: { ...state.linkages, [service]: { ...state.linkages[service], service, ...change } },
});

/** Another provider is asked, so the day of the one before says nothing. */
function withoutStart(state: ServiceState, service: Service): ServiceState {
  const { startsOn: _, ...linkage } = state.linkages[service] ?? { service, status: 'needed' as const };
  return { ...state, linkages: { ...state.linkages, [service]: linkage } };
}

export const serviceFold: PartFold<'services'> = {
  recommended: (state, { services, owners }) => ({
    ...state,
    owners: { ...state.owners, ...Object.fromEntries(owners.map((each) => [each.service, each])) },
    recommended: [...new Set([...state.recommended, ...services])].filter((service) => !state.linkages[service]),
  }),
  'services-opened': (state, { services }) => {
    const opened = services.reduce(
      (next, service) => (next.linkages[service] ? next : changeLinkage(next, service, { status: 'needed' })),
      state,
    );
    return { ...opened, recommended: state.recommended.filter((service) => !services.includes(service)) };
  },
  'linkage-offered': (state, { service, providerId, contactId }) =>
    changeLinkage(withoutStart(state, service), service, {
      status: 'offered',
      providerId,
      contactId,
      turnedDown: false,
      suspended: false,
    }),
  'linkage-accepted': (state, { service }) => changeLinkage(state, service, { status: 'accepted' }),
  'linkage-start-planned': (state, { service, startsOn }) => {
    const linkage = state.linkages[service];
    return linkage ? changeLinkage(state, service, { ...linkage, startsOn }) : state;
  },
  'linkage-started': (state, { service, seenAlone, at }) =>
    changeLinkage(state, service, {
      status: 'started',
      startedAt: state.linkages[service]?.startedAt ?? at,
      ...whereKnown({ seenAlone }),
    }),
  'linkage-declined': (state, declined, _, { places: { routing } }) => {
    const { service, by, at } = declined;
    const unmet = unmetNeedOf(routing, declined, at);
    return changeLinkage(
      unmet ? { ...state, unmetNeeds: [...state.unmetNeeds, unmet] } : state,
      service,
      by === 'provider' ? { status: 'needed', turnedDown: true } : { status: 'declined' },
    );
  },
  'consent-recorded': (state, { type: _, v: __, suspends: suspended, ...consent }) => {
    const { service } = consent;
    const next = { ...state, consents: [...state.consents, consent] };
    const linkage = state.linkages[service];
    return linkage ? changeLinkage(next, service, { ...linkage, suspended }) : next;
  },
  'part-2-recorded': (state, { part2Record }) => ({ ...state, part2Records: [...state.part2Records, part2Record] }),
  'service-outcome-recorded': (state, { service, months, outcome }) => {
    const linkage = state.linkages[service];
    return linkage
      ? changeLinkage(state, service, { ...linkage, outcomes: { ...linkage.outcomes, [months]: outcome } })
      : state;
  },
};
