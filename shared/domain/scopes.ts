/** Where each role answers for a referral: the state, the region, the office, the team. */
import type { Referral } from './referral.ts';
import type { Role } from './vocabulary.ts';

/** Members and providers answer for themselves only and are never reached by role. */
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
};

/** The scope of a role for this referral as the directory spells it, or undefined where it is not known yet. */
export function scopeOf(role: Role, { routing, team = routing?.team }: Referral): string | undefined {
  const scope = scopes[role];
  if (scope === 'state') return 'state';
  if (scope === 'region') return routing && `region-${routing.region}`;
  // The office where the child is now responds; the others go by the responsible one.
  if (role === 'area-oncall' && routing?.responseOffice !== undefined) return `office-${routing.responseOffice}`;
  if (scope === 'office') return routing && `office-${routing.office}`;
  return scope === 'team' && team !== undefined ? `team-${team}` : undefined;
}
