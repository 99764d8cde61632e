/**
 * The times that law gives in Connecticut (docs/domain.md#statutory-floor, docs/domain.md#connecticut-law,
 * docs/domain.md#federal-law), apart from any version of the policy. Each limit says what starts the clock and what keeps it.
 * Where the law says "immediately" and no number, the limit is this product's: else a policy could give a year. The `floor` holds
 * what law asks of every version besides clocks.
 */
import { connecticutCalendar } from '../calendar.ts';
import { hours } from '../durations.ts';
import type { Law } from './law.ts';
import type { Floor } from './law-floor.ts';

const receipt = 'receipt of the report';
const missing = 'the information that the child is missing';
/** The law gives the duty, and this product assumes the most time for it. */
const noNumber = (clause: string) =>
  ({ clause: `${clause} (no number; the limit is this product's)`, confidence: 'assumed' }) as const;

const minor = ['under-18'] as const;
const groundC = 'C.G.S. 46b-120 (Public Act 14-186)';
/** Whether forced labor alone is ground C is for counsel: its definition, C.G.S. 46a-170, is not confirmed. */
const confirmedResident = {
  age: minor,
  outcome: ['confirmed'],
  resident: ['yes'],
  emancipated: ['no'],
  exploitedFor: ['sex', 'sex-and-labor', 'unknown'],
} as const;
const part2 = '42 CFR Part 2';

const floor: Floor = {
  alerts: {
    // Roles of the department and its lawyers: they see the referral and may act on it, whatever their office.
    staff: [
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
    ],
    clause: 'this product (the alert of a duty of law reaches a person who can act on it)',
  },
  team: {
    required: [
      'states-attorney',
      'dcf',
      'law-enforcement',
      'medical',
      'mental-health',
      'forensic-interviewer',
      'victim-advocate',
    ],
    whereAppropriate: ['youth-service-bureau'],
    clause: 'C.G.S. 17a-106a(c)',
  },
  guards: [
    { discipline: 'substance-use-provider', guard: 'consentFirst', clause: part2 },
    { discipline: 'substance-use-provider', guard: 'privileged', clause: part2 },
    { discipline: 'mental-health', guard: 'privileged', clause: 'C.G.S. 52-146c and 52-146q to 52-146s' },
    { discipline: 'victim-advocate', guard: 'privileged', clause: 'C.G.S. 52-146k' },
  ],
  consents: [{ service: 'substance-use', kind: 'written-part-2', clause: part2 }],
  notice: { names: '17a-28', clause: 'C.G.S. 17a-28 and 17a-106a' },
  tribes: {
    daysAfterReceipt: 10,
    daysWhereUnknown: 15,
    moreDaysOnRequest: 20,
    clause: 'C.G.S. 46b-116d and 25 U.S.C. 1912(a)',
  },
  overlays: [
    { when: { age: 'under-18', danger: 'yes' }, flag: 'removal-review', clause: 'C.G.S. 17a-101g(e)' },
    { when: { thirdParty: 'yes' }, flag: 'police-referral', clause: 'C.G.S. 17a-101g(a)' },
    { when: { facilitated: 'yes' }, flag: 'abuse-neglect-allegation', clause: 'C.G.S. 46b-120' },
  ],
  never: [
    {
      when: { age: minor },
      outcomes: ['not-eligible-age', 'not-uncared-for'],
      clause: 'C.G.S. 46b-120 and 17a-106f',
    },
    {
      when: { age: ['18-to-20'], dcfClient: ['yes'] },
      outcomes: ['not-eligible-age'],
      clause: '42 U.S.C. 671(a)(9)',
    },
    {
      when: { age: minor, outcome: ['confirmed', 'high-risk'] },
      outcomes: ['no-basis', 'pending', 'prevention-services'],
      clause: 'C.G.S. 17a-106f(a)',
    },
    { when: { age: minor, outcome: ['at-risk'] }, outcomes: ['no-basis'], clause: '42 U.S.C. 671(a)(9)(C)' },
    {
      when: { age: minor, emancipated: ['no'], otherGround: ['yes'] },
      outcomes: ['no-basis'],
      clause: 'C.G.S. 46b-120',
    },
  ],
  // A person decides apart whether a petition follows. For a child already in custody, at least the basis is noted.
  always: [
    {
      when: { ...confirmedResident, inCustody: ['no', 'unknown'] },
      outcomes: ['basis-trafficking'],
      clause: groundC,
    },
    {
      when: { ...confirmedResident, inCustody: ['yes'] },
      outcomes: ['basis-noted', 'basis-trafficking'],
      clause: groundC,
    },
  ],
  services: { atOnce: ['high-risk', 'confirmed'], clause: 'C.G.S. 17a-106f(a)' },
};

