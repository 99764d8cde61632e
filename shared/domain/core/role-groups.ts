/** Roles that act together in more than one place: each group is named once. */
import { type Role, roles } from './vocabulary.ts';

export const careline: readonly Role[] = ['careline-worker', 'careline-supervisor', 'careline-manager'];
export const areaOffice: readonly Role[] = ['caseworker', 'area-supervisor', 'area-oncall'];
/**
 * Roles that refer a child to services, and that watch over those who do. They see part 2 services too (42 CFR Part 2).
 */
export const linkers: readonly Role[] = ['caseworker', 'area-supervisor', 'hart-liaison', 'hart-lead'];
/** Roles that refer a child to urgent services, which wait for no consent. The Careline supervisor is one of them. */
export const urgentLinkers: readonly Role[] = [...linkers, 'careline-supervisor'];
/** Roles that answer for the work of others. */
export const overseers: readonly Role[] = [
  'careline-supervisor',
  'careline-manager',
  'area-supervisor',
  'area-director',
  'program-manager',
  'hart-lead',
  'hart-director',
];
/** Roles that record what happens in court about custody, and what a tribe is told of it. */
export const custodyRecorders: readonly Role[] = [...areaOffice, 'area-director', 'legal', 'aag-liaison'];
/** Roles that convene a team and answer for its seats. */
export const teamLeaders: readonly Role[] = ['mdt-coordinator', 'mdt-chair'];

/** Stands in where no person is known for a duty or a recipient group. */
export const standIn: Role = 'careline-supervisor';
/** The Careline's supervisors and managers, in this order: they answer for any role. */
export const standIns: readonly Role[] = [standIn, 'careline-manager'];

/** Roles that agree, as the second person, to a lower concern. */
export const secondReviewers: readonly Role[] = ['hart-lead', 'hart-director'];

type Kind = 'staff' | 'auditor' | 'partner' | 'evaluator' | 'trainer' | 'forum';

/** The kind of people that each role belongs to. */
const kindOf: Readonly<Record<Role, Kind>> = {
  'careline-worker': 'staff',
  'careline-supervisor': 'staff',
  'careline-manager': 'staff',
  caseworker: 'staff',
  'area-supervisor': 'staff',
  'area-director': 'staff',
  'area-oncall': 'staff',
  'director-oncall': 'staff',
  'program-manager': 'staff',
  'hart-liaison': 'staff',
  'hart-lead': 'staff',
  'hart-director': 'staff',
  legal: 'staff',
  'aag-liaison': 'staff',
  'mdt-coordinator': 'partner',
  'mdt-chair': 'partner',
  'mdt-member': 'partner',
  provider: 'partner',
  administrator: 'auditor',
  auditor: 'auditor',
  evaluator: 'evaluator',
  trainer: 'trainer',
  'forum-member': 'forum',
};

/**
 * The roles of one kind. An auditor sees every run and works on no referral. A partner sees what they have a part in. An evaluator
 * sees figures, a trainer who was trained, and a forum member forums. None of them ever sees a referral.
 */
export const rolesOfKind = (kind: Kind): readonly Role[] => roles.filter((role) => kindOf[role] === kind);

/**
 * Staff of the department and its lawyers. They see every referral of the state, region or office of their role in the
 * directory.
 */
export const staff = rolesOfKind('staff');
