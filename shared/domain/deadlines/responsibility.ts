/** Whether the department is responsible for a child, and which duties are law for such a child alone. */
import type { Answer } from '../core/vocabulary.ts';
import { whereKnown } from '../core/where-known.ts';
import type { EventOf } from '../events.ts';
import { isInCare } from '../intake/report-facts.ts';
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
 * Whether a duty of 42 U.S.C. 671(a)(35) is only policy, because the department is not responsible for this child.
 * Unknown counts as responsible. Such duties are those of rules with `lawFor`, and all that a return from missing starts.
 */
export const isOnlyPolicy = (
  { lawFor }: Pick<DeadlineRule, 'lawFor'>,
  startedBy: Deadline['startedBy'],
  state: Referral,
): boolean => (lawFor !== undefined || startedBy === 'child-returned') && inResponsibility(state) === 'no';

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
