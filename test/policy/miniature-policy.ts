/**
 * Altamira, an invented place that is deliberately not Connecticut. It works on Saturdays, keeps other holidays and
 * seats three disciplines. It gives other times, tells other people, links other services and decides by another table.
 */

import { type Outcome, services } from '../../shared/domain/core/vocabulary.ts';
import type { Duration } from '../../shared/domain/policy/due.ts';
import type { ClockStart, DeadlineRule, Milestone, Policy, Recipient } from '../../shared/domain/policy/policy.ts';
import { connecticut20261 } from '../../shared/policy/connecticut-2026-1.ts';
import type { Law } from '../../shared/policy/law/law.ts';

const minutes = (amount: number): Duration => ({ unit: 'minutes', amount });
const hours = (amount: number): Duration => ({ unit: 'hours', amount });
const calendarDays = (amount: number): Duration => ({ unit: 'calendar-days', amount });
const businessDays = (amount: number): Duration => ({ unit: 'business-days', amount });

const holidays: Readonly<Record<string, string>> = { '2026-11-10': "Founders' Day", '2026-12-24': 'Winter Rest' };
const isSunday = (date: string) => new Date(date).getUTCDay() === 0;

const report: ClockStart = 'receipt of the report';
const missing: ClockStart = 'the information that the child is missing';
const outcome: ClockStart = 'the screening outcome';
const served: readonly Outcome[] = ['confirmed', 'high-risk'];

const own: readonly (readonly [
  id: string,
  obligation: string,
  kind: DeadlineRule['kind'],
  clockStart: ClockStart,
  duration: Duration,
  keptBy: readonly Milestone[],
  ofPathway?: readonly Outcome[],
])[] = [
  ['D1', 'Sort the report', 'policy', report, minutes(10), ['report-classified']],
  ['D2', 'Receive the paper form', 'policy', report, calendarDays(5), ['written-report-received']],
  ['D3', 'Tell the sheriff', 'statute', report, hours(6), ['police-notified-state']],
  ['D4', 'Tell the town constable', 'policy', report, hours(7), ['police-notified-local']],
  ['D6', 'Go at once', 'statute', report, hours(1), ['response-started']],
  ['D7', 'Go', 'statute', report, hours(36), ['response-started']],
  ['D8', 'Name a guide', 'policy', report, hours(9), ['liaison-assigned']],
  ['D9', 'Ask the questions', 'policy', report, hours(30), ['screened']],
  ['D10', 'Decide', 'policy', outcome, hours(60), ['eligibility-decided'], served],
  ['D12a', 'Tell the sheriff of a missing child', 'statute', missing, hours(3), ['police-notified-missing']],
  ['D12b', 'Tell the national centre of a missing child', 'statute', missing, hours(5), ['ncmec-notified']],
  ['D15', 'Sit at the table', 'policy', 'the notice to the team', businessDays(2), ['mdt-met'], served],
  ['D17', 'Offer a nurse', 'policy', report, hours(2), ['offered-medical-acute-forensic']],
  ['D19a', 'Find an advocate', 'policy', outcome, hours(20), ['offered-victim-advocacy'], served],
  [
    'D19b',
    'Hear from the advocate',
    'policy',
    'the referral to the provider',
    hours(50),
    ['contacted-victim-advocacy'],
  ],
  ['D21', 'Find a bed', 'policy', report, hours(11), ['safety-plan-recorded']],
  ['D22a', 'Find a counsellor', 'policy', outcome, businessDays(4), ['offered-mental-health'], served],
  ['D22b', 'See the counsellor', 'policy', 'the referral to the provider', calendarDays(9), ['started-mental-health']],
  ['D28', 'Ask again', 'policy', outcome, calendarDays(8), ['screened'], ['at-risk', 'insufficient-info']],
  ['D29', 'Look over it', 'policy', outcome, hours(40), ['screening-signed-off'], ['not-indicated']],
  ['D31', 'Say whether the child is known', 'policy', 'the candidates found', minutes(90), ['duplicate-answered']],
  ['D33', 'Close', 'policy', 'the conditions of closure met', businessDays(3), ['closed']],
];

