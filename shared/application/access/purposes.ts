/**
 * Which purpose a person may give for reading about a child, by their role in the referral. The purpose stands in the audit,
 * so one that cannot be true is refused.
 */
import { ownGroups } from '../../domain/alerts/recipient-groups.ts';
import { mayDo } from '../../domain/commands.ts';
import { overseers, staff } from '../../domain/core/role-groups.ts';
import { identityPurposes, type Role } from '../../domain/core/vocabulary.ts';
import type { Referral } from '../../domain/referral.ts';
import { hasSignedAgreement } from '../../domain/team/seats.ts';
import { isOneOf, isServed, leadsTeam, linkagesOf, sitsOn, type Visitor, within } from './visitor.ts';

export type Purpose = (typeof identityPurposes)[number];

/** They advise on a referral. Their own acts in it, such as a finding that a duty does not apply, are advice too. */
export const lawyers: readonly Role[] = ['legal', 'aag-liaison'];
const workers: readonly Role[] = staff.filter((role) => !lawyers.includes(role));

const serves = (state: Referral, visitor: Visitor): boolean => linkagesOf(state, visitor).some(isServed);

interface Rule {
  /** Who may give it, for the table of docs/access.md. */
  readonly who: string;
  /** `person` has only the roles that cover this referral. */
  readonly fits: (state: Referral, person: Visitor) => boolean;
}

export const purposeRules: Readonly<Record<Purpose, Rule>> = {
  'work-on-referral': {
    who: 'staff, but not lawyers',
    fits: (_, person) => isOneOf(person, workers),
  },
  'answer-alert': {
    who: 'a person who got an alert of the referral',
    fits: (state, person) =>
      Object.values(state.alerts).some(
        (alert) => alert.people.includes(person.id) || ownGroups(person, alert, state).length > 0,
      ),
  },
  'compare-duplicates': {
    who: 'roles that answer whether it is the same child',
    fits: (_, person) => mayDo('answer-duplicate', person),
  },
  'contact-family': {
    who: 'staff, but not lawyers; a provider whose service is accepted or started',
    fits: (state, person) => isOneOf(person, workers) || serves(state, person),
  },
  'provide-service': {
    who: 'a provider whose service is accepted or started',
    fits: serves,
  },
  'team-review': {
    who: 'leaders of its team; members who signed and did not decline',
    fits: (state, person) =>
      leadsTeam(state, person) || (sitsOn(state, person) && hasSignedAgreement(state, person.id)),
  },
  'legal-advice': {
    who: 'legal, AAG liaison',
    fits: (_, person) => isOneOf(person, lawyers),
  },
  'quality-review': {
    who: 'roles that answer for the work of others: supervisors, managers, directors and HART leads',
    fits: (_, person) => isOneOf(person, overseers),
  },
};

/** The purposes that this person may give in this referral, in the order of the vocabulary. */
export function fittingPurposes(state: Referral, visitor: Visitor): readonly Purpose[] {
  const person = within(state, visitor);
  return identityPurposes.filter((purpose) => purposeRules[purpose].fits(state, person));
}
