/**
 * Duties that rest on a recorded fact of the child which has changed since. One person's answer ends no duty of law: it
 * stays open until counsel finds that it does not apply (docs/domain.md#changed-facts). An act that was recorded stays.
 */
import { requestAlert } from '../alerts/alert-requests.ts';
import type { Decision } from '../core/decision.ts';
import { isInCare, youngestPossible } from '../intake/report-facts.ts';
import type { Referral } from '../referral.ts';
import { isForeignMinor, isForLocalPolice, isOfTribe } from './clocks.ts';
import type { Deadline } from './deadline-state.ts';
import { openDeadlines } from './open-deadlines.ts';
import { inResponsibility } from './responsibility.ts';

/** `changed`: what is recorded now, within a sentence. */
interface Ground {
  readonly holds: (state: Referral) => boolean;
  readonly changed: string;
}

const grounds: Readonly<Record<string, Ground>> = {
  D4: { holds: isForLocalPolice, changed: 'no alleged person is a third party' },
  D5: {
    holds: (state) => inResponsibility(state) !== 'no',
    changed: 'the child is not in the responsibility of the department',
  },
  D10b: { holds: ({ child }) => child.connecticutResident !== 'yes', changed: 'the child lives in Connecticut' },
  D27: { holds: isForeignMinor, changed: 'the child is no foreign national, or is 18 or over' },
  D38: { holds: ({ child }) => youngestPossible(child.age) < 18, changed: 'the person is of age' },
  D41a: { holds: ({ child }) => child.facilityEmployee === 'yes', changed: 'no employee of a facility is alleged' },
  D41b: { holds: ({ child }) => child.schoolEmployee === 'yes', changed: 'no school employee is alleged' },
  D41c: {
    holds: ({ child }) => child.inFacility === 'yes' || child.facilityEmployee === 'yes',
    changed: 'no licensed facility is concerned',
  },
  D41d: { holds: ({ child }) => child.schoolEmployee === 'yes', changed: 'no school employee is alleged' },
  D41e: {
    holds: ({ child }) => child.facilityEmployee === 'yes' || child.schoolEmployee === 'yes',
    changed: 'no employee of a facility or school is alleged',
  },
  D42: { holds: isOfTribe, changed: 'the child is no member of a tribe, or is 18 or over' },
  D42a: { holds: isOfTribe, changed: 'the child is no member of a tribe, or is 18 or over' },
  D44: { holds: ({ child }) => isInCare(child), changed: 'the child is not in care' },
};

/** A duty that holds while a fact is unknown, with that fact, within a sentence. */
const whileUnknown: Readonly<Record<string, { readonly isSo: (state: Referral) => boolean; readonly fact: string }>> = {
  D5: { isSo: (state) => inResponsibility(state) === 'unknown', fact: 'in whose care the child is' },
  D17: { isSo: ({ child }) => child.lastAssaultAt === 'unknown', fact: 'when the last assault was, or that none was' },
};

/** That this open duty rests on a fact which no one has told, and to ask for it: a sentence. Undefined where it is known. */
export function unlessKnown({ rule, status }: Pick<Deadline, 'rule' | 'status'>, state: Referral): string | undefined {
  const held = whileUnknown[rule];
  return status === 'open' && held?.isSo(state) === true
    ? `Due while no one has said ${held.fact}. Ask, and record it.`
    : undefined;
}

/**
 * What is recorded now and contradicts the ground of this open duty, within a sentence. Undefined where its ground
 * holds.
 */
export function changedFact({ rule, status }: Deadline, state: Referral): string | undefined {
  const ground = grounds[rule];
  return status !== 'open' || ground === undefined || ground.holds(state) ? undefined : ground.changed;
}

/** After any change, with the referral as it was before: asks counsel about each duty whose ground no longer holds. */
export function tellOfChangedFacts(decision: Decision, before: Referral): void {
  const state = decision.state();
  if (state.child === before.child) return;
  for (const deadline of openDeadlines(before)) {
    const now = state.deadlines[deadline.id];
    if (now === undefined || changedFact(now, state) === undefined || changedFact(deadline, before)) continue;
    requestAlert(decision, { kind: 'deadline-opened', to: ['legal'], deadlineId: deadline.id });
  }
}
