/** What the API answers about reports that are being written. */
import * as z from 'zod';
import { auditAnswer } from './answers.ts';

const instant = z.iso.datetime({ offset: false });

const reportDraft = z.looseObject({
  id: z.string(),
  ownerId: z.string(),
  writers: z.array(z.string()).describe('Who has written in it, whoever began it first.'),
  since: instant.describe('The first contact: the receipt of the report that ends it.'),
  touchedAt: instant,
  status: z.enum(['open', 'submitted', 'discarded']),
  left: instant.describe('Since when nobody has touched it, where a supervisor was told so.').optional(),
});
export const draftAnswer = reportDraft;
/** Of a save. */
export const draftSavedAnswer = reportDraft.extend({
  revision: z.int().describe('Of what is kept now: the "after" of the next save.'),
});
export const draftsAnswer = z.looseObject({ drafts: z.array(reportDraft) });
export const draftContentAnswer = reportDraft.extend({
  revision: z.int(),
  key: z
    .string()
    .describe(
      'The Idempotency-Key with which whoever goes on with it saves it and sends its report: one report, whoever sends it.',
    ),
  content: z.record(z.string(), z.unknown()).describe('What has been said so far. Who reads it is recorded first.'),
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
