/** The events of the recovery plan, and of the offer to talk after a return. Words are in the vault. */
import * as z from 'zod';
import { instant, textId } from '../core/event-fields.ts';
import { everyDiscipline } from '../core/vocabulary.ts';

/** The words of the plan, each by the id of its text. */
export const planTexts = z.object({
  lookFirst: textId.optional(),
  callFirst: textId.optional(),
  safeWords: textId.optional(),
});

export const recoveryEvents = {
  /** It takes the place of the whole plan before. `readers`: the seats that read the words. */
  'recovery-plan-written': z.object({ readers: z.array(z.enum(everyDiscipline)), ...planTexts.shape }),
  /** A talk was offered to the people who took part. It never says who was asked, and who came. */
  'debrief-offered': z.object({ episode: z.int(), at: instant }),
} as const;
