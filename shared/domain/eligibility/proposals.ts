/** Evaluates the decision table: after each screening, and again whenever its facts have changed. */
import { requestAlert, tellOfCaregiver } from '../alerts/alert-requests.ts';
import type { Decision } from '../core/decision.ts';
import { served } from '../core/vocabulary.ts';
import { openAgain, openOnce } from '../deadlines/deadlines.ts';
import type { EventOf } from '../events.ts';
import type { Referral } from '../referral.ts';
import type { Screening } from '../screening/screening-state.ts';
import { decisionIsAsked, decisionOvertaken, evaluate, flagsOf, groundsMoved, sameInputs } from './eligibility.ts';

function reasonToEvaluate(
  { eligibility: { proposal } }: Referral,
  { number }: Screening,
  moved: boolean,
  inputs: Record<string, string>,
): EventOf<'eligibility-proposed'>['because'] | undefined {
  if (proposal?.screening !== number) return 'screened';
  if (moved) return 'facts-changed';
  return sameInputs(proposal.inputs, inputs) ? undefined : 'time-passed';
}

/**
 * Adds the proposal for this screening where none rests on today's facts. Asks the people who decide on it. `years` is
 * the age today by the date of birth, where there is one.
 */
export function evaluateAgain(decision: Decision, screening: Screening, years: number | undefined): void {
  const { policy } = decision.context;
  const before = decision.state();
  const { row, inputs, overlays } = evaluate(before, screening.outcome, years, policy);
  const because = reasonToEvaluate(before, screening, groundsMoved(before), inputs);
  if (because === undefined) return;
  decision.add('eligibility-proposed', {
    screening: screening.number,
    outcome: row.outcome,
    row: row.number,
    basis: row.basis,
    ageKnown: years !== undefined || before.child.age.known === 'exact',
    inputs,
    overlays: flagsOf(overlays),
    ruleSet: policy.version,
    because,
  });
  const isServed = served.includes(screening.outcome);
  if (isServed) askToDecide(decision, screening, because);
  for (const rule of row.opens ?? []) openOnce(decision, rule, { start: decision.context.now });
  for (const rule of overlays.flatMap(({ opens }) => opens ?? [])) openOnce(decision, rule, { start: screening.at });
  tellOfOverlays(decision, before, isServed);
}

/** Opens D10 after a screening. After any other change, opens it where the present proposal overtakes the decision. */
function askToDecide(
  decision: Decision,
  screening: Screening,
  because: EventOf<'eligibility-proposed'>['because'],
): void {
  if (because === 'screened') {
    openAgain(decision, 'D10', { start: screening.at, screening: screening.number });
  } else if (decisionOvertaken(decision.state())) {
    openAgain(decision, 'D10', {
      start: decision.context.now,
      screening: screening.number,
      startedBy: 'facts-changed',
    });
  }
}

/**
 * Alerts about what no other alert tells: a decision without a clock, a removal review without one, a caregiver's part.
 */
function tellOfOverlays(decision: Decision, before: Referral, isServed: boolean): void {
  const isNew = (flag: string) =>
    decision.state().eligibility.proposal?.overlays.some((each) => each === flag) &&
    !before.eligibility.proposal?.overlays.some((each) => each === flag);
  const wasAsked =
    decisionIsAsked(before) && before.eligibility.proposal?.outcome === decision.state().eligibility.proposal?.outcome;
  if (decisionIsAsked(decision.state()) && !wasAsked) {
    requestAlert(decision, { kind: 'answer-needed', to: ['area-supervisor', 'legal'] });
  }
  tellOfCaregiver(decision);
  if (!isServed && isNew('removal-review')) requestAlert(decision, { kind: 'removal-review', to: ['area-supervisor'] });
}
