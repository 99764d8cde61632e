import { served } from '../core/vocabulary.ts';
import type { Deadline } from '../deadlines/deadline-state.ts';
import { holdsUp, isClosedByStop, isStatutory } from '../deadlines/deadlines.ts';
import { openDeadlines } from '../deadlines/open-deadlines.ts';
import { decisionIsAsked } from '../eligibility/eligibility.ts';
import { isMissing, unscreenedReturns } from '../missing/absences.ts';
import { clockOf } from '../missing/return-rows.ts';
import type { Policy } from '../policy/policy.ts';
import type { Referral } from '../referral.ts';
import { currentScreening } from '../screening/current-screening.ts';
import type { Linkage } from '../services/service-state.ts';

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

/** What closing still waits for. */
export type UnmetCondition =
  | { readonly what: 'first-deadlines' | 'recommended-service' | 'missing' | 'no-screening' | 'insufficient-info' }
  | { readonly what: 'sign-off' | 'decide-again' | 'no-decision' | 'pathway' }
  | { readonly what: 'open-deadline'; readonly rule: string; readonly subject: Deadline['subject'] }
  | { readonly what: 'late-deadline'; readonly rule: string; readonly owesSignature: boolean }
  | { readonly what: 'linkage'; readonly service: Linkage['service'] }
  | { readonly what: 'return-talk' | 'return-screening'; readonly number: number };

/** The conditions that closing still waits for (docs/domain.md#closure). Empty where closing may happen. */
export function unmetConditions(state: Referral, policy: Policy): readonly UnmetCondition[] {
  const unmet: UnmetCondition[] = [];
  if (state.pathway.clocksMissing) unmet.push({ what: 'first-deadlines' });
  for (const deadline of openDeadlines(state)) {
    const { rule, subject } = deadline;
    if (holdsUp(deadline, policy)) unmet.push({ what: 'open-deadline', rule, subject });
  }
  for (const deadline of Object.values(state.deadlines)) {
    if (deadline.status !== 'open' && owesExplanation(deadline, policy))
      unmet.push({ what: 'late-deadline', rule: deadline.rule, owesSignature: isStatutory(deadline, policy) });
  }
  for (const { status, service } of Object.values(state.services.linkages)) {
    if (status !== 'started' && status !== 'declined') unmet.push({ what: 'linkage', service });
  }
  if (state.services.recommended.length > 0) unmet.push({ what: 'recommended-service' });
  if (isMissing(state)) unmet.push({ what: 'missing' });
  for (const { number, returnedAt, debriefedAt } of state.missing.absences) {
    if (returnedAt === undefined || debriefedAt !== undefined) continue;
    const status = clockOf(state, returnedAt)?.status;
    // A clock settled without the interview was settled by a lawyer, or by an explanation and its second signature.
    if (status === 'open' || status === 'kept') unmet.push({ what: 'return-talk', number });
  }
  for (const { number } of unscreenedReturns(state)) unmet.push({ what: 'return-screening', number });
  const screening = currentScreening(state);
  if (!screening) unmet.push({ what: 'no-screening' });
  if (screening?.outcome === 'insufficient-info') unmet.push({ what: 'insufficient-info' });
  if (screening?.outcome === 'not-indicated' && !screening.signedOff) unmet.push({ what: 'sign-off' });
  if (decisionIsAsked(state) || (screening && served.includes(screening.outcome) && !state.eligibility.decision)) {
    unmet.push({ what: state.eligibility.decision ? 'decide-again' : 'no-decision' });
  }
  if (screening && screening.number > state.pathway.screening) unmet.push({ what: 'pathway' });
  return unmet;
}
