/** The event of the note on the safety of workers: what a person must know before going there. Words are in the vault. */
import * as z from 'zod';
import { textId } from '../core/event-fields.ts';
import { visitConcerns } from '../core/vocabulary.ts';

export const visitEvents = {
  /** It takes the place of the note before. Without concerns and words, nothing is known any more. */
  'worker-safety-noted': z.object({ concerns: z.array(z.enum(visitConcerns)), safetyWords: textId.optional() }),
} as const;
