/** Who sees a sealed referral: only named people, instead of those whose roles cover it. */

import type { Referral } from '../referral.ts';

/** Whether a seal keeps this person out. */
export const isShutTo = (
  { access: { seal } }: { readonly access: Pick<Referral['access'], 'seal'> },
  personId: string,
): boolean => seal !== undefined && !seal.people.includes(personId);

/** Whether a seal names this person, whose roles then count for this referral wherever they are for. */
export const isNamed = (
  { access: { seal } }: { readonly access: Pick<Referral['access'], 'seal'> },
  personId: string,
): boolean => seal?.people.includes(personId) === true && seal.isUnproved === undefined;
