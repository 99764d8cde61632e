/** The signed-in person, and what they may see. Roles come from the directory, never from a token. */

import { emergencyAccessOf } from '../../domain/access/emergency-access.ts';
import { isNamed, isShutTo } from '../../domain/access/seal.ts';
import type { Person } from '../../domain/core/person.ts';
import { careline, rolesOfKind, staff, teamLeaders } from '../../domain/core/role-groups.ts';
import { type Role, rolesWithoutReferrals, seatRoles } from '../../domain/core/vocabulary.ts';
import { whereKnown } from '../../domain/core/where-known.ts';
import { belongs, covers } from '../../domain/directory/scopes.ts';
import type { Referral } from '../../domain/referral.ts';
import { consentOf } from '../../domain/services/service-catalogue.ts';
import type { Linkage } from '../../domain/services/service-state.ts';
import { hasConflict, hasSignedAgreement, isHolder } from '../../domain/team/seats.ts';
import type { Seat } from '../../domain/team/team-state.ts';
import type { DirectoryPerson } from '../../store/directory-reads.ts';

/** A role with its scope. `onBehalfOf`: the person on leave who delegated it. */
export type Scope = DirectoryPerson['roles'][number] & { readonly onBehalfOf?: string };

export interface Visitor extends Person {
  readonly name: string;
  readonly title: string;
  readonly scopes: readonly Scope[];
  /** The UTC instant of the request, because some access ends by the clock. Without it the person has no such access. */
  readonly at?: string;
  /** When an administrator last ended this person's access, who was let in again since. An older sign-in opens nothing. */
  readonly endedAt?: string;
}

export const visitorOf = ({ id, name, title, roles }: DirectoryPerson, at?: string): Visitor => ({
  id,
  name,
  title,
  scopes: roles,
  roles: roles.map(({ role }) => role),
  ...whereKnown({ at }),
});

/** The person with only their own roles, without delegated ones. */
export const ownOf = (visitor: Visitor): Visitor => {
  if (visitor.scopes.every(({ onBehalfOf }) => onBehalfOf === undefined)) return visitor;
  const scopes = visitor.scopes.filter(({ onBehalfOf }) => onBehalfOf === undefined);
  return { ...visitor, scopes, roles: scopes.map(({ role }) => role) };
};

export const isOneOf = (person: Person, roles: readonly Role[]): boolean =>
  person.roles.some((role) => roles.includes(role));

export const auditors = rolesOfKind('auditor');
export const reporters = careline;

export const queueReaders: readonly Role[] = [...staff, ...auditors];

/**
 * Whether this person sees every referral within the scopes of their roles, and so the queue. Partners see only referrals of
 * their own.
 */
export const seesEveryReferral = (visitor: Visitor): boolean => isOneOf(visitor, queueReaders);

/** Whether this person has no role but those that see no referral, such as evaluator, trainer and forum member. */
export const seesNoReferral = ({ roles }: Visitor): boolean =>
  roles.length > 0 && roles.every((role) => rolesWithoutReferrals.includes(role));

/**
 * The person with only the roles whose scope covers this referral: the state, a region, an office or a team. Three cases go
 * beyond scopes. The assigned liaison keeps that role in any place. The holder of a seat counts as a member. All roles of staff
 * count where the seal names them, or within the hour of their emergency access.
 */
