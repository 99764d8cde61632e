/** Who stands at a door, and what they may see. Roles come from the directory, never from a token. */
import type { Person } from '../domain/command.ts';
import type { Linkage, Referral } from '../domain/referral.ts';
import { hasConflict, hasPledged, isHolder } from '../domain/seats.ts';
import { consentOf } from '../domain/service-catalogue.ts';
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
export const staff: readonly Role[] = [
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

/** The coordinator or chair of the team that was drawn for the referral: before a screening asks for a team, it has none. */
export const leadsTeam = ({ team }: Referral, { scopes }: Visitor): boolean =>
  team !== undefined &&
  scopes.some(({ role, scope }) => (role === 'mdt-coordinator' || role === 'mdt-chair') && scope === `team-${team}`);

export const seatsOf = ({ seats }: Referral, { id }: Visitor) => seats.filter((seat) => isHolder(seat, id));

export const linkagesOf = ({ linkages }: Referral, { id }: Visitor): readonly Linkage[] =>
  Object.values(linkages).filter(({ contactId }) => contactId === id);

/**
 * A team's people see the referrals of their team, a provider's those that were offered to them, administrators all. Whoever
 * said that a conflict of interest stands against their work on it sees nothing of it, whatever their role.
 */
export const mayRead = (state: Referral, visitor: Visitor): boolean =>
  !hasConflict(state, visitor.id) &&
  (seesWhole(state, visitor) || linkagesOf(state, visitor).length > 0 || seatsOf(state, visitor).length > 0);

/** Whether this person sees a referral as a whole: a provider sees what concerns its services (`viewFor`), a member the invitation until they have signed. */
export const seesWhole = (state: Referral, visitor: Visitor): boolean =>
  !hasConflict(state, visitor.id) &&
  (seesEveryReferral(visitor) ||
    leadsTeam(state, visitor) ||
    (seatsOf(state, visitor).length > 0 && hasPledged(state, visitor.id)));

/** Whether all that this person has of the referral is the invitation to its team. */
export const isOnlyInvited = (state: Referral, visitor: Visitor): boolean =>
  mayRead(state, visitor) && !seesWhole(state, visitor) && linkagesOf(state, visitor).length === 0;

const served: readonly Linkage['status'][] = ['offered', 'accepted', 'started'];

/**
 * Whether this person works with the child and so may read who the child is. An auditor audits the work, not the child.
 * Partners may while the referral is open: a team's leaders, the holder and the deputy of a seat who have signed the notice of
 * confidentiality, without a conflict of interest, unless they were the one to decline the seat, and a
 * provider whose service is offered, accepted or started.
 */
export function mayReadChild(state: Referral, visitor: Visitor): boolean {
  if (hasConflict(state, visitor.id)) return false;
  if (isOneOf(visitor, staff)) return true;
  if (state.stage !== 'open' || visitor.roles.every((role) => auditors.includes(role))) return false;
  return (
    leadsTeam(state, visitor) ||
    (hasPledged(state, visitor.id) &&
      seatsOf(state, visitor).some(({ declinedBy = [] }) => !declinedBy.includes(visitor.id))) ||
    linkagesOf(state, visitor).some(({ status }) => served.includes(status))
  );
}

/**
 * Whether this person may read the records of substance use: the provider that gives the service, and who refers to it. Nobody
 * else, whatever their rank, and nobody after the consent is withdrawn (42 CFR Part 2).
 */
export function mayReadApart(state: Referral, visitor: Visitor): boolean {
  if (consentOf(state, 'substance-use', 'written-part-2') !== 'given') return false;
  const linkage = state.linkages['substance-use'];
  const gives = linkage?.contactId === visitor.id && served.includes(linkage.status);
  return state.stage === 'open' && (gives || isOneOf(visitor, ['caseworker', 'hart-liaison']));
}
