/** Who gets at one referral instead of those whose roles cover it: a sealed one is there for named people alone. */

import type { Referral } from '../referral.ts';

/** Whether the referral is there for this person at all, as far as a seal goes. */
export const isShutTo = ({ seal }: Pick<Referral, 'seal'>, personId: string): boolean =>
  seal !== undefined && !seal.people.includes(personId);

/** Whether a seal names this person, whose roles then count wherever they are for. */
export const isNamed = ({ seal }: Pick<Referral, 'seal'>, personId: string): boolean =>
  seal?.people.includes(personId) === true;
