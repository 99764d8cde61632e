/** The services for which a person may record a handoff. */
import type { Person } from '../core/person.ts';
import { linkers } from '../core/role-groups.ts';
import type { Referral } from '../referral.ts';
import type { Linkage } from '../services/service-state.ts';

/**
 * The services that a provider has taken on, and that this person may know of. A provider knows its own. Substance use stands
 * apart (42 CFR Part 2).
 */
export const handoffServices = (
  { services: { linkages } }: Pick<Referral, 'services'>,
  { id, roles }: Person,
): readonly Linkage[] =>
  Object.values(linkages).filter(({ service, status, contactId }) => {
    if (status !== 'accepted' && status !== 'started') return false;
    if (contactId === id || roles.some((role) => linkers.includes(role))) return true;
    return service !== 'substance-use' && roles.some((role) => role !== 'provider');
  });
