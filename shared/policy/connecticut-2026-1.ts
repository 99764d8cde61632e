/**
 * Connecticut, version 2026.1. Each rule names its source and how sure the project is of it; none of this is legal
 * advice, and what `awaitsLegalSignOff` marks is shown as unconfirmed wherever it is shown. Once released this file
 * never changes: another version is another file.
 */
import type { EligibilityRule, Policy } from '../domain/policy.ts';
import { connecticutCalendar } from './calendar.ts';
import { deadlines } from './connecticut-2026-1-deadlines.ts';
import { notice, seats } from './connecticut-2026-1-team.ts';
import { mdtTeams, offices } from './geography.ts';

const calendarDays = (amount: number) => ({ unit: 'calendar-days', amount }) as const;

const minor = ['under-18'] as const;
const suspected = ['confirmed', 'high-risk'] as const;

/** DOMAIN 7c without its overlays, except that an unknown age is decided as under 18. The first match wins. */
const eligibility: readonly EligibilityRule[] = [
  {
    number: 2,
    when: { age: ['21-and-over'] },
    outcome: 'not-eligible-age',
    basis: 'C.G.S. 46b-120 and 17a-106f: 18 and over; hand over to adult services',
    confidence: 'verified',
  },
  {
    number: 2,
    when: { age: ['18-to-20'], dcfClient: ['no'] },
    outcome: 'not-eligible-age',
    basis: 'C.G.S. 46b-120 and 17a-106f: 18 and over; hand over to adult services',
    confidence: 'verified',
  },
  {
    number: 3,
    when: { age: ['18-to-20'], dcfClient: ['yes'] },
    outcome: 'not-uncared-for',
    basis: 'A client of the department under 21: the existing case plan serves; 42 U.S.C. 671(a)(9)',
    confidence: 'verified',
  },
  {
    number: 3,
    when: { age: ['18-to-20'], dcfClient: ['unknown'] },
    outcome: 'legal-review',
    basis: '18 to 20 and nobody knows whether a client of the department: unknown is not no',
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
    number: 5,
    when: { age: minor, outcome: suspected, inCustody: ['yes'] },
    outcome: 'basis-noted',
    basis: 'In custody already: no new petition by default; C.G.S. 17a-106f(a)(1), 42 U.S.C. 671',
    confidence: 'verified',
  },
  {
    number: 6,
    when: { age: minor, outcome: ['confirmed'], resident: ['yes'] },
    outcome: 'basis-trafficking',
    basis: 'C.G.S. 46b-120, definition of uncared for, ground of Public Act 14-186; 17a-106f(a)(1)',
    confidence: 'summary',
  },
  {
    number: 7,
    when: { age: minor, outcome: suspected, resident: ['no'] },
    outcome: 'legal-review',
    basis: 'C.G.S. 17a-106f speaks of children residing in the state; every service a resident would get, now',
    confidence: 'verified',
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
    when: { age: minor, outcome: ['high-risk'], otherGround: ['yes'] },
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

export const connecticut20261: Policy = {
  version: 'connecticut-2026.1',
  jurisdiction: 'Connecticut',
  deadlines,
  eligibility,
  calendar: connecticutCalendar,
  geography: { offices, teams: mdtTeams },
  team: { seats, notice },
  requiredDisciplines: seats.filter(({ seat }) => seat === 'required').map(({ discipline }) => discipline),
  quorum: [['dcf'], ['law-enforcement'], ['states-attorney'], ['victim-advocate'], ['medical', 'mental-health']],
  servicesFor: {
    confirmed: ['medical-acute-forensic', 'victim-advocacy', 'mental-health'],
    'high-risk': ['victim-advocacy', 'mental-health'],
    'at-risk': ['prevention'],
    'insufficient-info': [],
    'not-indicated': [],
  },
  extension: {
    by: [
      'careline-supervisor',
      'careline-manager',
      'area-supervisor',
      'area-director',
      'hart-lead',
      'hart-director',
      'program-manager',
    ],
    atMost: calendarDays(60),
    source: 'This project',
    confidence: 'assumed',
  },
  remindAt: 0.5,
  warnAt: 0.75,
  overdueAt: 1.25,
  repeatOverdueEvery: calendarDays(7),
};
