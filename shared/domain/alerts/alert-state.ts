/** The alerts of a referral, as its state remembers them. */
import type { Discipline, Question } from '../core/vocabulary.ts';
import type { Checkpoint } from '../deadlines/deadline-state.ts';
import type { Recipient } from '../policy/policy.ts';
import type { ReferralAlertEvent } from './alert-events.ts';
import type { Turn } from './call-turns.ts';

/** A group that one call is for. */
export interface GroupCall {
  readonly to: Recipient;
  readonly turn: Turn;
  readonly deadlineIds: readonly string[];
}

export interface Alert {
  readonly id: string;
  readonly kind: ReferralAlertEvent<'alert-requested'>['kind'];
  readonly to: ReferralAlertEvent<'alert-requested'>['to'];
  readonly people: readonly string[];
  readonly deadlineId?: string | undefined;
  /** The other deadlines that it tells of: of its group, or of the same call. Absent where there is none. */
  readonly alsoAbout?: readonly string[] | undefined;
  readonly checkpoint?: Checkpoint['kind'] | undefined;
  /** Of a call: each group that is called, who of it, and the duties that it is called about. */
  readonly calls?: readonly GroupCall[] | undefined;
  /** The number of the meeting that the alert tells of. */
  readonly meeting?: number;
  /** The id of the hearing that the alert tells of. */
  readonly appointment?: string;
  /** The mail waits until then. It reminds of an appointment, and updates no calendar. */
  readonly notBefore?: string;
  readonly deputies: boolean;
  /** The recipient groups that acknowledged before: their deputies get no mail. */
  readonly answered?: readonly string[] | undefined;
  readonly about?: Question | undefined;
  readonly discipline?: Discipline | undefined;
  /** A person asked again for an answer that had not come. */
  readonly again?: true | undefined;
  readonly requestedAt: string;
  /** The person whose act caused the alert. Absent where a step of the pathway asked for it. */
  readonly requestedBy?: string;
  /** The first person who acknowledged. */
  readonly acknowledgedBy?: string;
  /** Who acknowledged for which recipient groups. Absent before the first. */
  readonly acknowledgements?: readonly { readonly by: string; readonly groups: readonly string[] }[];
  readonly unreachable: boolean;
  /** No right code proves its request. */
  readonly isUnproved?: true;
  /** The recipient groups that have no one left to write to. Absent while it is not unreachable. */
  readonly unreachedGroups?: readonly string[];
}
