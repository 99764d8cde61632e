/**
 * The decision of Connecticut, version 2026.1 (docs/domain.md#decision-table). Its rows say whether there is a basis to allege
 * that a child is uncared for. Its overlays count beside the decision. No row is an adjudication, and no service waits for one.
 *
 * Released: a change is a new version (docs/adding.md, "Change a number of a rule").
 */
import type { EligibilityRule, OverlayRule } from '../../domain/policy/policy.ts';

const minor = ['under-18'] as const;
const suspected = ['confirmed', 'high-risk'] as const;
/** Forced labor alone, with no other ground. A child who lives elsewhere has the home state told as well. */
const laborAlone = {
  number: 14,
  outcome: 'legal-review',
  basis:
    'Design: whether forced labor alone is the trafficking ground of Public Act 14-186 (as C.G.S. 46a-170 defines it) is not confirmed; counsel reviews, and no service waits',
  confidence: 'assumed',
} as const;

/** The first match wins. An age that is unknown, or may be under 18, is decided as under 18 (overlay D). */
export const eligibility: readonly EligibilityRule[] = [
  {
    number: 2,
    when: { age: ['21-and-over'] },
    outcome: 'not-eligible-age',
    basis:
      'C.G.S. 46b-120 and 17a-106f: 18 and over; hand over to adult services, and the police notice stands for what was done to a minor',
    confidence: 'verified',
  },
  {
    number: 2,
    when: { age: ['18-to-20'], dcfClient: ['no'] },
    outcome: 'not-eligible-age',
    basis:
      'C.G.S. 46b-120 and 17a-106f: 18 and over; hand over to adult services, and the police notice stands for what was done to a minor',
    confidence: 'verified',
  },
  {
    number: 3,
    when: { age: ['18-to-20'], dcfClient: ['yes'] },
    outcome: 'not-uncared-for',
    basis: 'Design: a client of the department under 21 has a case plan, and it serves; power: 42 U.S.C. 671(a)(9)',
    confidence: 'assumed',
  },
  {
    number: 3,
    when: { age: ['18-to-20'], dcfClient: ['unknown'] },
    outcome: 'legal-review',
    basis: '18 to 20, and unknown whether a client of the department: unknown is not no',
    confidence: 'assumed',
  },
  {
    number: 4,
    when: { age: minor, emancipated: ['yes'] },
    outcome: 'legal-review',
    basis: 'C.G.S. 46b-120 leaves out an emancipated minor; 17a-106f still allows services',
    confidence: 'verified',
  },
  {
    ...laborAlone,
    when: {
      age: minor,
      outcome: suspected,
      exploitedFor: ['labor'],
      otherGround: ['no', 'unknown'],
      resident: ['yes', 'unknown'],
    },
  },
  {
    ...laborAlone,
    when: {
      age: minor,
      outcome: suspected,
      exploitedFor: ['labor'],
      otherGround: ['no', 'unknown'],
      resident: ['no'],
    },
    opens: ['D10b'],
  },
  {
    number: 5,
    when: { age: minor, outcome: suspected, inCustody: ['yes'] },
    outcome: 'basis-noted',
    basis:
      'Design: in custody already, so the basis is noted, with no new petition by default; power: C.G.S. 17a-106f(a)(1); counted under 42 U.S.C. 679(c)(3)(E)',
    confidence: 'assumed',
  },
  {
    number: 6,
    when: {
      age: minor,
      outcome: ['confirmed'],
      resident: ['yes'],
      exploitedFor: ['sex', 'sex-and-labor', 'unknown'],
    },
    outcome: 'basis-trafficking',
    basis:
      'C.G.S. 46b-120, definition of uncared for, ground of Public Act 14-186; 17a-106f(a)(1); whether to petition is decided apart, with counsel',
    confidence: 'summary',
  },
  {
    number: 7,
    when: { age: minor, outcome: suspected, resident: ['no'] },
    outcome: 'legal-review',
    basis:
      'Design: C.G.S. 17a-106f speaks of children residing in the state; counsel reviews, with every service a resident would get, now; custody: C.G.S. 46b-115n (UCCJEA) and, believed, 46b-151h (Interstate Compact for Juveniles)',
    confidence: 'assumed',
    opens: ['D10b'],
  },
  {
    number: 7,
    when: { age: minor, outcome: ['confirmed'], resident: ['unknown'] },
    outcome: 'legal-review',
    basis: 'Residence is unknown, and unknown is not no; every service a resident would get, now',
    confidence: 'assumed',
  },
  {
    number: 8,
    when: { age: minor, outcome: suspected, otherGround: ['yes'] },
    outcome: 'basis-other-ground',
    basis: 'C.G.S. 46b-120, homeless or specialised care not available at home; 17a-106f(a)(2)',
    confidence: 'verified',
  },
  {
    number: 9,
    when: { age: minor, outcome: ['high-risk'] },
    outcome: 'services-only',
    basis: 'C.G.S. 17a-106f(a)(2): reasonable belief allows services; evaluate again on new evidence',
    confidence: 'verified',
  },
  {
    number: 10,
    when: { age: minor, outcome: ['at-risk', 'not-indicated'], otherGround: ['yes'] },
    outcome: 'basis-other-ground',
    basis: 'C.G.S. 46b-120, homeless or specialised care not available at home (ordinary child protection)',
    confidence: 'verified',
  },
  {
    number: 11,
    when: { age: minor, outcome: ['at-risk'] },
    outcome: 'prevention-services',
    basis: '42 U.S.C. 671(a)(9)(C)',
    confidence: 'verified',
  },
  {
    number: 12,
    when: { age: minor, outcome: ['insufficient-info'] },
    outcome: 'pending',
    basis: 'C.G.S. 17a-106f(a)(2): services on reasonable belief are allowed meanwhile',
    confidence: 'verified',
  },
  {
    number: 13,
    when: { age: minor, outcome: ['not-indicated'] },
    outcome: 'no-basis',
    basis: 'No indicators after a complete screening; a supervisor signs off',
    confidence: 'assumed',
  },
];

