/** What the state of a referral remembers of its case reviews. */
import type { EventIn } from '../core/event-shape.ts';
import type { AgreedTask, Discipline, taskEnds } from '../core/vocabulary.ts';
import type { reviewEvents } from './review-events.ts';

type ReviewEvent<Type extends keyof typeof reviewEvents> = EventIn<typeof reviewEvents, Type>;

/** A task that the team agreed on. */
export interface Task {
  readonly task: AgreedTask;
  /** The seat that does it. */
  readonly owner: Discipline;
  readonly agreedAt: string;
  /** A New York day. */
  readonly by: string;
  /** How it ended, and when. Absent while it is open. */
  readonly ended?: { readonly end: (typeof taskEnds)[number]; readonly at: string };
}

export interface ReviewState {
  /** The last agenda that was frozen: of which meeting, when, and the commit that the referral was at. */
  readonly frozen?: { readonly number: number; readonly at: string; readonly seq: number };
  /** What was recorded of the last review. */
  readonly last?: Pick<ReviewEvent<'review-recorded'>, 'at' | 'decision' | 'meetingNotes'>;
  /** By its name, what was agreed last. */
  readonly tasks: Readonly<Partial<Record<AgreedTask, Task>>>;
}

export const noReview: ReviewState = { tasks: {} };

export const openTasks = ({ tasks }: ReviewState): readonly Task[] =>
  Object.values(tasks).filter(({ ended }) => ended === undefined);
