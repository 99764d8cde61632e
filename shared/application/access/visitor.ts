/** Who stands at a door, and what they may see. Roles come from the directory, never from a token. */

import { emergencyAccessOf } from '../../domain/access/emergency-access.ts';
import { isNamed, isShutTo } from '../../domain/access/seal.ts';
import type { Person } from '../../domain/core/command.ts';
import { careline, staff, teamLeaders } from '../../domain/core/role-groups.ts';
import { type Role, seatRoles } from '../../domain/core/vocabulary.ts';
import { belongs, covers } from '../../domain/directory/scopes.ts';
import type { Linkage, Referral } from '../../domain/referral.ts';
import { consentOf } from '../../domain/services/service-catalogue.ts';
import { hasConflict, hasPledged, isHolder } from '../../domain/team/seats.ts';
import type { DirectoryPerson } from '../../store/directory.ts';

/** A role and where it is for. `onBehalfOf`: the person on leave who handed it on. */
export type Scope = DirectoryPerson['roles'][number] & { readonly onBehalfOf?: string };

export interface Visitor extends Person {
  readonly name: string;
  readonly title: string;
  readonly scopes: readonly Scope[];
  /** The UTC instant at which they ask: some access ends by the clock. Without it, they have none of that. */
  readonly at?: string;
}

export const visitorOf = ({ id, name, title, roles }: DirectoryPerson, at?: string): Visitor => ({
  id,
  name,
  title,
  scopes: roles,
  roles: roles.map(({ role }) => role),
  ...(at !== undefined && { at }),
});

/** The same person with the roles that are their own. */
export const ownOf = (visitor: Visitor): Visitor => {
  if (visitor.scopes.every(({ onBehalfOf }) => onBehalfOf === undefined)) return visitor;
  const scopes = visitor.scopes.filter(({ onBehalfOf }) => onBehalfOf === undefined);
  return { ...visitor, scopes, roles: scopes.map(({ role }) => role) };
};

export const isOneOf = (person: Person, roles: readonly Role[]): boolean =>
  person.roles.some((role) => roles.includes(role));

export const auditors: readonly Role[] = ['administrator', 'auditor'];
export const reporters = careline;

/** Who sees the queue. */
export const queueReaders: readonly Role[] = [...staff, ...auditors];

/** Whether this person sees every referral where their roles are for, and so the queue: partners see what is theirs. */
export const seesEveryReferral = (visitor: Visitor): boolean => isOneOf(visitor, queueReaders);

/**
 * The same person with the roles alone that cover this referral: a role is for the state, a region, an office or a team. The
 * liaison it was assigned to is its liaison wherever it belongs, and whoever was named for a seat holds it as a member. Of staff
 * whom its seal names, and of those who broke the glass within the hour, every role counts.
 */
export function within(state: Referral, visitor: Visitor): Visitor {
  const place = belongs(state);
  const isAssigned = (id: string) => state.liaison === id;
  const isOpened = visitor.at !== undefined && emergencyAccessOf(state, visitor.id, visitor.at) !== undefined;
  const reaches = isNamed(state, visitor.id) || isOpened;
  const scopes = visitor.scopes.filter(({ role, scope, onBehalfOf }) => {
    // Nobody hands on more than they have: what is closed to them is closed to their delegate.
    if (onBehalfOf !== undefined && isClosedTo(state, { id: onBehalfOf })) return false;
    return (
      covers(role, scope, place) ||
      (isAssigned(onBehalfOf ?? visitor.id) && role === 'hart-liaison') ||
      (onBehalfOf === undefined && reaches && staff.includes(role))
    );
  });
  const roles = scopes.map(({ role }) => role);
  const onlyBySeat = seatsOf(state, visitor).length > 0 && !roles.some((role) => seatRoles.includes(role));
  return { ...visitor, scopes, roles: onlyBySeat ? [...roles, 'mdt-member'] : roles };
}

/** The coordinator or chair of the team that was drawn for the referral: before a screening asks for a team, it has none. */
export const leadsTeam = (
  { team, pledges = {}, seal }: Pick<Referral, 'team'> & Partial<Pick<Referral, 'pledges' | 'seal'>>,
  { scopes }: Visitor,
): boolean =>
  team !== undefined &&
  scopes.some(
    ({ role, scope, onBehalfOf }) =>
      teamLeaders.includes(role) &&
      scope === `team-${team}` &&
      (onBehalfOf === undefined || !isClosedTo({ pledges, ...(seal && { seal }) }, { id: onBehalfOf })),
  );

