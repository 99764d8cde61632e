/** Which duties are telephoned about, who may do it, and which roles are called. */
import { alarmClassOf } from './alarm-classes.ts';
import { type DeadlineRule, isRole, type Policy } from './policy.ts';
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

/**
 * The roles that are called about this duty, in order: those it is asked of, the director on call, those it is escalated to, and those
 * who come after them.
 */
export const rolesToCall = (
  { alert, escalate }: Pick<DeadlineRule, 'alert' | 'escalate'>,
  policy: Policy,
): readonly Role[] => [
  ...new Set([...alert.filter(isRole), policy.ringing.director, ...escalate.filter(isRole), ...policy.afterEscalation]),
];

/**
 * Whether someone with these roles may call about this duty and record what came of it: Careline staff, those whom the duty is asked
 * of or escalated to, and their supervisors.
 */
export function mayCall(roles: readonly Role[], rule: DeadlineRule, policy: Policy): boolean {
  const asked = rolesToCall(rule, policy);
  const above = asked.map((role) => supervisionOf(role, 'state')?.role);
  return roles.some((role) => careline.includes(role) || asked.includes(role) || above.includes(role));
}