export function within(state: Referral, visitor: Visitor): Visitor {
  const place = belongs(state);
  const isAssigned = (id: string) => state.response.liaison === id;
  const isOpened = visitor.at !== undefined && emergencyAccessOf(state, visitor.id, visitor.at) !== undefined;
  const reaches = isNamed(state, visitor.id) || isOpened;
  const scopes = visitor.scopes.filter(({ role, scope, onBehalfOf }) => {
    // A delegate has no more than the person on leave: what is closed to one is closed to the other.
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

/** Whether this person coordinates or chairs the team drawn for the referral. Before a screening asks for a team, it has none. */
export const leadsTeam = (
  {
    team: { id: team, confidentialityAgreements = {} },
    access = {},
  }: {
    readonly team: Pick<Referral['team'], 'id'> & Partial<Pick<Referral['team'], 'confidentialityAgreements'>>;
    readonly access?: Pick<Referral['access'], 'seal'>;
  },
  { scopes }: Visitor,
): boolean =>
  team !== undefined &&
  scopes.some(
    ({ role, scope, onBehalfOf }) =>
      teamLeaders.includes(role) &&
      scope === `team-${team}` &&
      (onBehalfOf === undefined || !isClosedTo({ team: { confidentialityAgreements }, access }, { id: onBehalfOf })),
  );

/**
 * Whether the directory gives this person a role for a seat of this team. A role for another team is none. The contact of a
 * provider sits only where a person named them.
 */
function maySit({ roles, scopes }: Visitor, { invited, delegatedBy }: Seat, team: string | undefined): boolean {
  const held = roles.filter((role) => seatRoles.includes(role));
  if (invited || delegatedBy !== undefined) return held.length > 0;
  return held.some((role) => {
    const teams = scopes.flatMap(({ role: of, scope }) => (of === role && scope.startsWith('team-') ? scope : []));
    return role !== 'provider' && (teams.length === 0 || teams.includes(`team-${team}`));
  });
}

/** The seats of this person. A function may write a roster, so a roster alone gives a person no seat. */
export const seatsOf = ({ team: { id: team, seats } }: Referral, visitor: Visitor): readonly Seat[] =>
  seats.filter((seat) => isHolder(seat, visitor.id) && maySit(visitor, seat, team));

export const linkagesOf = ({ services: { linkages } }: Referral, { id }: Visitor): readonly Linkage[] =>
  Object.values(linkages).filter(({ contactId }) => contactId === id);

/**
 * Whether the referral is closed to this person, whatever their role. Their conflict of interest closes it, or a seal that does
 * not name them.
 */
export const isClosedTo = (
  state: {
    readonly team: Pick<Referral['team'], 'confidentialityAgreements'>;
    readonly access: Pick<Referral['access'], 'seal'>;
  },
  { id }: Pick<Visitor, 'id'>,
): boolean => hasConflict(state, id) || isShutTo(state, id);

/**
 * Whether this person may open the referral for an hour by emergency access. Staff of any office may, by a role of their own. A
 * sealed one does not open: the answer would tell that it exists.
 */
export const mayTakeEmergencyAccess = (state: Referral, visitor: Visitor): boolean =>
  !isClosedTo(state, visitor) && state.access.seal === undefined && isOneOf(ownOf(visitor), staff);

/**
 * Whether this person may read any of the referral. Staff, administrators, auditors, its team and the providers of its services
 * may. It is closed to a person with a conflict of interest, whatever their role.
 */
export const mayRead = (state: Referral, visitor: Visitor): boolean =>
  !isClosedTo(state, visitor) &&
  (seesWhole(state, visitor) || linkagesOf(state, visitor).length > 0 || seatsOf(state, visitor).length > 0);

/**
 * Whether this person holds a seat that they have not declined. A seat held before, or by another person, shows nothing of the
 * case.
 */
export const sitsOn = (state: Referral, visitor: Visitor): boolean =>
  seatsOf(state, visitor).some(({ declinedBy = [] }) => !declinedBy.includes(visitor.id));

/**
 * Whether this person sees the whole referral. A provider sees only its services (`viewFor`). A member sees only the invitation
 * until they have signed, and again after they declined.
 */
export const seesWhole = (state: Referral, visitor: Visitor): boolean =>
  !isClosedTo(state, visitor) &&
  (seesEveryReferral(within(state, visitor)) ||
    leadsTeam(state, visitor) ||
    (sitsOn(state, visitor) && hasSignedAgreement(state, visitor.id)));

/** Whether this person sees only the invitation to the team. */
export const isOnlyInvited = (state: Referral, visitor: Visitor): boolean =>
  mayRead(state, visitor) && !seesWhole(state, visitor) && linkagesOf(state, visitor).length === 0;

/** An offer is no service yet. The provider answers it by age band and town, and then learns who the child is. */
const statusesServed: readonly Linkage['status'][] = ['accepted', 'started'];

/** Whether a provider works with the child by this linkage. While a consent that it needs does not stand, it does not. */
export const isServed = ({ status, suspended }: Linkage): boolean =>
  statusesServed.includes(status) && suspended !== true;

/**
 * Whether this person works with the child, and so may read who the child is. An auditor audits the work, not the child. Partners
 * may read it while the referral is open:
 * - leaders of its team;
 * - holders and deputies of a seat who signed the notice, have no conflict of interest and did not decline;
 * - a provider whose service is accepted or started, while the consent that it needs stands.
 */
export function mayReadChild(state: Referral, visitor: Visitor): boolean {
  if (isClosedTo(state, visitor)) return false;
  if (isOneOf(within(state, visitor), staff)) return true;
  if (state.stage !== 'open' || visitor.roles.every((role) => auditors.includes(role))) return false;
  return (
    leadsTeam(state, visitor) ||
    (hasSignedAgreement(state, visitor.id) && sitsOn(state, visitor)) ||
    linkagesOf(state, visitor).some(isServed)
  );
}

/**
 * Whether this person may read the records of substance use: the service's provider, and the people who refer to it. Rank does
 * not count, and a delegate may not. After the consent is withdrawn, no one may (42 CFR Part 2).
 */
export function mayReadPart2(state: Referral, visitor: Visitor): boolean {
  if (consentOf(state, 'substance-use', 'written-part-2') !== 'given') return false;
  const linkage = state.services.linkages['substance-use'];
  const gives = linkage?.contactId === visitor.id && isServed(linkage);
  return state.stage === 'open' && (gives || isOneOf(within(state, ownOf(visitor)), ['caseworker', 'hart-liaison']));
}
