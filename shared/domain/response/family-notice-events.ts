/**
 * The events of the notices to the family: of an investigation and of its substantiation (C.G.S. 17a-103b). And that of the
 * finding (17a-101k(b)). The person told, and every reason, is in the vault.
 */
import * as z from 'zod';
import { instant, textId } from '../core/event-fields.ts';
import { answers, parentsNoticeMethods, withholdingGrounds } from '../core/vocabulary.ts';
import { policeAgreed } from './outreach-pause-events.ts';

const given = z.object({
  at: instant,
  method: z.enum(parentsNoticeMethods),
  personTold: textId,
  /** Whether the person who was told is said to have had a part in it. Absent where the question did not arise. */
  hadPart: z.enum(answers).optional(),
  /** It says anew what was so of a notice given before. */
  corrects: z.literal('yes').optional(),
  reason: textId,
  policeAgreed,
});
const reasoned = z.object({ reason: textId });

export const familyNoticeEvents = {
  'parents-notified': given,
  'parents-notice-withheld': z.object({ ground: z.enum(withholdingGrounds), reason: textId }),
  /** A supervisor confirmed that it may be given although a caregiver's part is not ruled out. */
  'parents-notice-approved': reasoned,
  'substantiation-notified': given,
  'substantiation-notice-withheld': reasoned,
  'substantiation-notice-approved': reasoned,
  /** By first-class mail. `childLivesThere`: whether the child lives, or is, at the address of the letter. */
  'finding-notified': z.object({ at: instant, personTold: textId, childLivesThere: z.enum(answers), policeAgreed }),
  'finding-safety-asked': reasoned,
  /** Counsel's answer. */
  'finding-safety-answered': z.object({ mayMail: z.enum(['yes', 'no']), reason: textId }),
} as const;
