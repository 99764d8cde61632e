/**
 * The open duties that fall to a person whose access ends. They are called first for its role, or they took a call about it. The
 * next people are called or told in the same act.
 */

import { isNamed } from '../access/seal.ts';
import type { BoardRow } from '../board/board-row.ts';
import { holderOf } from '../calls/calls.ts';
import type { Decision } from '../core/decision.ts';
import { isBefore } from '../core/instants.ts';
import type { Role } from '../core/vocabulary.ts';
import { deadlineRows, dutyOwner, personOwner } from '../deadlines/deadline-rows.ts';
import type { Deadline } from '../deadlines/deadline-state.ts';
import { hasStopped } from '../deadlines/hard-stop.ts';
import { openDeadlines } from '../deadlines/open-deadlines.ts';
import { type Duty, scopeOf } from '../directory/scopes.ts';
import { alarmClassOf } from '../policy/alarm-classes.ts';
import { isRole, type Policy, ruleOf, waitsOn } from '../policy/policy.ts';
import type { Referral } from '../referral.ts';
import { directorStep, isRinging } from './alarms.ts';
import { requestAlert } from './alert-requests.ts';
import { callAgain, callOut, ring } from './calling.ts';

/** A person, and the roles in which they are the first to be called. */
export interface Leaver {
  readonly id: string;
  readonly firstFor: readonly Duty[];
}

export interface DutyToHandOn {
  readonly deadline: Deadline;
  /** The roles through which it falls to the person. Empty where they only took a call about it. */
  readonly through: readonly Duty[];
  /** They said that they are handling it, so no one is called. */
  readonly isHeld: boolean;
}

/** The roles through which a duty falls to this person. `owned`: its rows for people, as the lists have them. */
function rolesThrough(
  { id, firstFor }: Leaver,
  state: Referral,
  deadline: Deadline,
  policy: Policy,
  owned: readonly BoardRow[],
): readonly Duty[] {
  const asOf = (role: Role): Duty => ({ role, scope: scopeOf(role, state) ?? 'state' });
  // Each person of a seal has every duty.
  if (state.access.seal) {
    return isNamed(state, id) ? waitsOn(ruleOf(policy, deadline), state).filter(isRole).map(asOf) : [];
  }
  const { liaison } = state.response;
  const isLiaison = owned.some((row) => row.id.endsWith('#liaison') && row.owner === personOwner(id));
  return [
    ...firstFor.filter(
      ({ role, scope }) =>
        // An assigned liaison comes before the order of the directory.
        (role !== 'hart-liaison' || liaison === undefined) &&
        owned.some(({ owner }) => owner === dutyOwner(role, scope)),
    ),
    ...(isLiaison ? [asOf('hart-liaison')] : []),
  ];
}

/** The open duties that fall to this person, the first due at the top. What another person is handling is not among them. */
export function dutiesToHandOn(state: Referral, policy: Policy, leaver: Leaver): readonly DutyToHandOn[] {
  const rows = Map.groupBy(deadlineRows(state, policy, {}), ({ deadlineId }) => deadlineId);
  return openDeadlines(state)
    .map((deadline) => {
      const holder = holderOf(deadline, state)?.id;
      const through = rolesThrough(leaver, state, deadline, policy, rows.get(deadline.id) ?? []);
      const isTheirs = holder === leaver.id;
      const isHeld = isTheirs && alarmClassOf(deadline, state, policy) === 'now';
      return { deadline, through, isHeld, isFree: isTheirs || holder === undefined };
    })
    .filter(({ through, isHeld, isFree }) => isHeld || (isFree && through.length > 0))
    .map(({ isFree: _, ...each }) => each)
    .toSorted((one, other) => Date.parse(one.deadline.due) - Date.parse(other.deadline.due));
}

/**
 * Calls or tells the next people of each of these duties. Calls that the person took ring again. Those that ring already begin
 * again at the front of their line, which is another person now. Of the others, each role gets one mail, as of a new referral.
 */
export function handDutiesOn(decision: Decision, leaver: Leaver): void {
  const before = decision.state();
  const { policy, now } = decision.context;
  const told: Role[] = [];
  for (const { deadline, through, isHeld } of dutiesToHandOn(before, policy, leaver)) {
    const calls = !hasStopped(deadline, now);
    if (calls && isHeld) callAgain(decision, deadline, 'access-ended', leaver.id);
    else if (calls && isRinging(deadline)) ring(decision, deadline.id, isBefore(now, deadline.due) ? 0 : directorStep);
    else told.push(...through.map(({ role }) => role));
  }
  if (told.length > 0) requestAlert(decision, { kind: 'referral-opened', to: [...new Set(told)] });
  callOut(decision, before);
}
