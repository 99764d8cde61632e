/** What the state of a referral remembers of warm handoffs. */
import type { EventIn } from '../core/event-shape.ts';
import type { handoffEvents } from './handoff-events.ts';

export type Handoff = Omit<EventIn<typeof handoffEvents, 'handoff-recorded'>, 'type' | 'v'>;

/** In the order of recording. */
export type HandoffsState = readonly Handoff[];

/** Whether the child was there, in person or on the telephone. */
export const wasChildThere = ({ handoffWay }: Pick<Handoff, 'handoffWay'>): boolean =>
  handoffWay === 'met-in-person' || handoffWay === 'by-telephone-with-child';
