/** The duties that people are telephoned about, who may call, and which roles are called. */

import { groupsToRing } from '../alerts/call-line.ts';
import { careline } from '../core/role-groups.ts';
import type { Role } from '../core/vocabulary.ts';
import type { Deadline } from '../deadlines/deadline-state.ts';
import { openDeadlines } from '../deadlines/open-deadlines.ts';
import { supervisionOf } from '../directory/scopes.ts';
import { alarmClassOf } from '../policy/alarm-classes.ts';
import { type DeadlineRule, isRole, type Policy, ruleOf } from '../policy/policy.ts';
import type { Referral } from '../referral.ts';

const policeNotice = /^police-notified-(.+)$/;

/** Which notice to the police keeps this rule, such as `missing`. Undefined for a rule that no such notice keeps. */
export const policeNoticeOf = ({ keptBy }: Pick<DeadlineRule, 'keptBy'>): string | undefined =>
  keptBy.flatMap((milestone) => policeNotice.exec(milestone)?.[1] ?? [])[0];

/** Whether an agency is called for this duty: police, or the national center for missing children. */
export const isForAgency = ({ keptBy }: Pick<DeadlineRule, 'keptBy'>): boolean =>
  keptBy.includes('ncmec-notified') || policeNoticeOf({ keptBy }) !== undefined;

/**
 * The open duties that people telephone about. Beside those of class now these are the reports about a missing child who is back,
 * until they are due. No one is called anew for them.
 */
export const dutiesByPhone = (state: Referral, policy: Policy): readonly Deadline[] =>
  openDeadlines(state)
    .filter(
      (deadline) =>
        alarmClassOf(deadline, state, policy) === 'now' ||
        (!deadline.missed && ruleOf(policy, deadline).alarm.onReturn !== undefined),
    )
    .toSorted((one, other) => Date.parse(one.due) - Date.parse(other.due));

/** The open duties of class now, the one due first at the top. */
export const dutiesNow = (state: Referral, policy: Policy): readonly Deadline[] =>
  dutiesByPhone(state, policy).filter((deadline) => alarmClassOf(deadline, state, policy) === 'now');

/** The roles that are called about a duty, in order. */
export const rolesToCall = (
  deadline: Pick<Deadline, 'rule' | 'settledUnder'>,
  state: { readonly response: Pick<Referral['response'], 'liaisonAcceptedAt'> },
  policy: Policy,
): readonly Role[] => groupsToRing(deadline, state, policy).filter(isRole);

/**
 * The holder of this duty: the person who answered its alarm or, before it rings, who was reached by telephone. `since`
 * is a UTC instant.
 */
export function holderOf(
  { id, ring }: Pick<Deadline, 'id' | 'ring'>,
  { calls = [] }: Pick<Referral, 'calls'>,
): { readonly id: string; readonly since: string } | undefined {
  if (ring) return ring.answered && { id: ring.answered.by, since: ring.answered.at };
  const reached = calls.findLast(({ deadlineId, result }) => deadlineId === id && result === 'reached');
  return reached && { id: reached.personId ?? reached.by, since: reached.at };
}

/**
 * Whether a person with these roles may call about a duty and record the result. Careline staff may, the roles it waits
 * on or escalates to, and their supervisors.
 */
export function mayCall(
  roles: readonly Role[],
  deadline: Pick<Deadline, 'rule' | 'settledUnder'>,
  state: { readonly response: Pick<Referral['response'], 'liaisonAcceptedAt'> },
  policy: Policy,
): boolean {
  const asked = rolesToCall(deadline, state, policy);
  const above = asked.map((role) => supervisionOf(role, 'state')?.role);
  return roles.some((role) => careline.includes(role) || asked.includes(role) || above.includes(role));
}
