/** Whether the department is responsible for a child, and which duties are law for such a child alone. */
import type { Answer, PolicyReason } from '../core/vocabulary.ts';
import { whereKnown } from '../core/where-known.ts';
import type { EventOf } from '../events.ts';
import { isInCare, youngestPossible } from '../intake/report-facts.ts';
import type { DeadlineRule } from '../policy/policy.ts';
import type { Referral } from '../referral.ts';
import type { Deadline } from './deadline-state.ts';

/** Placement, care or supervision of the department, which includes an open in-home case (42 U.S.C. 671(a)(9)(C)). */
export function inResponsibility(state: Referral): Answer {
  const {
    child,
    response: { hold, enteredCare },
  } = state;
  if (isInCare(child) || hold || enteredCare || child.legalStatus === 'open-in-home' || child.dcfClient === 'yes') {
    return 'yes';
  }
  const outside = child.legalStatus === 'none' && child.population !== 'unknown';
  return child.dcfClient === 'no' || outside ? 'no' : 'unknown';
}

/**
 * Why C.G.S. 17a-101g(a) does not bind: the person is of age, or every alleged person is a third party. Undefined where
 * it binds. A person who is responsible, entrusted, given access or unknown is none, and unknown counts as law.
 */
export function outsideInvestigation({
  child: { age, perpetrators },
  eligibility: { caregiverHadPart },
}: {
  readonly child: Pick<Referral['child'], 'age' | 'perpetrators'>;
  readonly eligibility: Pick<Referral['eligibility'], 'caregiverHadPart'>;
}): PolicyReason | undefined {
  if (youngestPossible(age) >= 18) return 'of-age';
  const areThirdParties = perpetrators.length > 0 && perpetrators.every((each) => each === 'third-party');
  return areThirdParties && caregiverHadPart !== 'yes' ? 'third-parties' : undefined;
}

/**
 * Why a duty is only policy for this child. It has a rule with `lawFor`, or a return from missing started it. Undefined
 * where it is law, or where its rule says nothing. Unknown counts as law.
 */
export function whyOnlyPolicy(
  { lawFor }: Pick<DeadlineRule, 'lawFor'>,
  startedBy: Deadline['startedBy'],
  state: Referral,
): PolicyReason | undefined {
  if (lawFor === 'a child under 18, unless every alleged person is a third party') return outsideInvestigation(state);
  const isOfAgency = lawFor !== undefined || startedBy === 'child-returned';
  return isOfAgency && inResponsibility(state) === 'no' ? 'not-responsible' : undefined;
}

/** Whether these facts make the department responsible for a child, whose referral was `before`. */
export function becomesResponsible(before: Referral, facts: EventOf<'facts-learned'>): boolean {
  const { population, legalStatus, dcfClient } = facts;
  return (
    inResponsibility({
      ...before,
      child: { ...before.child, ...whereKnown({ population, legalStatus, dcfClient }) },
    }) === 'yes'
  );
}
