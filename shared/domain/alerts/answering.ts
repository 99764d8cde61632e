/**
 * Who may say "I have this child" about a duty that calls now, and so end its alarm. This one rule serves every way to
 * say it.
 */
import type { Person } from '../core/person.ts';
import type { Deadline } from '../deadlines/deadline-state.ts';
import type { Policy } from '../policy/policy.ts';
import type { Referral } from '../referral.ts';
import { groupsToRing } from './call-line.ts';
import { groupsAnsweredBy } from './recipient-groups.ts';

/**
 * Whether this person is in a recipient group called about the duty, or supervises one. `person`: with only the roles
 * that cover this referral.
 */
export function mayAnswer(deadline: Deadline, person: Person, state: Referral, policy: Policy): boolean {
  const alarm = { to: [...groupsToRing(deadline, state, policy)], people: [], deadlineId: deadline.id };
  return groupsAnsweredBy(person, alarm, state).length > 0;
}
