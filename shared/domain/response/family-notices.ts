/**
 * The notices to the family that a person gives or withholds. They are that to the parents (C.G.S. 17a-103b) and that of
 * the finding (17a-101k(b)). Both pass the same safety check (docs/domain.md#notice-to-parents,
 * docs/domain.md#notice-of-finding).
 */

import type { Refusal } from '../core/refusal.ts';
import type { Answer } from '../core/vocabulary.ts';
import { mayContact } from '../eligibility/eligibility.ts';
import type { Referral } from '../referral.ts';
import { refuse } from '../refusals.ts';

/** Each notice with its clock and its events. A supervisor confirms each by itself. */
export const familyNotices = {
  parents: {
    rule: 'D38',
    given: 'parents-notified',
    withheld: 'parents-notice-withheld',
    approved: 'parents-notice-approved',
    confirmation: 'parentsNoticeApproved',
    decided: 'parentsNotice',
    approve: 'approve-parents-notice',
  },
  finding: {
    rule: 'D40',
    given: 'finding-notified',
    withheld: 'finding-notice-withheld',
    approved: 'finding-notice-approved',
    confirmation: 'findingNoticeApproved',
    decided: 'findingNotice',
    approve: 'approve-finding-notice',
  },
} as const;
export type FamilyNotice = keyof typeof familyNotices;

/** The notice that one of these milestones gives. Undefined where none does. */
export const noticeGivenBy = (keptBy: readonly string[]): FamilyNotice | undefined =>
  (['parents', 'finding'] as const).find((notice) => keptBy.includes(familyNotices[notice].given));

/** Whether a supervisor confirmed this notice, and no caregiver was named since. */
export const isConfirmed = (state: Referral, notice: FamilyNotice): boolean =>
  state.response[familyNotices[notice].confirmation] !== undefined;

/**
 * Why the notice must not be given to this person, or undefined. `hadPart`: whether the person is said to have had a part
 * in it. A supervisor's confirmation permits it, and lapses when a caregiver is named later.
 */
export function unsafeToTell(state: Referral, hadPart: Answer | undefined, notice: FamilyNotice): Refusal | undefined {
  const contact = mayContact(state);
  const isAnother = contact === 'not-the-caregiver' && hadPart === 'no';
  if (contact === 'as-usual' || isAnother || isConfirmed(state, notice)) return undefined;
  const { approve } = familyNotices[notice];
  return contact === 'not-the-caregiver'
    ? refuse('not-the-caregiver/notice', { approve })
    : refuse('caregiver-not-cleared', { approve });
}
