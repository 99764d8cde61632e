/** The fold of case reviews. */
import { whereKnown } from '../core/where-known.ts';
import type { PartFold } from '../part-fold.ts';
import { noReview } from './review-state.ts';

export const reviewFold: PartFold<'review'> = {
  'agenda-frozen': (review = noReview, { number }, { at, seq }) => ({ ...review, frozen: { number, at, seq } }),
  'review-recorded': (review = noReview, { at, decision, meetingNotes }) => ({
    ...review,
    last: { at, ...whereKnown({ decision, meetingNotes }) },
  }),
  'task-agreed': (review = noReview, { task, owner, at, by }) => ({
    ...review,
    tasks: { ...review.tasks, [task]: { task, owner, agreedAt: at, by } },
  }),
  'task-ended': (review = noReview, { task, end, at }) => {
    const before = review.tasks[task];
    return before ? { ...review, tasks: { ...review.tasks, [task]: { ...before, ended: { end, at } } } } : review;
  },
};
