/** The events of the notice to the parents (C.G.S. 17a-103b). The person told, and every reason, is in the vault. */
import * as z from 'zod';
import { instant, textId } from '../core/event-fields.ts';
import { answers, parentsNoticeMethods } from '../core/vocabulary.ts';
import { policeAgreed } from './outreach-pause-events.ts';

export const parentsNoticeEvents = {
  'parents-notified': z.object({
    at: instant,
    method: z.enum(parentsNoticeMethods),
    personTold: textId,
    /** Whether the parent who was told is said to have had a part in it. Absent where the question did not arise. */
    hadPart: z.enum(answers).optional(),
    reason: textId,
    policeAgreed,
  }),
  'parents-notice-withheld': z.object({ reason: textId }),
  /** A supervisor confirmed that it may be given although a caregiver's part is not ruled out. */
  'parents-notice-approved': z.object({ reason: textId }),
} as const;
