/** What the state of a referral remembers of eligibility and of a caregiver's part in it. */
import type { IdentityState } from '../identity/identity-state.ts';
import type { ChildFacts } from '../intake/report-facts.ts';
import type { ResponseState } from '../response/response-state.ts';
import type { EligibilityEvent } from './eligibility-events.ts';

/** What an evaluation of the decision table rested on; undefined in what was recorded by an older release. */
export type Evaluation = Pick<EligibilityEvent<'eligibility-proposed'>, 'inputs' | 'overlays' | 'ruleSet'>;

export interface Proposal extends EligibilityEvent<'eligibility-proposed'> {
  readonly at: string;
  readonly seq: number;
}

/** A basis to allege or none, as a named person decided it; never an adjudication. */
export interface EligibilityDecision extends Omit<EligibilityEvent<'eligibility-decided'>, 'type' | 'v'> {
  readonly by: string;
  readonly at: string;
  /** The sequence number of the proposal it was made on. */
  readonly onProposal: number;
}

/** The proposal, the decision made on it, and what is known of a caregiver. */
export interface EligibilityState {
  readonly proposal?: Proposal;
  /** What the proposal's inputs were made of. */
  readonly proposedOn?: {
    readonly child: ChildFacts;
    readonly response: Pick<ResponseState, 'danger' | 'hold'>;
    readonly eligibility: Pick<EligibilityState, 'caregiverNamed' | 'caregiverRuledOut'>;
    readonly identity: Pick<IdentityState, 'birthCorrectedBy'>;
  };
  readonly decision?: EligibilityDecision;
  /** True where somebody said that a caregiver had a part in it, whoever else is alleged. */
  readonly caregiverNamed: boolean;
  /** True where a screener has answered that none had, or two people have cleared them, and nobody has said otherwise since. */
  readonly caregiverRuledOut: boolean;
  /** When two people last cleared every caregiver. */
  readonly clearedAt?: string;
}
