/**
 * The proposal whether there is a basis to allege that the child is uncared for, and what holds beside it. A person decides;
 * this only proposes, and it is never an adjudication.
 */

import { type Answer, answers, type Outcome, type OverlayFlag, served } from '../core/vocabulary.ts';
import {
  type AgeFacts,
  caregiverAlleged,
  isClient,
  isInCare,
  isMinorSure,
  thirdPartyAlleged,
  youngestPossible,
} from '../intake/report-facts.ts';
import type { EligibilityInputs, EligibilityRule, OverlayInputs, OverlayRule, Policy, When } from '../policy/policy.ts';
import type { Referral } from '../referral.ts';
import type { Evaluation } from './eligibility-state.ts';

/** Years on the day of the determination where a date of birth is in the vault, else what the report said of the age. */
function ageClass(years: number | undefined, reported: AgeFacts): EligibilityInputs['age'] {
  return classOfAge(years ?? youngestPossible(reported));
}

/** The class of an age in whole years. The boundaries are birthdays: 18 on the birthday, under 18 the day before. */
export function classOfAge(years: number): EligibilityInputs['age'] {
  if (years >= 21) return '21-and-over';
  return years >= 18 ? '18-to-20' : 'under-18';
}

/** Who is in care is in custody, whichever of its facts is known; who is not by a status that nobody knows may be. */
const custody = (child: Referral['child']): Answer => {
  if (isInCare(child)) return 'yes';
  return child.legalStatus === 'unknown' ? 'unknown' : 'no';
};

function otherGround({ homeless, homeMeetsNeeds }: Referral['child']): Answer {
  if (homeless === 'yes' || homeMeetsNeeds === 'no') return 'yes';
  return homeless === 'no' && homeMeetsNeeds === 'yes' ? 'no' : 'unknown';
}

/** The inputs of the decision's rows. `years` is the age today by the date of birth, where the caller may know it. */
export function eligibilityInputs(
  { child }: Pick<Referral, 'child'>,
  outcome: Outcome,
  years: number | undefined,
): EligibilityInputs {
  return {
    outcome,
    age: ageClass(years, child.age),
    emancipated: child.emancipated,
    resident: child.connecticutResident,
    dcfClient: isClient(child),
    inCustody: custody(child),
    otherGround: otherGround(child),
  };
}

/** What is known of a caregiver's part in it. */
type CaregiverFacts = Pick<Referral, 'child'> & {
  readonly eligibility: Pick<Referral['eligibility'], 'caregiverHadPart'>;
};

/** That a stranger is alleged clears no caregiver: a no is what somebody has said of the caregivers. */
const facilitated = ({ child, eligibility: { caregiverHadPart } }: CaregiverFacts): Answer =>
  caregiverAlleged(child) ? 'yes' : caregiverHadPart;

/** Whether a caregiver may be told: never one who is said to have had a part in it, and none while nobody knows (overlay C). */
export const mayContact = (state: CaregiverFacts): 'not-the-caregiver' | 'ask-first' | 'as-usual' =>
  (({ yes: 'not-the-caregiver', unknown: 'ask-first', no: 'as-usual' }) as const)[facilitated(state)];

/** What the inputs are made of; what changes in it makes a proposal one to be made again. */
export type Grounds = Pick<Referral, 'child'> & {
  readonly response: Pick<Referral['response'], 'danger' | 'hold'>;
  readonly eligibility: Pick<Referral['eligibility'], 'caregiverHadPart'>;
  readonly identity: Pick<Referral['identity'], 'birthCorrectedBy'>;
};

/** The inputs of the overlays; `years` as for `eligibilityInputs`. */
export function overlayInputs(state: Grounds, years: number | undefined): OverlayInputs {
  const {
    child,
    response: { danger, hold },
  } = state;
  return {
    age: ageClass(years, child.age),
    ageCertain: years !== undefined || !isAgeOpen(state) ? 'yes' : 'no',
    danger,
    hold: hold ? 'yes' : 'no',
    thirdParty: thirdPartyAlleged(child),
    facilitated: facilitated(state),
  };
}

/** True where nobody knows on which side of eighteen the age is: unknown, or an estimate that spans it (overlay D). */
export const isAgeOpen = ({ child }: Pick<Referral, 'child'>): boolean =>
  youngestPossible(child.age) < 18 && !isMinorSure(child.age);

/** 18 or over beyond doubt: by what was said of the age, or by the birthday that a proposal on the present facts found past. */
export function isSurelyOfAge(state: Referral): boolean {
  if (youngestPossible(state.child.age) >= 18) return true;
  const known = groundsMoved(state) ? undefined : state.eligibility.proposal?.inputs;
  return known?.ageCertain === 'yes' && known.age !== 'under-18';
}

function matches<Inputs>(when: When<Inputs>, inputs: Inputs): boolean {
  return (Object.keys(when) as (keyof Inputs)[]).every((input) => when[input]?.includes(inputs[input]));
}

