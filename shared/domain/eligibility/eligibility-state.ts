/** What the state of a referral remembers of eligibility and of a caregiver's part in it. */
import type { Answer } from '../core/vocabulary.ts';
import type { IdentityState } from '../identity/identity-state.ts';
import type { ChildFacts } from '../intake/report-facts.ts';
import type { ResponseState } from '../response/response-state.ts';
import type { EligibilityEvent } from './eligibility-events.ts';

/** The grounds of an evaluation of the decision table. */
export type Evaluation = Pick<EligibilityEvent<'eligibility-proposed'>, 'inputs' | 'overlays' | 'ruleSet'>;

export interface Proposal extends EligibilityEvent<'eligibility-proposed'> {
  readonly at: string;
  readonly seq: number;
}

/** A basis to allege or none, as a named person decided. It is never an adjudication. */
export interface EligibilityDecision extends Omit<EligibilityEvent<'eligibility-decided'>, 'type' | 'v'> {
  readonly by: string;
  readonly at: string;
  /** The sequence number of the proposal it was made on. */
  readonly onProposal: number;
}

/** The proposal, the decision made on it, and what is known of a caregiver. */
export interface EligibilityState {
  readonly proposal?: Proposal;
  /** The facts that the proposal's inputs were made of. */
  readonly proposedOn?: {
    readonly child: ChildFacts;
    readonly response: Pick<ResponseState, 'danger' | 'hold'>;
    readonly eligibility: Pick<EligibilityState, 'caregiverHadPart'>;
    readonly identity: Pick<IdentityState, 'birthCorrectedBy'>;
  };
  readonly decision?: EligibilityDecision;
  /**
   * Whether a caregiver had a part in it, whichever others are alleged. Yes: a caregiver was named. No: a screener answered so of one who
   * was never named, or two people cleared every caregiver. The last word counts.
   */
  readonly caregiverHadPart: Answer;
  /** When two people last cleared every caregiver. */
  readonly clearedAt?: string;
}
