/** What the state of a referral remembers of danger, the response and the investigation. */
import type { Answer } from '../core/vocabulary.ts';
import type { ResponseEvent } from './response-events.ts';

/** Instants are UTC. A renewed pause keeps the beginning of the first. */
export interface OutreachPause {
  readonly agencyId: string;
  readonly by: string;
  readonly from: string;
  readonly until: string;
}

/** The last decision. `at`: when the parents were told, or when it was decided to withhold; UTC. */
export interface ParentsNotice {
  readonly decision: 'given' | 'withheld';
  readonly by: string;
  readonly at: string;
}

/** Danger, who responds, what the police asked for, and what the investigation found. */
export interface ResponseState {
  readonly danger: Answer;
  readonly liaison?: string;
  /** When the last liaison was assigned. */
  readonly liaisonSince?: string;
  /** True from a 96-hour hold until it ended. */
  readonly hold: boolean;
  /** The last pause of outreach that the police asked for, unless it was lifted. It may have ended. */
  readonly outreachPause?: OutreachPause;
  /** What was decided last about the notice to the parents. */
  readonly parentsNotice?: ParentsNotice;
  /** A supervisor's word that it may be given although a caregiver's part is not ruled out. */
  readonly parentsNoticeApproved?: { readonly by: string; readonly at: string };
  readonly disposition?: ResponseEvent<'investigation-disposed'>['disposition'];
  /** Whether there is reasonable cause to believe that sexual abuse or serious physical abuse occurred; absent where no one was asked. */
  readonly reasonableCause?: Answer;
  /** True from the first entry to care that was recorded here. */
  readonly enteredCare: boolean;
  /** True where charges are known for what the child did while exploited. */
  readonly charged: boolean;
}
