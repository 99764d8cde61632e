/**
 * Emergency access ("break the glass"): a member of staff without access opens a referral for an hour. A supervisor
 * above that person judges each use within two business days (D37i). Instants are UTC.
 */

import { sameAsFirst } from '../approvals/second-person.ts';
import type { Person } from '../core/person.ts';
import { standIn } from '../core/role-groups.ts';
import type { Deadline } from '../deadlines/deadline-state.ts';
import { type Duty, supervisionOf } from '../directory/scopes.ts';
import type { Referral } from '../referral.ts';
import type { EmergencyAccess } from './access-state.ts';

/** An hour, by the clock. */
export const emergencyAccessMilliseconds = 3_600_000;

/** The rule that asks for the review. */
export const reviewRule = 'D37i';

type WithAccesses = { readonly access: Pick<Referral['access'], 'emergencyAccesses'> };

/**
 * The emergency access that this person has at `now`. Undefined where there is none, its hour is over, or a supervisor
 * found it not justified.
 */
export const emergencyAccessOf = (
  { access: { emergencyAccesses = [] } }: WithAccesses,
  personId: string,
  now: string,
): EmergencyAccess | undefined =>
  emergencyAccesses.findLast(
    (each) =>
      each.personId === personId && each.at <= now && now < each.until && each.review?.finding !== 'not-justified',
  );

/** The subject of the deadline that asks to review this use. */
export const useSubject = (use: number) => `use-${use}`;

/** The emergency access that a deadline asks to review. */
export const accessReviewedBy = (
  { access: { emergencyAccesses = [] } }: WithAccesses,
  { rule, subject }: Pick<Deadline, 'rule' | 'subject'>,
): EmergencyAccess | undefined =>
  rule === reviewRule ? emergencyAccesses.find((_, index) => useSubject(index + 1) === subject) : undefined;

/**
 * Who is asked by name to keep this deadline, beside the roles of its rule. It is the supervisor of the person who used
 * the access.
 */
export function askedByName(state: WithAccesses, deadline: Pick<Deadline, 'rule' | 'subject'>): readonly string[] {
  const { supervisorId } = accessReviewedBy(state, deadline) ?? {};
  return supervisorId === undefined ? [] : [supervisorId];
}

/** All duties above these: the supervisor, that person's supervisor, and so on. */
function supervisorLine(duties: readonly Duty[]): readonly Duty[] {
  const line: Duty[] = [];
  for (const duty of duties) {
    let next = supervisionOf(duty.role, duty.scope);
    while (next && !line.some(({ role, scope }) => role === next?.role && scope === next.scope)) {
      line.push(next);
      next = supervisionOf(next.role, next.scope);
    }
  }
  return line;
}

/**
 * Those of a person's duties that supervise this use. Where the directory had no supervisor, or the referral is sealed,
 * the Careline's supervisors stand in.
 */
export function dutiesAbove(
  { duties, supervisorId }: EmergencyAccess,
  held: readonly Duty[],
  { access: { seal } }: { readonly access: Pick<Referral['access'], 'seal'> },
): readonly Duty[] {
  const line = supervisorLine(duties);
  const isStandIn = supervisorId === undefined || seal !== undefined;
  return held.filter(
    ({ role, scope }) =>
      (isStandIn && role === standIn) ||
      line.some((each) => each.role === role && (each.scope === scope || scope === 'state')),
  );
}

/** Whether an alert tells of an emergency access, or of the review of one. */
export function isAboutReview({ alerts, deadlines }: Pick<Referral, 'alerts' | 'deadlines'>, alertId: string): boolean {
  const { kind, deadlineId } = alerts[alertId] ?? {};
  return kind === 'emergency-access-taken' || deadlines[deadlineId ?? '']?.rule === reviewRule;
}

/** A refusal to the person who used the access, even where that person acts for a supervisor on leave. */
export const refuseOwnReview = ({ personId }: EmergencyAccess, person: Person) =>
  sameAsFirst(
    { by: personId },
    person,
    'You used this emergency access yourself, so you cannot review it. A supervisor above you does.',
  );
