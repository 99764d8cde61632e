/** What is recorded of referrals that may be about the same child. */
import * as z from 'zod';
import { id, textId } from '../core/event-fields.ts';

export const sameChildEvents = {
  /** `scores`: how far each is alike, 0 to 1; absent for those that an equal name and date of birth found. */
  'candidates-found': z.object({
    candidates: z.array(id).min(1),
    scores: z.record(id, z.number().min(0).max(1)).optional(),
  }),
  /** It was sealed before anybody answered: whoever its seal names is asked, and nobody here. */
  'candidate-taken-back': z.object({ of: id }),
  /** Another referral may be about the same child. It is told to this one while it is sealed, and the other hears nothing. */
  'match-found': z.object({ of: id, score: z.number() }),
  'duplicate-answered': z.object({
    answer: z.enum(['same-child-open', 'earlier-closed', 'not-a-duplicate']),
    of: id.optional(),
    /** Absent in older events. */
    reason: textId.optional(),
  }),
  merged: z.object({ to: id }),
  /** Another referral is being attached to this one, which must stay open for it; and is no more. */
  'merge-reserved': z.object({ from: id }),
  'merge-reservation-ended': z.object({ from: id }),
  /** The deadlines that the attaching had ended are open again, as they were. */
  'merge-undone': z.object({ reason: textId, reopened: z.array(id) }),
} as const;