export const seatsOf = ({ seats }: Referral, { id }: Visitor) => seats.filter((seat) => isHolder(seat, id));

export const linkagesOf = ({ linkages }: Referral, { id }: Visitor): readonly Linkage[] =>
  Object.values(linkages).filter(({ contactId }) => contactId === id);

/** Whatever their role: who said that a conflict of interest stands against their work on it, and whom its seal does not name. */
export const isClosedTo = (state: Pick<Referral, 'pledges' | 'seal'>, { id }: Pick<Visitor, 'id'>): boolean =>
  hasConflict(state, id) || isShutTo(state, id);

/**
 * Whether somebody may open the referral for an hour by breaking the glass: staff by a role of their own, whatever their office. A sealed one is not
 * opened so: that would tell whoever tries it that it is there.
 */
export const mayBreakGlass = (state: Referral, visitor: Visitor): boolean =>
  !isClosedTo(state, visitor) && state.seal === undefined && isOneOf(ownOf(visitor), staff);

/**
 * A team's people see the referrals of their team, a provider's those that were offered to them, administrators all. Whoever
 * said that a conflict of interest stands against their work on it sees nothing of it, whatever their role.
 */
export const mayRead = (state: Referral, visitor: Visitor): boolean =>
  !isClosedTo(state, visitor) &&
  (seesWhole(state, visitor) || linkagesOf(state, visitor).length > 0 || seatsOf(state, visitor).length > 0);

/** Whether this person holds a seat that they have not declined: the seat of somebody else, or one given up, shows nothing of the case. */
export const sitsOn = (state: Referral, visitor: Visitor): boolean =>
  seatsOf(state, visitor).some(({ declinedBy = [] }) => !declinedBy.includes(visitor.id));

/** Whether this person sees a referral as a whole: a provider sees what concerns its services (`viewFor`), a member the invitation until they have signed, and again once they have declined. */
export const seesWhole = (state: Referral, visitor: Visitor): boolean =>
  !isClosedTo(state, visitor) &&
  (seesEveryReferral(within(state, visitor)) ||
    leadsTeam(state, visitor) ||
    (sitsOn(state, visitor) && hasPledged(state, visitor.id)));

/** Whether all that this person has of the referral is the invitation to its team. */
export const isOnlyInvited = (state: Referral, visitor: Visitor): boolean =>
  mayRead(state, visitor) && !seesWhole(state, visitor) && linkagesOf(state, visitor).length === 0;

const statusesServed: readonly Linkage['status'][] = ['offered', 'accepted', 'started'];

/** Whether a provider works with the child by this linkage: not while the consent that it needs does not stand. */
export const isServed = ({ status, suspended }: Linkage): boolean =>
  statusesServed.includes(status) && suspended !== true;

/**
 * Whether this person works with the child and so may read who the child is. An auditor audits the work, not the child.
 * Partners may while the referral is open: a team's leaders, the holder and the deputy of a seat who have signed the notice of
 * confidentiality, without a conflict of interest, unless they were the one to decline the seat, and a
 * provider whose service is offered, accepted or started, while the consent that it needs stands.
 */
export function mayReadChild(state: Referral, visitor: Visitor): boolean {
  if (isClosedTo(state, visitor)) return false;
  if (isOneOf(within(state, visitor), staff)) return true;
  if (state.stage !== 'open' || visitor.roles.every((role) => auditors.includes(role))) return false;
  return (
    leadsTeam(state, visitor) ||
    (hasPledged(state, visitor.id) && sitsOn(state, visitor)) ||
    linkagesOf(state, visitor).some(isServed)
  );
}

/**
 * Whether this person may read the records of substance use: the provider that gives the service, and who refers to it. Nobody
 * else, whatever their rank, not the delegate of one of them, and nobody after the consent is withdrawn (42 CFR Part 2).
 */
export function mayReadApart(state: Referral, visitor: Visitor): boolean {
  if (consentOf(state, 'substance-use', 'written-part-2') !== 'given') return false;
  const linkage = state.linkages['substance-use'];
  const gives = linkage?.contactId === visitor.id && isServed(linkage);
  return state.stage === 'open' && (gives || isOneOf(within(state, ownOf(visitor)), ['caseworker', 'hart-liaison']));
}
