/**
 * The notice to the parents (C.G.S. 17a-103b): the decision about it, and whether it is safe to give
 * (docs/domain.md#notice-to-parents).
 */

import type { Refusal } from '../core/refusal.ts';
import type { Answer } from '../core/vocabulary.ts';
import { mayContact } from '../eligibility/eligibility.ts';
import type { Referral } from '../referral.ts';
import { refuse } from '../refusals.ts';

/**
 * Why the notice must not be given to this parent, or undefined. `hadPart`: whether the parent is said to have had a
 * part in it. A supervisor's confirmation permits it, and lapses when a caregiver is named later.
 */
export function unsafeToTell(state: Referral, hadPart: Answer | undefined): Refusal | undefined {
  const contact = mayContact(state);
  const isAnotherParent = contact === 'not-the-caregiver' && hadPart === 'no';
  if (contact === 'as-usual' || isAnotherParent || state.response.parentsNoticeApproved) return undefined;
  return contact === 'not-the-caregiver' ? refuse('not-the-caregiver/notice') : refuse('caregiver-not-cleared');
}
