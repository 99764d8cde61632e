/** Where each role answers for a referral: the state, the region, the office, the team. */

import type { Role } from '../core/vocabulary.ts';
import type { Referral } from '../referral.ts';

/** Members, providers, and roles that see no referral answer for themselves only. They are never reached by role. */
const scopes: Readonly<Record<Role, 'state' | 'region' | 'office' | 'team' | 'nowhere'>> = {
  'careline-worker': 'state',
  'careline-supervisor': 'state',
  'careline-manager': 'state',
  caseworker: 'office',
  'area-supervisor': 'office',
  'area-director': 'office',
  'area-oncall': 'office',
  'director-oncall': 'state',
  'program-manager': 'state',
  'hart-liaison': 'region',
  'hart-lead': 'region',
  'hart-director': 'state',
  legal: 'state',
  'aag-liaison': 'state',
  'mdt-coordinator': 'team',
  'mdt-chair': 'team',
  'mdt-member': 'nowhere',
  provider: 'nowhere',
  administrator: 'state',
  auditor: 'state',
  evaluator: 'nowhere',
  trainer: 'nowhere',
  'forum-member': 'nowhere',
};

/** The kind of scope that a role answers for. */
export const placeOf = (role: Role): 'state' | 'region' | 'office' | 'team' | 'nowhere' => scopes[role];

/** The scope of a role for this referral, as the directory spells it. Undefined where it is not known yet. */
export function scopeOf(
  role: Role,
  { places: { routing }, team: { id: team = routing?.team } }: Referral,
): string | undefined {
  const scope = scopes[role];
  if (scope === 'state') return 'state';
  if (scope === 'region') return routing && `region-${routing.region}`;
  // The office where the child is now responds. The other roles belong to the responsible office.
  if (role === 'area-oncall' && routing?.responseOffice !== undefined) return `office-${routing.responseOffice}`;
  if (scope === 'office') return routing && `office-${routing.office}`;
  return scope === 'team' && team !== undefined ? `team-${team}` : undefined;
}

/** The role that answers for the work of each role. */
const supervisors: Readonly<Record<Role, Role | undefined>> = {
  'careline-worker': 'careline-supervisor',
  'careline-supervisor': 'careline-manager',
  'careline-manager': 'program-manager',
  caseworker: 'area-supervisor',
  'area-supervisor': 'area-director',
  'area-oncall': 'area-supervisor',
  'area-director': 'program-manager',
  'director-oncall': 'program-manager',
  'program-manager': 'careline-manager',
  'hart-liaison': 'hart-lead',
  'hart-lead': 'hart-director',
  'hart-director': 'program-manager',
  legal: 'program-manager',
  'aag-liaison': 'program-manager',
  // A team has no supervisor, nor has a provider. Administrators and those after them do not work on a referral.
  'mdt-coordinator': undefined,
  'mdt-chair': undefined,
  'mdt-member': undefined,
  provider: undefined,
  administrator: undefined,
  auditor: undefined,
  evaluator: undefined,
  trainer: undefined,
  'forum-member': undefined,
};

/** A role, and its state, region, office or team. */
export interface Duty {
  readonly role: Role;
  readonly scope: string;
}

/** Every role that answers for the work of another. */
export const supervisorRoles: readonly Role[] = [
  ...new Set(Object.values(supervisors).filter((role) => role !== undefined)),
];

/** The duty that supervises this role in this scope. Undefined for a role without a supervisor. */
export function supervisionOf(role: Role, scope: string): Duty | undefined {
  const supervisor = supervisors[role];
  return supervisor && { role: supervisor, scope: scopes[supervisor] === 'state' ? 'state' : scope };
}

/** The places and team of a referral, as far as they are known. */
export interface Belongs {
  readonly region?: number | undefined;
  readonly office?: string | undefined;
  /** The office where the child is now, which responds. */
  readonly responseOffice?: string | undefined;
  readonly team?: string | undefined;
}

/**
 * Whether a role in this scope covers a referral of these places. An unknown office or region may be any. A team is
 * known once it is drawn. Members and providers take part by name.
 */
export function covers(role: Role, scope: string, { region, office, responseOffice, team }: Belongs): boolean {
  if (scope === 'state' || scopes[role] === 'nowhere') return true;
  const [, kind, id = ''] = /^(region|office|team)-(.+)$/.exec(scope) ?? [];
  if (kind === 'region') return region === undefined || id === String(region);
  if (kind === 'office') return office === undefined || id === office || id === responseOffice;
  return kind === 'team' && id === team;
}

/** The places and team of a referral, by its state. */
export const belongs = ({ places: { routing }, team: { id: team } }: Referral): Belongs => ({ ...routing, team });
