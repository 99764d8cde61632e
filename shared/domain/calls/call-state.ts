/** The telephone calls of a referral, as its state remembers them. */
import type { CallResult } from './call-events.ts';

/** One call. `at` is a UTC instant: when it took place. `by` recorded it. */
export interface Call {
  readonly deadlineId: string;
  readonly result: CallResult;
  readonly personId?: string | undefined;
  readonly agencyId?: string | undefined;
  readonly at: string;
  readonly by: string;
  readonly notes?: string | undefined;
}