/** The first row that matches. Throws where none does: a policy's table covers every input, and a test says so. */
export function proposeEligibility(inputs: EligibilityInputs, policy: Policy): EligibilityRule {
  const row = policy.eligibility.find(({ when }) => matches(when, inputs));
  if (!row)
    throw new Error(`The policy ${policy.version} has no row for the outcome ${inputs.outcome} and age ${inputs.age}.`);
  return row;
}

/** Every overlay that applies, whatever the decision is. */
export const overlaysOf = (inputs: OverlayInputs, policy: Policy): readonly OverlayRule[] =>
  policy.overlays.filter(({ when }) => matches(when, inputs));

export const flagsOf = (overlays: readonly OverlayRule[]): OverlayFlag[] => [
  ...new Set(overlays.flatMap(({ flags }) => flags)),
];

/**
 * What holds beside the decision as the referral is now, before any screening as well. The age is that of the last proposal
 * where there is one: a date of birth is not for everybody who reads this.
 */
export function overlaysNow(state: Referral, policy: Policy): readonly OverlayRule[] {
  const now = overlayInputs(state, undefined);
  const known = state.eligibility.proposal?.inputs;
  const isKnown = known?.ageCertain === 'yes' && !groundsMoved(state);
  return overlaysOf(isKnown ? { ...now, age: known.age as OverlayInputs['age'], ageCertain: 'yes' } : now, policy);
}

/** Everything the tables answer to, in codes, for the ledger. */
export function evaluate(
  state: Referral,
  outcome: Outcome,
  years: number | undefined,
  policy: Policy,
): {
  readonly row: EligibilityRule;
  readonly inputs: Record<string, string>;
  readonly overlays: readonly OverlayRule[];
} {
  const inputs = eligibilityInputs(state, outcome, years);
  const beside = overlayInputs(state, years);
  return {
    row: proposeEligibility(inputs, policy),
    inputs: { ...inputs, ...beside },
    overlays: overlaysOf(beside, policy),
  };
}

/** Equal where every input has the same value. */
export const sameInputs = (one: Evaluation['inputs'], other: Evaluation['inputs']): boolean => {
  const fields = [...new Set([...Object.keys(one ?? {}), ...Object.keys(other ?? {})])];
  return fields.every((field) => one?.[field] === other?.[field]);
};

/** True where a fact that the present proposal rests on has changed since it was made. */
export function groundsMoved(state: Referral): boolean {
  const {
    eligibility: { proposedOn, proposal },
  } = state;
  if (!proposal || !proposedOn) return false;
  const asked = (grounds: Grounds) => ({
    // The outcome is that of the screening, which has its own number.
    ...eligibilityInputs(grounds, 'confirmed', undefined),
    ...overlayInputs(grounds, undefined),
    years: JSON.stringify(grounds.child.age),
    // Of another date of birth the years may be the same, and the birthday another.
    born: grounds.identity.birthCorrectedBy ?? '',
  });
  return !sameInputs(asked(state), asked(proposedOn));
}

/** True where the facts that a decision was made on are others now; a proposal made again on equal ones changes nothing. */
export function decidedOnOldInputs(state: Referral): boolean {
  const {
    eligibility: { decision, proposal },
  } = state;
  if (!decision || !proposal) return false;
  if (groundsMoved(state)) return true;
  return decision.onProposal !== proposal.seq && !sameInputs(decision.inputs, proposal.inputs);
}

/**
 * True where the present proposal is another one than that which was decided on, and than what was decided. Whoever decided
 * otherwise than the same proposal has answered it already.
 */
export function decisionOvertaken({ eligibility: { decision, proposal } }: Referral): boolean {
  return (
    decision !== undefined &&
    proposal !== undefined &&
    decision.onProposal !== proposal.seq &&
    proposal.outcome !== decision.outcome &&
    proposal.outcome !== decision.proposed
  );
}

/** True where someone has to decide though no clock asks it: after an outcome whose pathway has no clock for the decision. */
export function decisionIsAsked(state: Referral): boolean {
  const {
    eligibility: { proposal, decision },
    stage,
    screening: { list: screenings },
  } = state;
  const outcome = screenings.at(-1)?.outcome;
  if (stage !== 'open' || !proposal || outcome === undefined || served.includes(outcome)) return false;
  if (decision) return decisionOvertaken(state);
  return proposal.outcome === 'legal-review' || proposal.outcome === 'basis-other-ground';
}

/** The inputs of a proposal that nobody knows and that would change what is proposed: unknown is never read as no. */
export function openQuestions(inputs: Evaluation['inputs'], policy: Policy): readonly (keyof EligibilityInputs)[] {
  if (!inputs) return [];
  const given = inputs as unknown as EligibilityInputs;
  const { outcome } = proposeEligibility(given, policy);
  return (['emancipated', 'resident', 'dcfClient', 'inCustody', 'otherGround'] as const).filter(
    (input) =>
      given[input] === 'unknown' &&
      answers.some((answer) => proposeEligibility({ ...given, [input]: answer }, policy).outcome !== outcome),
  );
}
