/** Answers of the API about the screenings of a referral. */
import * as z from 'zod';
import { answers, outcomes } from '../domain/core/vocabulary.ts';

const id = z.string();
/** In UTC. */
const instant = z.iso.datetime({ offset: false });
const topicAnswers = z.record(z.string(), z.enum(answers)).describe('By topic of the checklist.');
const facts = z
  .array(z.looseObject({ fact: z.string(), said: z.string() }))
  .describe('What it rests on: topics of the checklist, "instruments", "often-missing".');

/** Fields of the view of a whole referral. */
export const screeningOfReferral = {
  screenings: z.array(
    z.looseObject({
      number: z.int(),
      outcome: z.enum(outcomes),
      at: instant.describe('When the child was screened.'),
      recordedAt: instant.describe('When that was recorded.'),
      by: id,
      signedOff: z.boolean(),
      checklist: z.string().describe('The version of the checklist.'),
      indicators: z.array(z.string()).describe('The topics answered yes.'),
      answers: topicAnswers.optional(),
      answeredBy: id.describe('Absent where no one had answered: then every topic is unknown.').optional(),
      proposed: z.looseObject({ outcome: z.enum(outcomes), rule: z.int(), facts }).optional(),
    }),
  ),
  checklist: z
    .looseObject({ checklist: z.string(), answers: topicAnswers, at: instant, by: id })
    .describe('Answered, and no outcome recorded on it yet.')
    .optional(),
  screeningProposal: z
    .looseObject({
      outcome: z.enum(outcomes),
      rule: z.int(),
      basis: z.string(),
      source: z.string(),
      confidence: z.string(),
      facts,
      validated: z.literal(false).describe('The rules are not validated: a trained person records the outcome.'),
    })
    .describe('What the rules propose now, while the referral is open. Unknown is never read as no.')
    .optional(),
};
