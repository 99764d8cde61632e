/** Who gets at one referral instead of those whose roles cover it: a sealed one is there for named people alone. */

import type { Referral } from '../referral.ts';

/** Whether the referral is there for this person at all, as far as a seal goes. */
export const isShutTo = (
  { access: { seal } }: { readonly access: Pick<Referral['access'], 'seal'> },
  personId: string,
): boolean => seal !== undefined && !seal.people.includes(personId);

/** Whether a seal names this person, whose roles then count wherever they are for. */
export const isNamed = (
  { access: { seal } }: { readonly access: Pick<Referral['access'], 'seal'> },
  personId: string,
): boolean => seal?.people.includes(personId) === true;
