/** Which duties are telephoned about, who may do it, and which roles are called. */
import { alarmClassOf } from './alarm-classes.ts';
import { type DeadlineRule, isRole, type Policy, ruleOf } from './policy.ts';
import { type Deadline, openDeadlines, type Referral } from './referral.ts';
import { careline } from './role-groups.ts';
import { supervisionOf } from './scopes.ts';
import type { Role } from './vocabulary.ts';

const policeNotice = /^police-notified-(.+)$/;

/** Which notice to the police keeps this rule, such as `missing`; undefined for a rule that no such notice keeps. */
export const policeNoticeOf = ({ keptBy }: Pick<DeadlineRule, 'keptBy'>): string | undefined =>
  keptBy.flatMap((milestone) => policeNotice.exec(milestone)?.[1] ?? [])[0];

/** Whether an agency is called for this duty: police, or the national center for missing children. */
export const isForAgency = ({ keptBy }: Pick<DeadlineRule, 'keptBy'>): boolean =>
  keptBy.includes('ncmec-notified') || policeNoticeOf({ keptBy }) !== undefined;

/** The open duties of class now, the one due first at the top. */
export const dutiesNow = (state: Referral, policy: Policy): readonly Deadline[] =>
  openDeadlines(state)
    .filter((deadline) => alarmClassOf(deadline, state, policy) === 'now')
    .toSorted((one, other) => Date.parse(one.due) - Date.parse(other.due));

/** The roles that are asked for this duty, in the order in which they are called; the one on call above all of them last. */
export const rolesToCall = (rule: DeadlineRule, policy: Policy): readonly Role[] => [
  ...new Set([...rule.alert.filter(isRole), ...rule.escalate.filter(isRole), policy.ringing.director]),
];

/**
 * Whether someone with these roles may call about this duty and record what came of it: Careline staff, those whom the duty is asked
 * of or escalated to, and their supervisors.
 */
export function mayCall(roles: readonly Role[], deadline: Deadline, policy: Policy): boolean {
  const asked = rolesToCall(ruleOf(policy, deadline), policy);
  const above = asked.map((role) => supervisionOf(role, 'state')?.role);
  return roles.some((role) => careline.includes(role) || asked.includes(role) || above.includes(role));
}
