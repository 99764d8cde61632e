/** Clears caregivers who were said to have had a part in it (overlay C). It takes a reason and two people. */
import * as z from 'zod';
import { answered, answerersOf, proposersOf } from '../approvals/questions.ts';
import { agreedBy } from '../approvals/second-person.ts';
import { command } from '../core/command.ts';
import { freeText } from '../core/fields.ts';
import { isRefusal, type Refusal } from '../core/refusal.ts';
import { caregiverAlleged } from '../intake/report-facts.ts';
import type { Referral } from '../referral.ts';
import { refuse } from '../refusals.ts';
import { lastSaid } from '../screening/screening.ts';
import { mayContact } from './eligibility.ts';

/**
 * A fact that still says a caregiver had a part in it. It must be corrected where it was recorded, before anything is
 * cleared.
 */
function stillSaid(state: Referral): Refusal | undefined {
  if (mayContact(state) !== 'not-the-caregiver') {
    return refuse('nothing-alleged');
  }
  if (caregiverAlleged(state.child)) {
    return refuse('caregiver-alleged');
  }
  if (lastSaid(state, 'caregiver-facilitation') === 'yes') {
    return refuse('topic-says-yes');
  }
  return undefined;
}

export const caregiverCommands = {
  'propose-clearance': command({
    title: 'Propose that no caregiver had a part in it after all',
    inEmergency: 'refused',
    roles: proposersOf.clearance,
    note: 'Nothing changes before a second person agrees: until then no caregiver is told.',
    input: z.strictObject({ reason: freeText('decisionReasons') }),
    restsOn: ({ proposals }) => proposals.clearance,
    decide(decision, { reason }, person) {
      const standing = stillSaid(decision.state());
      if (standing) return standing;
      decision.add('clearance-proposed', { reason, proposedBy: person.id });
      return undefined;
    },
  }),
  'agree-clearance': command({
    title: 'Agree, as second person, that no caregiver had a part in it',
    inEmergency: 'refused',
    roles: answerersOf.clearance,
    input: z.strictObject({}),
    restsOn: ({ proposals }) => proposals.clearance,
    decide(decision, _, person) {
      const none = refuse('nothing-proposed/clearance');
      const clearance = agreedBy(decision, 'clearance', person, {
        none,
        same: 'This needs a second person, other than the one who proposed it.',
      });
      if (isRefusal(clearance)) return clearance;
      const standing = stillSaid(decision.state());
      if (standing) return standing;
      answered(decision, 'clearance');
      decision.add('caregiver-cleared', { reason: clearance.reason, proposedBy: clearance.proposedBy });
      return undefined;
    },
  }),
};
