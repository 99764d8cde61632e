/** Answers of the API about drafts of reports. */
import * as z from 'zod';
import { auditAnswer, pageAnswer } from './answer-shapes.ts';

const instant = z.iso.datetime({ offset: false });

const reportDraft = z.looseObject({
  id: z.string(),
  ownerId: z.string(),
  writers: z.array(z.string()).describe('Who has written in it; the person who began it comes first.'),
  since: instant.describe('The first contact: the receipt of the report that ends it.'),
  touchedAt: instant,
  status: z.enum(['open', 'submitted', 'discarded', 'expired']),
  expiredAt: instant.describe('When it ended, because no one changed it. Its words are removed.').optional(),
  left: instant.describe('The last change, where a supervisor was told that the draft is left alone.').optional(),
});
export const draftAnswer = reportDraft;
/** The answer to a save. */
export const draftSavedAnswer = reportDraft.extend({
  revision: z.int().describe('Of what is kept now: the "after" of the next save.'),
});
export const draftsAnswer = z.looseObject({ drafts: z.array(reportDraft), next: pageAnswer.shape.next });
export const draftContentAnswer = reportDraft.extend({
  revision: z.int(),
  key: z
    .string()
    .describe(
      'The Idempotency-Key for the next save and for the report. Each writer uses the same key, so that one report comes of it.',
    ),
  content: z.record(z.string(), z.unknown()).describe('What has been said so far. Who reads it is recorded first.'),
  isLost: z.literal(true).describe('Its words cannot be read any more. Take the report anew.').optional(),
});

export const draftAuditsAnswer = z.looseObject({
  drafts: z.array(
    z.looseObject({
      id: z.string(),
      isIntact: z.boolean().describe('Whether its chain of commits is whole.'),
      acts: z.array(
        z.looseObject({
          seq: z.int(),
          at: instant,
          by: z.string(),
          onBehalfOf: z.string().optional(),
          events: z.array(z.looseObject({ type: z.string() })),
        }),
      ),
      accesses: auditAnswer.shape.accesses,
    }),
  ),
});
