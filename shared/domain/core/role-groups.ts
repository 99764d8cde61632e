/** Roles that act together in more than one place: each group is named once. */
import { type Role, roles } from './vocabulary.ts';

export const careline: readonly Role[] = ['careline-worker', 'careline-supervisor', 'careline-manager'];
export const areaOffice: readonly Role[] = ['caseworker', 'area-supervisor', 'area-oncall'];
/** Who refers a child to services, and watches over those who do: also those that stand apart (42 CFR Part 2). */
export const linkers: readonly Role[] = ['caseworker', 'area-supervisor', 'hart-liaison', 'hart-lead'];
/** The Careline supervisor refers a child as well, to urgent services, which wait for no consent. */
export const urgentLinkers: readonly Role[] = [...linkers, 'careline-supervisor'];
/** Who convenes a team and answers for its seats. */
export const teamLeaders: readonly Role[] = ['mdt-coordinator', 'mdt-chair'];

/** Stands in wherever nobody is known for a duty or a word of an alert. */
export const standIn: Role = 'careline-supervisor';

/** Who agrees, as the second person, to what lessens the concern. */
export const secondReviewers: readonly Role[] = ['hart-lead', 'hart-director'];

/** To which of three kinds of people a role belongs. */
const kindOf: Readonly<Record<Role, 'staff' | 'auditor' | 'partner'>> = {
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
};

/** The roles of one kind. An auditor sees every run and works on no referral. A partner sees what they have a part in. */
export const rolesOfKind = (kind: 'staff' | 'auditor' | 'partner'): readonly Role[] =>
  roles.filter((role) => kindOf[role] === kind);

/** Staff of the department and its lawyers: they see every referral of the state, or of the region or office that the directory gives their role for. */
export const staff = rolesOfKind('staff');
