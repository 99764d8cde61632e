/** What the state of a referral remembers of eligibility and of a caregiver's part in it. */
import type { Waiting } from '../core/commit-head.ts';
import type { IdentityState } from '../identity/identity-state.ts';
import type { ChildFacts } from '../intake/report-facts.ts';
import type { ResponseState } from '../response/response-state.ts';
import type { EligibilityEvent } from './eligibility-events.ts';

/** The grounds of an evaluation of the decision table. Undefined for one that an older release recorded. */
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
    readonly eligibility: Pick<EligibilityState, 'caregiverNamed' | 'caregiverRuledOut'>;
    readonly identity: Pick<IdentityState, 'birthCorrectedBy'>;
  };
  readonly decision?: EligibilityDecision;
  /** True where a caregiver was named as having had a part in it, whatever others are alleged. */
  readonly caregiverNamed: boolean;
  /**
   * True where a screener answered that no caregiver had a part in it, or two people cleared them. A later naming ends
   * it.
   */
  readonly caregiverRuledOut: boolean;
  /** The proposal that no caregiver had a part in it, until a second person agrees. */
  readonly clearance?: Waiting<EligibilityEvent<'clearance-proposed'>>;
  /** When a second person agreed to it. */
  readonly clearedAt?: string;
}
