/** The proposal whether there is a basis to allege that the child is uncared for. A person decides; this only proposes. */
// @ts-nocheck

import type { EligibilityInputs, EligibilityRule, Policy } from './policy.ts';
import type { Referral } from './referral.ts';
import { type AgeFacts, leastYears } from './report-facts.ts';
import type { Outcome } from './vocabulary.ts';

/** Years on the day of the determination where a date of birth is in the vault, else what the report said of the age. */
function ageClass(years: number | undefined, reported: AgeFacts): EligibilityInputs['age'] {
  const least = years ?? leastYears(reported);
  if (least >= 21) return '21-and-over';
  return least >= 18 ? '18-to-20' : 'under-18';
}

export function eligibilityInputs(state: Referral, outcome: Outcome, years: number | undefined): EligibilityInputs {
  const { child } = state;
  return {
    outcome,
    age: ageClass(years, child.age),
    emancipated: child.emancipated,
    resident: child.connecticutResident,
    dcfClient: child.dcfClient,
    inCustody: child.legalStatus === 'committed' || child.legalStatus === 'order-of-temporary-custody' ? 'yes' : 'no',
    otherGround: child.homeless === 'yes' || child.homeMeetsNeeds === 'no' ? 'yes' : 'no',
  };
}

/** The first row that matches. Throws where none does: a policy's table covers every input, and a test says so. */
export function proposeEligibility(inputs: EligibilityInputs, policy: Policy): EligibilityRule {
  const row = policy.eligibility.find(({ when }) =>
    (Object.keys(when) as (keyof EligibilityInputs)[]).every((input) =>
      (when[input] as readonly string[] | undefined)?.includes(inputs[input]),
    ),
  );
  if (!row)
    throw new Error(`The policy ${policy.version} has no row for the outcome ${inputs.outcome} and age ${inputs.age}.`);
  return row;
}
