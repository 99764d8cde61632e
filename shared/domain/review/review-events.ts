/** The events of a case review: agenda frozen, decision of the team, agreed tasks. The minutes are in the vault. */
import * as z from 'zod';
import { instant, textId } from '../core/event-fields.ts';
import { agreedTasks, everyDiscipline, reviewDecisions, taskEnds } from '../core/vocabulary.ts';

export const reviewEvents = {
  /** The agenda of this meeting stands as the referral was then. Later changes are shown beside it. */
  'agenda-frozen': z.object({ number: z.number() }),
  'review-recorded': z.object({
    at: instant,
    decision: z.enum(reviewDecisions).optional(),
    meetingNotes: textId.optional(),
  }),
  /** A task that is agreed again before it ended goes to this seat, by this New York day. */
  'task-agreed': z.object({ task: z.enum(agreedTasks), owner: z.enum(everyDiscipline), at: instant, by: z.iso.date() }),
  'task-ended': z.object({
    task: z.enum(agreedTasks),
    end: z.enum(taskEnds),
    at: instant,
    reason: textId.optional(),
  }),
} as const;
