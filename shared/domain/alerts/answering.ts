/** Who may say of a duty that calls now "I have this child", and so end its alarm: the one rule for every way to say it. */
import type { Person } from '../core/person.ts';
import type { Deadline } from '../deadlines/deadline-state.ts';
import type { Policy } from '../policy/policy.ts';
import type { Referral } from '../referral.ts';
import { groupsToRing } from './alarms.ts';
import { groupsAnsweredBy } from './recipient-groups.ts';

/**
 * Whether this person is in the line of those who are called about the duty, or supervises one of them. `person`: with the roles alone
 * that cover this referral.
 */
export function mayAnswer(deadline: Deadline, person: Person, state: Referral, policy: Policy): boolean {
  const alarm = { to: [...groupsToRing(deadline, state, policy)], people: [], deadlineId: deadline.id };
  return groupsAnsweredBy(person, alarm, state).length > 0;
}
