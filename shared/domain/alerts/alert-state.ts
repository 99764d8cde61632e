/** The alerts of a referral, as its state remembers them. */
import type { Discipline, Question } from '../core/vocabulary.ts';
import type { Checkpoint } from '../deadlines/deadline-state.ts';
import type { ReferralAlertEvent } from './alert-events.ts';

export interface Alert {
  readonly id: string;
  readonly kind: ReferralAlertEvent<'alert-requested'>['kind'];
  readonly to: ReferralAlertEvent<'alert-requested'>['to'];
  readonly people: readonly string[];
  readonly deadlineId?: string | undefined;
  readonly checkpoint?: Checkpoint['kind'] | undefined;
  /** The number of the meeting that it tells of. */
  readonly meeting?: number;
  readonly deputies: boolean;
  /** The lines whose deputies are not written to all the same. */
  readonly answered?: readonly string[] | undefined;
  readonly about?: Question | undefined;
  readonly discipline?: Discipline | undefined;
  readonly requestedAt: string;
  /** The person whose act it follows from; absent where a step of the pathway asked for it. */
  readonly requestedBy?: string;
  /** Who did first. */
  readonly acknowledgedBy?: string;
  /** Who did for which lines; absent where one of an older release counts for all. */
  readonly acknowledgements?: readonly { readonly by: string; readonly groups: readonly string[] }[];
  readonly unreachable: boolean;
  /** The lines for which nobody is left; absent where an older release did not say. */
  readonly unreachedGroups?: readonly string[];
}
