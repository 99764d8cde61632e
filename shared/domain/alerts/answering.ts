/**
 * Who may say "I'm handling this" about a duty that calls now, and so end its alarm. This one rule serves every way to
 * say it.
 */

import type { Person } from '../core/person.ts';
import type { Deadline } from '../deadlines/deadline-state.ts';
import type { Policy } from '../policy/policy.ts';
import type { Referral } from '../referral.ts';
import { groupsToRing } from './call-line.ts';
import { isCall, ringingFor } from './call-rounds.ts';
import { groupsAnsweredBy, ownGroups } from './recipient-groups.ts';

/**
 * Whether this person is in a recipient group called about the duty, or supervises one. `person`: with only the roles
 * that cover this referral.
 */
export function mayAnswer(deadline: Deadline, person: Person, state: Referral, policy: Policy): boolean {
  const alarm = { to: [...groupsToRing(deadline, state, policy)], people: [], deadlineId: deadline.id };
  return groupsAnsweredBy(person, alarm, state).length > 0;
}

/** The ringing duties that this person's own recipient groups were called about, in the rounds that go on. */
export const calledAbout = (person: Person, state: Referral): readonly Deadline[] => [
  ...new Set(
    Object.values(state.alerts)
      .filter(isCall)
      .flatMap((call) => ringingFor(call, ownGroups(person, call, state), state)),
  ),
];

/**
 * What "I'm handling this" answers, of the ringing duties that the person may answer (`theirs`). With a duty `named`: all
 * that the person was called about, where it is one of them, else it alone. Without: all that the person was called
 * about. A person who was called about none answers all of `theirs`.
 */
export function answeredWith(
  theirs: readonly Deadline[],
  named: Deadline | undefined,
  called: readonly Deadline[],
): readonly Deadline[] {
  const own = theirs.filter(({ id }) => called.some((each) => each.id === id));
  if (named === undefined) return own.length > 0 ? own : theirs;
  return own.some(({ id }) => id === named.id) ? own : [named];
}
