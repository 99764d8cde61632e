import { served } from '../core/vocabulary.ts';
import type { Deadline } from '../deadlines/deadline-state.ts';
import { holdsUp, isClosedByStop, isStatutory } from '../deadlines/deadlines.ts';
import { openDeadlines } from '../deadlines/open-deadlines.ts';
import { decisionIsAsked } from '../eligibility/eligibility.ts';
import { isMissing, unscreenedReturns } from '../missing/absences.ts';
import { clockOf } from '../missing/return-rows.ts';
import { type Policy, ruleIn } from '../policy/policy.ts';
import type { Referral } from '../referral.ts';
import { currentScreening } from '../screening/current-screening.ts';
import { wordsInside } from '../words/code-words.ts';

/** The rule of the final review itself, which is open while a person closes. */
export const finalReview = 'D33';

/**
 * A missed statutory deadline that was not kept in time still owes a reason and a second signature. One that its hard
 * stop closed owes only a reason.
 */
export const owesExplanation = (deadline: Deadline, policy: Policy): boolean =>
  isStatutory(deadline, policy)
    ? owesSignature(deadline, policy)
    : isClosedByStop(deadline, policy) && deadline.explanation === undefined;

const owesSignature = (deadline: Deadline, policy: Policy): boolean =>
  holdsUp(deadline, policy) &&
  (deadline.status === 'open' || deadline.late === true || deadline.status === 'missed-closed') &&
  (deadline.missed || deadline.late === true) &&
  deadline.countersignedBy === undefined;

/**
 * The conditions that closing still waits for, one sentence each (docs/domain.md#closure). Empty where closing may
 * happen.
 */
export function conditionsOfClosure(state: Referral, policy: Policy): readonly string[] {
  const unmet: string[] = [];
  if (state.pathway.clocksMissing) unmet.push('Its first deadlines are not open yet.');
  for (const deadline of openDeadlines(state)) {
    if (!holdsUp(deadline, policy)) continue;
    const about = deadline.subject === undefined ? '' : ` (${wordsInside(deadline.subject)})`;
    unmet.push(`${deadline.rule} is still open: ${ruleIn(policy, deadline.rule).obligation}${about}.`);
  }
  for (const deadline of Object.values(state.deadlines)) {
    if (deadline.status !== 'open' && owesExplanation(deadline, policy)) {
      const signed = isStatutory(deadline, policy) ? ' and a countersignature' : '';
      unmet.push(`${deadline.rule} was not kept in time and needs a reason${signed}.`);
    }
  }
  for (const linkage of Object.values(state.services.linkages)) {
    if (linkage.status !== 'started' && linkage.status !== 'declined') {
      unmet.push(`The service ${wordsInside(linkage.service)} is neither started nor declined with a reason.`);
    }
  }
  if (state.services.recommended.length > 0) unmet.push('A recommended service has not been opened yet.');
  if (isMissing(state)) unmet.push('The child is missing.');
  for (const { number, returnedAt, debriefedAt } of state.missing.absences) {
    if (returnedAt === undefined || debriefedAt !== undefined) continue;
    const status = clockOf(state, returnedAt)?.status;
    // A clock settled without the interview was settled by a lawyer, or by an explanation and its second signature.
    if (status === 'open' || status === 'kept')
      unmet.push(`Return ${number} from missing has had no talk with the child.`);
  }
  for (const { number } of unscreenedReturns(state)) unmet.push(`Return ${number} from missing has had no screening.`);
  const screening = currentScreening(state);
  if (!screening) unmet.push('The child has not been screened.');
  if (screening?.outcome === 'insufficient-info') unmet.push('A screening without enough information never closes.');
  if (screening?.outcome === 'not-indicated' && !screening.signedOff)
    unmet.push('No one has signed off that nothing was indicated.');
  if (decisionIsAsked(state) || (screening && served.includes(screening.outcome) && !state.eligibility.decision)) {
    unmet.push(
      state.eligibility.decision
        ? 'The decision on a basis to allege differs from the present proposal, and no one has decided again.'
        : 'No one has decided whether there is a basis to allege.',
    );
  }
  if (screening && screening.number > state.pathway.screening)
    unmet.push('The pathway of the last screening is not open yet.');
  return unmet;
}