export const connecticutLaw: Law = {
  jurisdiction: 'Connecticut',
  limits: [
    {
      rule: 'D1',
      atMost: [hours(1)],
      ...noNumber('C.G.S. 17a-101g'),
      clockStart: receipt,
      keptBy: ['report-classified'],
    },
    {
      rule: 'D2',
      atMost: [hours(48)],
      clause: 'C.G.S. 17a-101c',
      confidence: 'summary',
      clockStart: receipt,
      keptBy: ['written-report-received'],
      mayClose: 'outlives',
    },
    {
      rule: 'D3',
      atMost: [hours(12)],
      clause: 'C.G.S. 17a-101b and 17a-103(c)',
      confidence: 'summary',
      clockStart: receipt,
      keptBy: ['police-notified-state'],
    },
    {
      rule: 'D4',
      atMost: [hours(12)],
      ...noNumber('C.G.S. 17a-101g(a)'),
      clockStart: receipt,
      keptBy: ['police-notified-local'],
    },
    {
      rule: 'D5',
      atMost: [hours(24)],
      clause: '42 U.S.C. 671(a)(34)',
      confidence: 'verified',
      clockStart: 'the identification as a victim',
      keptBy: ['police-notified-identified'],
    },
    {
      rule: 'D6',
      atMost: [hours(2)],
      clause: 'C.G.S. 17a-101g(a)',
      confidence: 'verified',
      clockStart: receipt,
      keptBy: ['response-started'],
    },
    {
      rule: 'D7',
      atMost: [hours(72)],
      clause: 'C.G.S. 17a-101g(a)',
      confidence: 'verified',
      clockStart: receipt,
      keptBy: ['response-started'],
    },
    {
      rule: 'D9',
      atMost: [hours(24)],
      ...noNumber('42 U.S.C. 671(a)(9)(C) and (35)(A)(iii)'),
      clockStart: receipt,
      keptBy: ['screened'],
      is: 'a duty',
      extendedBy: hours(24),
    },
    {
      rule: 'D11',
      atMost: [hours(96)],
      clause: 'C.G.S. 17a-101g(f) and 46b-129',
      confidence: 'verified',
      clockStart: 'the invocation of the hold',
      keptBy: ['hold-petition-filed', 'hold-child-released'],
    },
    {
      rule: 'D12a',
      atMost: [hours(24)],
      clause: '42 U.S.C. 671(a)(35)(B)',
      confidence: 'verified',
      clockStart: missing,
      keptBy: ['police-notified-missing'],
    },
    {
      rule: 'D12b',
      atMost: [hours(24)],
      clause: '42 U.S.C. 671(a)(35)(B)',
      confidence: 'verified',
      clockStart: missing,
      keptBy: ['ncmec-notified'],
    },
    {
      rule: 'D13',
      atMost: [hours(48)],
      ...noNumber('42 U.S.C. 671(a)(35)(A)'),
      clockStart: 'the return of the child',
      keptBy: ['return-debriefed'],
    },
    {
      rule: 'D24',
      // The older text has 45 calendar days; 33 business days are believed now. Counsel has to say which.
      atMost: [
        { unit: 'calendar-days', amount: 45 },
        { unit: 'business-days', amount: 33 },
      ],
      clause: 'C.G.S. 17a-101g',
      confidence: 'doubtful',
      clockStart: receipt,
      keptBy: ['investigation-disposed'],
    },
    {
      rule: 'D25',
      atMost: [{ unit: 'business-days', amount: 3 }],
      ...noNumber('C.G.S. 17a-101j(a)'),
      clockStart: 'the reasonable cause to believe that abuse occurred',
      keptBy: ['disposition-notified'],
    },
    {
      rule: 'D27',
      atMost: [hours(24)],
      clause: '22 U.S.C. 7105(b)(1)',
      confidence: 'verified',
      clockStart: 'the discovery that a foreign national may be a victim',
      keptBy: ['hhs-notified'],
    },
    {
      rule: 'D38',
      atMost: [{ unit: 'business-days', amount: 5 }],
      clause: 'C.G.S. 17a-103b(a)',
      confidence: 'verified',
      clockStart: 'the classification as an investigation',
      keptBy: ['parents-notified', 'parents-notice-withheld'],
    },
    {
      rule: 'D38a',
      atMost: [{ unit: 'business-days', amount: 2 }],
      ...noNumber('C.G.S. 17a-103b(a)'),
      clockStart: 'the classification as an investigation',
      keptBy: ['parents-told', 'parents-notice-withheld'],
    },
    {
      rule: 'D38b',
      atMost: [{ unit: 'calendar-days', amount: 10 }],
      clause: 'C.G.S. 17a-103b(b)',
      confidence: 'summary',
      clockStart: 'the finding of the investigation',
      keptBy: ['substantiation-notified', 'substantiation-notice-withheld'],
    },
    {
      rule: 'D40',
      atMost: [{ unit: 'business-days', amount: 5 }],
      clause: 'C.G.S. 17a-101k(b)',
      confidence: 'verified',
      clockStart: 'the finding of the investigation',
      keptBy: ['finding-notified'],
    },
    {
      rule: 'D42',
      atMost: [{ unit: 'business-days', amount: 4 }],
      ...noNumber('C.G.S. 46b-116d and 25 U.S.C. 1912(a)'),
      clockStart: 'the proceeding about a member of a tribe, or the word of membership during it',
      keptBy: ['tribe-notified'],
    },
    {
      rule: 'D42a',
      atMost: [{ unit: 'business-days', amount: 4 }],
      ...noNumber('C.G.S. 46b-116d and 25 U.S.C. 1912(a)'),
      clockStart: 'the proceeding about a member of a tribe, or the word of membership during it',
      keptBy: ['custodian-notified'],
    },
    {
      rule: 'D43',
      atMost: [{ unit: 'calendar-days', amount: 10 }],
      clause: 'C.G.S. 46b-129(b)',
      confidence: 'believed',
      clockStart: 'the ex parte order',
      keptBy: ['preliminary-hearing-held'],
    },
    {
      rule: 'D44',
      atMost: [{ unit: 'calendar-days', amount: 59 }],
      clause: '42 U.S.C. 675(5)(H)',
      confidence: 'believed',
      clockStart: 'the first of the month after the one that holds the 90th day before the eighteenth birthday',
      keptBy: ['adulthood-planned'],
      mayClose: 'outlives',
    },
    {
      rule: 'D41a',
      atMost: [hours(48)],
      ...noNumber('C.G.S. 17a-101g(a)'),
      clockStart: 'the word that an employee of a facility is alleged',
      keptBy: ['licensing-agency-notified'],
    },
    {
      rule: 'D41c',
      atMost: [hours(48)],
      ...noNumber('C.G.S. 17a-101j(b)'),
      clockStart: 'the finding of the investigation',
      keptBy: ['licensing-records-sent'],
    },
    {
      rule: 'D41d',
      atMost: [{ unit: 'business-days', amount: 5 }],
      clause: 'C.G.S. 17a-101i(a)',
      confidence: 'verified',
      clockStart: 'the finding of the investigation',
      keptBy: ['education-results-sent'],
    },
    {
      rule: 'D41e',
      atMost: [hours(48)],
      ...noNumber('C.G.S. 17a-101b(d)'),
      clockStart: 'the word that an employee of a facility is alleged',
      keptBy: ['institution-notified'],
    },
    {
      rule: 'D41b',
      atMost: [hours(48)],
      ...noNumber('C.G.S. 17a-101g(a)'),
      clockStart: 'the word that a school employee is alleged',
      keptBy: ['education-notified'],
    },
  ],
  floor,
  workdays: { calendar: connecticutCalendar, years: { from: 2026, to: 2035 }, clause: 'C.G.S. 1-4' },
};
