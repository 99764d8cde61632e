/**
 * The events of the child's card: what the child asks of the people around. Codes are here. The child's words are in the
 * vault.
 */
import * as z from 'zod';
import { instant, textId } from '../core/event-fields.ts';
import { callLanguages, cardAudiences, cardMakers, interviewers } from '../core/vocabulary.ts';

const yesOrNo = z.enum(['yes', 'no']);

/** What the child may want. An answer that is left out stays as it was. */
export const cardAnswers = z.object({
  cardLanguage: z.enum(callLanguages.filter((language) => language !== 'unknown')).optional(),
  interviewer: z.enum(interviewers).optional(),
  /** Whether the child wants to be asked before anything is decided or passed on. */
  askFirst: yesOrNo.optional(),
  /** Whether the child asked for the card on paper. */
  onPaper: yesOrNo.optional(),
});

/** The child's words, each by the id of its text. */
export const cardTexts = z.object({
  goodTimes: textId.optional(),
  mustNotKnow: textId.optional(),
  supportPerson: textId.optional(),
});

export const cardEvents = {
  'card-noted': z.object({ madeBy: z.enum(cardMakers), ...cardAnswers.shape, ...cardTexts.shape }),
  /** May these people read the words of the card? A yes ends at its instant. */
  'card-consent-recorded': z.object({
    audience: z.enum(cardAudiences),
    mayReadWords: yesOrNo,
    until: instant.optional(),
  }),
  /** May a parent or guardian read the card and the note on safe contact, as it stood then? */
  'card-reviewed': z.object({ parentMayRead: yesOrNo, reason: textId }),
} as const;
