/** What the state of a referral remembers of its end. */
import type { Waiting } from '../core/commit-head.ts';
import type { ClosureEvent } from './closure-events.ts';

/** Whether closing is open, and a withdrawal that waits for a second person. */
export interface ClosureState {
  readonly opened: boolean;
  readonly withdrawal?: Waiting<ClosureEvent<'withdrawal-proposed'>>;
}
