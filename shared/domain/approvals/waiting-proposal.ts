/** The proposals that wait for a second person. */
import type { Proposed } from '../core/vocabulary.ts';
import type { Referral } from '../referral.ts';

/** The proposal of this kind that waits for an answer. Undefined where none does. */
export const waitingProposal = (
  { closure, screening, eligibility, response, identity }: Referral,
  proposal: Proposed,
) =>
  ({
    withdrawal: closure.withdrawal,
    downgrade: screening.downgrade,
    clearance: eligibility.clearance,
    lowering: response.lowering,
    erasure: identity.erasure,
  })[proposal];
