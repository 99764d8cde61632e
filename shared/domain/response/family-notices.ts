/**
 * The notices to the family that a person gives: to the parents (C.G.S. 17a-103b), and of the finding (17a-101k(b)). Each
 * passes a safety check (docs/domain.md#notice-to-parents, docs/domain.md#notice-of-finding).
 */

import type { Refusal } from '../core/refusal.ts';
import type { Answer } from '../core/vocabulary.ts';
import { mayContact } from '../eligibility/eligibility.ts';
import type { Milestone } from '../policy/policy.ts';
import type { Referral } from '../referral.ts';
import { refuse } from '../refusals.ts';

/** The two notices to the parents, each with its clocks and events. A supervisor confirms each by itself. */
export const familyNotices = {
  parents: {
    rules: ['D38', 'D38a', 'D38c'],
    given: 'parents-notified',
    withheld: 'parents-notice-withheld',
    approved: 'parents-notice-approved',
    confirmation: 'parentsNoticeApproved',
    decided: 'parentsNotice',
    record: 'record-parents-notice',
    approve: 'approve-parents-notice',
  },
  substantiation: {
    rules: ['D38b'],
    given: 'substantiation-notified',
    withheld: 'substantiation-notice-withheld',
    approved: 'substantiation-notice-approved',
    confirmation: 'substantiationNoticeApproved',
    decided: 'substantiationNotice',
    record: 'record-substantiation-notice',
    approve: 'approve-substantiation-notice',
  },
} as const;
export type FamilyNotice = keyof typeof familyNotices;

/** The clock of the notice of the finding. */
export const findingRule = 'D40';

/** The milestones that tell the family. */
const tellings: Readonly<Record<'parents-told' | (typeof familyNotices)[FamilyNotice]['given'], FamilyNotice>> = {
  'parents-told': 'parents',
  'parents-notified': 'parents',
  'substantiation-notified': 'substantiation',
};

/** The notice to the parents that one of these milestones gives. Undefined where none does. */
export const noticeGivenBy = (keptBy: readonly string[]): FamilyNotice | undefined =>
  keptBy.map((milestone) => tellings[milestone as keyof typeof tellings]).find((notice) => notice !== undefined);

/** Whether the milestone tells the family, by voice or in writing. */
export const tellsFamily = (milestone: Milestone): boolean =>
  milestone === 'finding-notified' || Object.hasOwn(tellings, milestone);

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

/**
 * Why the letter about the finding must not be mailed, or undefined. The law writes no exception, so no one withholds it:
 * counsel answers the question of safety. `childLivesThere`: whether the child lives at the address of the letter; without it, the
 * address is not known yet. Counsel's yes lapses when a caregiver is named later.
 */
export function unsafeToMail(state: Referral, childLivesThere: Answer | undefined): Refusal | undefined {
  const { findingSafety } = state.response;
  if (findingSafety?.mayMail === 'yes') return undefined;
  if (findingSafety?.mayMail === 'no') return refuse('counsel-said-no');
  if (mayContact(state) !== 'as-usual') return refuse('ask-counsel/caregiver');
  return childLivesThere === 'yes' || childLivesThere === 'unknown' ? refuse('ask-counsel/address') : undefined;
}
