import type { Referral } from '../referral.ts';

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
