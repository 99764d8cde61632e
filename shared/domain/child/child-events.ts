/** What becomes known of the child, and the child's way through care into adult life. */
import * as z from 'zod';
import { heldPaper, id, instant, textId } from '../core/event-fields.ts';
import { licensingAgencies, noticeMethods, noticeOccasions, tribeMails, tribeRecipients } from '../core/vocabulary.ts';
import { learnedFacts } from '../intake/report-facts.ts';
import { placeIds } from '../whereabouts/place-told.ts';

export const childEvents = {
  /** `knownAt`: when the facts were known. The clocks that they start count from then. */
  'facts-learned': learnedFacts.extend({ knownAt: instant }),
  'charges-recorded': z.object({ reason: textId }),
  'care-entered': z.object({ at: instant, ...placeIds }),
  /** `notice`: the id of the notice in its referral, such as `N1`. Receipt and request name it. */
  'tribe-notified': z.object({
    notice: id,
    recipient: z.enum(tribeRecipients),
    tribe: id,
    mailKind: z.enum(tribeMails),
    mailNumber: textId,
    addressee: textId,
    at: instant,
  }),
  /** `earliest`: the first New York day of a proceeding about custody, as far as this notice is concerned. */
  'tribe-receipt-recorded': z.object({ notice: id, tribe: id, at: instant, earliest: z.iso.date() }),
  /** Without `earliest` where the receipt of the notice is not recorded yet. */
  'tribe-asked-more-time': z.object({ notice: id, tribe: id, at: instant, earliest: z.iso.date().optional() }),
  'ex-parte-ordered': z.object({ at: instant }),
  'protective-order-held': z.object(heldPaper),
  /** `was`: the time that was recorded before. */
  'ex-parte-order-corrected': z.object({ at: instant, was: instant, reason: textId }),
  /** `reason`: why it was held before the tribe's day, where it was. */
  'preliminary-hearing-held': z.object({ at: instant, reason: textId.optional() }),
  'evaluation-held': z.object({ at: instant }),
  'hhs-notified': z.object({ at: instant, method: z.enum(noticeMethods), caseReference: textId }),
  'licensing-agency-notified': z.object({
    occasion: z.enum(noticeOccasions),
    licensingAgency: z.enum(licensingAgencies),
    personReached: textId,
    method: z.enum(noticeMethods),
    at: instant,
  }),
  'education-notified': z.object({
    occasion: z.enum(noticeOccasions),
    personReached: textId,
    method: z.enum(noticeMethods),
    at: instant,
  }),
  'institution-notified': z.object({ personReached: textId, method: z.enum(noticeMethods), at: instant }),
  'home-state-notified': z.object({ at: instant, method: z.enum(noticeMethods), personReached: textId }),
  'adult-handover': z.object({ consent: z.enum(['given', 'refused']), at: instant }),
  'adulthood-planned': z.object({ at: instant, plan: textId }),
} as const;