const told: readonly Recipient[] = ['program-manager'];
const tellNext: readonly Recipient[] = ['administrator'];

const calls = { class: 'today', source: 'Altamira Code, title 9', confidence: 'assumed' } as const;

const common = {
  alarm: calls,
  source: 'Altamira Code, title 9',
  confidence: 'assumed',
  awaitsLegalSignOff: false,
  closing: 'waits',
  alert: told,
  escalate: tellNext,
} as const;

const rows: readonly DeadlineRule[] = own.map(([id, obligation, kind, clockStart, duration, keptBy, ofPathway]) => ({
  ...common,
  id,
  obligation,
  obligationInSpanish: `Lo que pide Altamira en ${id}`,
  kind,
  clockStart,
  duration,
  keptBy,
  ...(keptBy.includes('closed') && { closing: 'ends' }),
  ...(ofPathway && { ofPathway }),
}));

/**
 * The domain opens its clocks by their ids, so a policy needs every one. A rule that Altamira does not word gets a time
 * of its own.
 */
const others: readonly DeadlineRule[] = connecticut20261.deadlines
  .filter(({ id }) => !rows.some((rule) => rule.id === id))
  .map(({ id, clockStart, keptBy, ofPathway, subjects, closing }) => ({
    ...common,
    closing,
    id,
    obligation: `What Altamira asks under ${id}`,
    obligationInSpanish: `Lo que pide Altamira en ${id}`,
    kind: 'policy',
    clockStart,
    duration: calendarDays(6),
    keptBy,
    ...(subjects && { subjects }),
    ...(ofPathway && { ofPathway }),
  }));

export const altamiraLaw: Law = {
  jurisdiction: 'Altamira',
  limits: [{ rule: 'D3', atMost: [hours(6)], clause: 'Altamira Code 9-1', confidence: 'assumed', signedOff: true }],
};

const altamira = { source: 'Altamira Code', confidence: 'assumed' } as const;