/** Every matching row counts, whatever the decision. Where an input is unknown, the row of the graver answer counts. */
export const overlays: readonly OverlayRule[] = [
  {
    letter: 'A',
    when: { age: minor, danger: ['yes'] },
    flags: ['removal-review'],
    says: 'Imminent risk of physical harm: review whether the child has to be removed (96-hour hold, order of temporary custody).',
    basis: 'C.G.S. 17a-101g(e) and (f) and 46b-129; an invoked hold starts the clock of the petition',
    confidence: 'verified',
  },
  {
    letter: 'A',
    when: { age: minor, danger: ['unknown'] },
    flags: ['removal-review'],
    says: 'It is unknown whether the child is in danger: find out, and review whether the child has to be removed.',
    basis: 'This project: unknown is not no; C.G.S. 17a-101g(e) and (f) and 46b-129',
    confidence: 'assumed',
  },
  {
    letter: 'B',
    when: { thirdParty: ['yes'] },
    flags: ['police-referral'],
    says: 'A third party is alleged: refer to the local police (D4). A finding of neglect against the parents is not implied.',
    basis: 'C.G.S. 17a-101g(a)',
    confidence: 'verified',
  },
  {
    letter: 'B',
    when: { thirdParty: ['unknown'] },
    flags: ['police-referral'],
    says: 'A third party may be alleged: refer to the local police (D4) as if one were. A finding of neglect against the parents is not implied.',
    basis: 'This project: unknown is not no; C.G.S. 17a-101g(a)',
    confidence: 'assumed',
  },
  {
    letter: 'C',
    when: { facilitated: ['yes'] },
    flags: ['abuse-neglect-allegation'],
    says: 'A parent or caregiver is said to have facilitated it: it is an allegation of abuse or neglect as well.',
    basis: 'C.G.S. 46b-120, definitions of abused and neglected',
    confidence: 'verified',
  },
  {
    letter: 'C',
    when: { facilitated: ['yes'] },
    flags: ['do-not-alert-caregiver'],
    says: 'Do not tell that caregiver, by no call, letter or visit.',
    basis: 'Design of this project: a caregiver with a part in it may silence or move the child',
    confidence: 'assumed',
  },
  {
    letter: 'C',
    when: { facilitated: ['unknown'] },
    flags: ['caregiver-not-cleared'],
    says: 'It is unknown whether a parent or caregiver facilitated it: find out before you tell any caregiver.',
    basis: 'This project: unknown is not no',
    confidence: 'assumed',
  },
  {
    letter: 'D',
    when: { ageCertain: ['no'] },
    flags: ['treat-as-minor-and-ask'],
    opens: ['D10a'],
    says: 'The age is not known, or may be under 18: treat as under 18, and find out (D10a).',
    basis: 'This project',
    confidence: 'assumed',
  },
];
