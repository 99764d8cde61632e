/**
 * The events of the two notices to the family: of the report (C.G.S. 17a-103b) and of the finding (17a-101k(b)). The
 * person told, and every reason, is in the vault.
 */
import * as z from 'zod';
import { instant, textId } from '../core/event-fields.ts';
import { answers, parentsNoticeMethods } from '../core/vocabulary.ts';
import { policeAgreed } from './outreach-pause-events.ts';

const given = z.object({
  at: instant,
  method: z.enum(parentsNoticeMethods),
  personTold: textId,
  /** Whether the person who was told is said to have had a part in it. Absent where the question did not arise. */
  hadPart: z.enum(answers).optional(),
  reason: textId,
  policeAgreed,
});
const reasoned = z.object({ reason: textId });

export const familyNoticeEvents = {
  'parents-notified': given,
  'parents-notice-withheld': reasoned,
  /** A supervisor confirmed that it may be given although a caregiver's part is not ruled out. */
  'parents-notice-approved': reasoned,
  'finding-notified': given,
  'finding-notice-withheld': reasoned,
  'finding-notice-approved': reasoned,
} as const;
