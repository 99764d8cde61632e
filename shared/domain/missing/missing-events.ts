/** The events of a missing child, and of the return. */
import * as z from 'zod';
import { instant, textId } from '../core/event-fields.ts';
import { aloneAnswers, noticeMethods } from '../core/vocabulary.ts';
import { placeIds } from '../whereabouts/place-told.ts';

export const missingEvents = {
  /** `reason`: why the news came so long before the report. */
  'child-missing': z.object({ informedAt: instant, reason: textId.optional() }),
  /** `effort`: what was done to find the child. */
  'search-renewed': z.object({ at: instant, effort: textId }),
  'child-returned': z.object({ at: instant, ...placeIds }),
  'ncmec-notified': z.object({
    at: instant,
    method: z.enum(noticeMethods),
    caseReference: textId,
    /** The one absence that the notice is about. Absent where it was about all that had begun. */
    episode: z.int().optional(),
  }),
  /** `episode`: the number of the absence whose return it was about. */
  'return-debriefed': z.object({ at: instant, learned: textId, seenAlone: z.enum(aloneAnswers), episode: z.int() }),
} as const;
