/** What is recorded while a child is missing, and after the return. */
import * as z from 'zod';
import { instant, textId } from '../core/event-fields.ts';
import { noticeMethods } from '../core/vocabulary.ts';

export const missingEvents = {
  /** `reason`: why the word came so long before the report. */
  'child-missing': z.object({ informedAt: instant, reason: textId.optional() }),
  'child-returned': z.object({ at: instant }),
  'ncmec-notified': z.object({
    at: instant,
    method: z.enum(noticeMethods),
    caseReference: textId,
    /** Of which absence alone; absent where it was of all that had begun. */
    episode: z.int().optional(),
  }),
  /** `episode`: the number of the absence whose return it was about; absent in older rows, which were about the last one. */
  'return-debriefed': z.object({ at: instant, learned: textId, episode: z.int().optional() }),
} as const;
