/**
 * The proposal whether there is a basis to allege that the child is uncared for, and the overlays beside it. A person
 * decides. The proposal is never an adjudication.
 */

import { type Answer, answers, type Outcome, type OverlayFlag, served } from '../core/vocabulary.ts';
import {
  type AgeFacts,
  caregiverAlleged,
  exploitedFor,
  isClient,
  isInCare,
  isMinorSure,
  thirdPartyAlleged,
  youngestPossible,
} from '../intake/report-facts.ts';
import type { EligibilityInputs, EligibilityRule, OverlayInputs, OverlayRule, Policy, When } from '../policy/policy.ts';
import type { Referral } from '../referral.ts';
import type { Evaluation } from './eligibility-state.ts';

/**
 * The class of years on the day of the determination, where a date of birth is in the vault. Otherwise that of the age
 * in the report.
 */
function ageClass(years: number | undefined, reported: AgeFacts): EligibilityInputs['age'] {
  return classOfAge(years ?? youngestPossible(reported));
}

/** The class of an age in whole years. The boundaries are birthdays: 18 on the birthday, under 18 the day before. */
export function classOfAge(years: number): EligibilityInputs['age'] {
  if (years >= 21) return '21-and-over';
  return years >= 18 ? '18-to-20' : 'under-18';
}

/** A child in care is in custody, whichever fact shows it. A child whose legal status is unknown may be. */
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
    exploitedFor: exploitedFor(child),
  };
}

/** The facts about a caregiver's part in it. */
type CaregiverFacts = Pick<Referral, 'child'> & {
  readonly eligibility: Pick<Referral['eligibility'], 'caregiverHadPart'>;
};

/** An allegation against a stranger clears no caregiver. A "no" needs an answer about the caregivers themselves. */
const facilitated = ({ child, eligibility: { caregiverHadPart } }: CaregiverFacts): Answer =>
  caregiverAlleged(child) ? 'yes' : caregiverHadPart;

/**
 * Whether a caregiver may be told (overlay C). Never one who is said to have had a part in it. Ask first while that is
 * not known.
 */
export const mayContact = (state: CaregiverFacts): 'not-the-caregiver' | 'ask-first' | 'as-usual' =>
  (({ yes: 'not-the-caregiver', unknown: 'ask-first', no: 'as-usual' }) as const)[facilitated(state)];

/** The facts behind the inputs. A change of one makes a new proposal due. */
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

/** True where the age may be on either side of eighteen: unknown, or an estimate that spans it (overlay D). */
export const isAgeOpen = ({ child }: Pick<Referral, 'child'>): boolean =>
  youngestPossible(child.age) < 18 && !isMinorSure(child.age);

/** 18 or over beyond doubt: by the age given, or by a birthday that the present proposal found past. */
export function isSurelyOfAge(state: Referral): boolean {
  if (youngestPossible(state.child.age) >= 18) return true;
  const known = groundsMoved(state) ? undefined : state.eligibility.proposal?.inputs;
  return known?.ageCertain === 'yes' && known.age !== 'under-18';
}

function matches<Inputs>(when: When<Inputs>, inputs: Inputs): boolean {
  return (Object.keys(when) as (keyof Inputs)[]).every((input) => when[input]?.includes(inputs[input]));
}

/** The first row that matches. Throws where none does: a policy's table covers every input, which a test checks. */
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
 * The overlays of the referral as it is now, even before any screening. The age is that of the last proposal, where
 * there is one. Not every reader may know a date of birth.
 */
export function overlaysNow(state: Referral, policy: Policy): readonly OverlayRule[] {
  const now = overlayInputs(state, undefined);
  const known = state.eligibility.proposal?.inputs;
  const isKnown = known?.ageCertain === 'yes' && !groundsMoved(state);
  return overlaysOf(isKnown ? { ...now, age: known.age as OverlayInputs['age'], ageCertain: 'yes' } : now, policy);
}

/** The whole evaluation of the tables, in codes, for the ledger. */
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

/** Whether every input has the same value. */
export const sameInputs = (one: Evaluation['inputs'], other: Evaluation['inputs']): boolean => {
  const fields = [...new Set([...Object.keys(one ?? {}), ...Object.keys(other ?? {})])];
  return fields.every((field) => one?.[field] === other?.[field]);
};

/** True where a fact behind the present proposal has changed since it was made. */
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
    // With another date of birth the years may be the same, and the birthday different.
    born: grounds.identity.birthCorrectedBy ?? '',
  });
  return !sameInputs(asked(state), asked(proposedOn));
}

/** True where the facts behind a decision have changed. A new proposal on equal facts changes nothing. */
export function decidedOnOldInputs(state: Referral): boolean {
  const {
    eligibility: { decision, proposal },
  } = state;
  if (!decision || !proposal) return false;
  if (groundsMoved(state)) return true;
  return decision.onProposal !== proposal.seq && !sameInputs(decision.inputs, proposal.inputs);
}

/**
 * True where the present proposal differs from the decision and from the proposal it was made on. A person who decided
 * against the same proposal has answered it already.
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

/**
 * True where a person must decide although no clock asks for it. The outcome's pathway has no clock for the decision.
 */
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

/**
 * The unknown inputs that would change the proposal. Unknown never counts as "no". What the child was exploited for is none:
 * unknown is decided like sex.
 */
export function openQuestions(inputs: Evaluation['inputs'], policy: Policy): readonly (keyof EligibilityInputs)[] {
  const given = inputs as unknown as EligibilityInputs;
  const { outcome } = proposeEligibility(given, policy);
  return (['emancipated', 'resident', 'dcfClient', 'inCustody', 'otherGround'] as const).filter(
    (input) =>
      given[input] === 'unknown' &&
      answers.some((answer) => proposeEligibility({ ...given, [input]: answer }, policy).outcome !== outcome),
  );
}
