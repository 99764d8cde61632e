/** Who stands at a door, and what they may see. Roles come from the directory, never from a token. */
import type { Person } from '../domain/command.ts';
import type { Referral } from '../domain/referral.ts';
import type { Role } from '../domain/vocabulary.ts';
import type { DirectoryPerson } from '../store/directory.ts';

export interface Visitor extends Person {
  readonly name: string;
  readonly title: string;
  readonly scopes: DirectoryPerson['roles'];
}

export const visitorOf = ({ id, name, title, roles }: DirectoryPerson): Visitor => ({
  id,
  name,
  title,
  scopes: roles,
  roles: roles.map(({ role }) => role),
});

export const isOneOf = (person: Person, roles: readonly Role[]): boolean =>
  person.roles.some((role) => roles.includes(role));

/** Staff of the department and its lawyers: they see every referral of the one jurisdiction this stack serves. */
const staff: readonly Role[] = [
  'careline-worker',
  'careline-supervisor',
  'careline-manager',
  'caseworker',
  'area-supervisor',
  'area-director',
  'area-oncall',
  'director-oncall',
  'program-manager',
  'hart-liaison',
  'hart-lead',
  'hart-director',
  'legal',
  'aag-liaison',
];
export const auditors: readonly Role[] = ['administrator', 'auditor'];
export const reporters: readonly Role[] = ['careline-worker', 'careline-supervisor', 'careline-manager'];

/** Whether this person sees every referral, and so the queue: partners see what is theirs. */
export const seesEveryReferral = (visitor: Visitor): boolean => isOneOf(visitor, staff) || isOneOf(visitor, auditors);

/** A team's people see the referrals of their team, a provider's those that were offered to them, administrators all. */
export function mayRead(state: Referral, visitor: Visitor): boolean {
  if (seesEveryReferral(visitor)) return true;
  const team = state.team ?? state.routing?.team;
  const leads = visitor.scopes.some(
    ({ role, scope }) =>
      team !== undefined && (role === 'mdt-coordinator' || role === 'mdt-chair') && scope === `team-${team}`,
  );
  return (
    leads ||
    state.seats.some(({ personId, deputyId }) => personId === visitor.id || deputyId === visitor.id) ||
    Object.values(state.linkages).some(({ contactId }) => contactId === visitor.id)
  );
}

/** Whether this person works with the child and so may read who the child is. An auditor audits the work, not the child. */
export const mayReadChild = (state: Referral, visitor: Visitor): boolean =>
  mayRead(state, visitor) && !visitor.roles.every((role) => auditors.includes(role));

/** Who reported stays with the Careline and the department's workers (C.G.S. 17a-28). */
export const mayReadReporter = (visitor: Visitor): boolean =>
  isOneOf(visitor, [...reporters, 'caseworker', 'area-supervisor', 'hart-liaison', 'hart-lead']);
