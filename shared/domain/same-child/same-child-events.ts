/** The events of referrals that may be about the same child. */
import * as z from 'zod';
import { id, textId } from '../core/event-fields.ts';

export const sameChildEvents = {
  /** `scores`: how alike each is, 0 to 1. Absent for those found by an equal name and date of birth. */
  'candidates-found': z.object({
    candidates: z.array(id).min(1),
    scores: z.record(id, z.number().min(0).max(1)).optional(),
  }),
  /** It was sealed before an answer came. The people named by its seal are asked instead of the people here. */
  'candidate-taken-back': z.object({ of: id }),
  /** Another referral may be about the same child. This sealed referral is told, and the other is not. */
  'match-found': z.object({ of: id, score: z.number() }),
  /** The names could not be compared with those of all other referrals. The keeper of the vault tries again. */
  'names-not-compared': z.object({}),
  'names-compared': z.object({}),
  'duplicate-answered': z.object({
    answer: z.enum(['same-child-open', 'earlier-closed', 'not-a-duplicate']),
    of: id.optional(),
    reason: textId,
  }),
  merged: z.object({ to: id }),
  /**
   * `merge-reserved`: another referral is being merged into this one, which must stay open for it.
   * `merge-reservation-ended`: it no longer is.
   */
  'merge-reserved': z.object({ from: id }),
  'merge-reservation-ended': z.object({ from: id }),
  /** The deadlines that the merge had ended are open again, as they were. */
  'merge-undone': z.object({ reason: textId, reopened: z.array(id) }),
} as const;