export const miniature: Policy = {
  inForceFrom: '2026-01-01',
  version: 'altamira-1',
  jurisdiction: 'Altamira',
  deadlines: [...rows, ...others],
  screening: {
    topics: {
      ...connecticut20261.screening.topics,
      disclosure: { weight: 'contributing', question: 'Has the child said so?' },
      homelessness: { weight: 'strong', question: 'Does the child sleep outdoors?' },
    },
    oftenMissing: 1,
    rules: [
      { number: 1, when: { strong: 1 }, outcome: 'high-risk', basis: 'Altamira Code 9-7: one sign', ...altamira },
      { number: 2, when: { oftenMissing: 'yes' }, outcome: 'at-risk', basis: 'Altamira Code 9-8', ...altamira },
      { number: 3, when: {}, outcome: 'insufficient-info', basis: 'Altamira Code 9-9: ask again', ...altamira },
    ],
  },
  eligibility: [
    {
      number: 1,
      when: { age: ['18-to-20', '21-and-over'] },
      outcome: 'not-eligible-age',
      basis: 'Altamira Code 9-2',
      confidence: 'assumed',
    },
    {
      number: 2,
      when: { outcome: ['confirmed', 'high-risk'] },
      outcome: 'basis-trafficking',
      basis: 'Altamira Code 9-3: each child found here',
      confidence: 'assumed',
    },
    {
      number: 3,
      when: { outcome: ['insufficient-info'] },
      outcome: 'pending',
      basis: 'Altamira Code 9-4',
      confidence: 'assumed',
    },
    { number: 4, when: {}, outcome: 'prevention-services', basis: 'Altamira Code 9-5', confidence: 'assumed' },
  ],
  overlays: [
    {
      letter: 'M',
      when: { danger: ['yes'] },
      flags: ['removal-review'],
      says: 'Altamira reviews it.',
      basis: 'Altamira Code 9-7',
      confidence: 'assumed',
    },
  ],
  calendar: {
    isBusinessDay: (date) => !isSunday(date) && holidays[date] === undefined,
    why: (date) => holidays[date] ?? (isSunday(date) ? 'Sunday' : undefined),
  },
  geography: {
    offices: [
      { id: 'NORTH', region: 1 },
      { id: 'SOUTH', region: 2 },
    ],
    teams: [{ id: 'TABLE-NORTH', judicialDistrict: 'First' }],
  },
  tribes: {
    list: [{ id: 'RIVER-PEOPLE', name: 'River People', recognizedBy: 'state' }],
    daysAfterReceipt: 12,
    daysWhereUnknown: 18,
    moreDaysOnRequest: 20,
    source: 'Altamira Code 7-2',
    confidence: 'assumed',
    awaitsLegalSignOff: false,
  },
  team: {
    deputyAfter: { silence: hours(12), source: 'Altamira Code 9-9', confidence: 'assumed' },
    notReachedAfter: { time: hours(3), source: 'Altamira Code 9-9', confidence: 'assumed' },
    seats: [
      ...(['law-enforcement', 'medical', 'victim-advocate'] as const).map((discipline) => ({
        discipline,
        seat: 'required' as const,
        source: 'Altamira Code 8-1',
        confidence: 'assumed' as const,
      })),
      { discipline: 'school', seat: 'invited', source: 'Altamira Code 8-2', confidence: 'assumed' },
    ],
    notice: {
      version: 'altamira-1',
      sentences: ['What is said at the table stays at the table.'],
      question: 'Is the child of your house?',
      source: 'Altamira Code 8-3',
      confidence: 'assumed',
    },
  },
  requiredDisciplines: ['law-enforcement', 'medical', 'victim-advocate'],
  quorum: [['law-enforcement'], ['medical', 'victim-advocate']],
  servicesFor: {
    confirmed: ['legal', 'education', 'basic-needs'],
    'high-risk': ['legal', 'education'],
    'at-risk': ['caregiver-support'],
    'insufficient-info': ['basic-needs'],
    'not-indicated': [],
  },
  catalogue: Object.fromEntries(
    services.map((service) => [
      service,
      {
        isFor: 'all who ask',
        ages: { from: 0, to: 99 },
        clocks: [],
        consent: service === 'legal' ? ['child'] : [],
        source: 'Altamira Code 9-7',
        confidence: 'assumed',
        awaitsLegalSignOff: false,
      },
    ]),
  ) as unknown as Policy['catalogue'],
  outreachPause: { atMost: hours(24), never: ['safe-placement'], source: 'Altamira Code 9-8', confidence: 'assumed' },
  extension: { by: ['program-manager'], atMost: hours(12), source: 'Altamira Code 9-6', confidence: 'assumed' },
  remindAt: 0.25,
  warnAt: 0.8,
  overdueAt: 2,
  repeatOverdueEvery: calendarDays(1),
  mostAlerts: 4,
  afterEscalation: ['program-manager'],
  ringing: {
    fromPart: 0.5,
    atLeastLeft: hours(1),
    nextPersonAfter: minutes(15),
    directorAfter: minutes(30),
    director: 'program-manager',
    togetherWithin: { unit: 'minutes', amount: 4 },
    againEvery: minutes(15),
    steadyFor: hours(3),
    slowestEvery: hours(12),
    beforeStopEvery: minutes(30),
    redWithin: hours(1),
    textAfter: minutes(8),
    ...altamira,
  },
  news: {},
  digest: { hour: 7, businessDaysOnly: true, source: 'Altamira Code 9-8', confidence: 'assumed' },
  quiet: { from: 22, to: 6, source: 'Altamira Code 9-8', confidence: 'assumed' },
  shifts: {
    covered: [{ role: 'area-oncall', source: 'Altamira Code 9-9', confidence: 'assumed' }],
    warnings: [hours(12), hours(2)],
    source: 'Altamira Code 9-9',
    confidence: 'assumed',
  },
};
