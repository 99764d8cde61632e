import type { Person } from '../core/person.ts';
import type { Refusal } from '../core/refusal.ts';
import { urgentLinkers } from '../core/role-groups.ts';
import type { Service } from '../core/vocabulary.ts';
import type { Referral } from '../referral.ts';
import { refuse } from '../refusals.ts';

/**
 * The contact of the provider that is asked for a service. A provider that declined, or was declined, is no longer
 * asked.
 */
export const providerAsked = ({ services: { linkages } }: Referral, service: string | undefined): string | undefined =>
  Object.values(linkages).find(
    (linkage) =>
      linkage.service === service &&
      linkage.suspended !== true &&
      (linkage.status === 'offered' || linkage.status === 'accepted'),
  )?.contactId;

/** Whether the person links services as staff, and not as a provider. */
export const isStaff = (person: Person): boolean => person.roles.some((role) => urgentLinkers.includes(role));

/**
 * A provider acts on its own services only, and staff act on all. The refusal is the same for each other service, so
 * that it tells nothing of the child's needs.
 */
export const notTheirLinkage = (state: Referral, service: Service, person: Person): Refusal | undefined =>
  isStaff(person) || state.services.linkages[service]?.contactId === person.id ? undefined : refuse('not-your-linkage');
