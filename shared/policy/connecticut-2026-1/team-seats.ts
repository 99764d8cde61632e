/**
 * The seats of a team in Connecticut, and the notice that its members sign (docs/domain.md#team-composition,
 * docs/domain.md#team-seats).
 *
 * Released: a change is a new version (docs/adding.md, "Change a number of a rule").
 */
import type { Discipline } from '../../domain/core/vocabulary.ts';
import type { ConfidentialityNotice, Policy, SeatRule } from '../../domain/policy/policy.ts';

const statute = {
  seat: 'required',
  source: 'C.G.S. 17a-106a(c), as a federal summary gives it',
  confidence: 'summary',
} as const;

/** Germane experts may join, under the same duties. The section is believed to say so; the list of them is practice. */
const germane = {
  seat: 'invited',
  source: 'Policy; C.G.S. 17a-106a on invited experts, not confirmed',
  confidence: 'assumed',
} as const;

const seatOf: Readonly<Record<Discipline, Omit<SeatRule, 'discipline'>>> = {
  'states-attorney': statute,
  dcf: statute,
  'law-enforcement': statute,
  medical: statute,
  'mental-health': {
    ...statute,
    privileged: { source: 'C.G.S. 52-146c and 52-146q to 52-146s, from memory', confidence: 'believed' },
  },
  'forensic-interviewer': statute,
  'victim-advocate': {
    ...statute,
    privileged: { source: 'C.G.S. 52-146k, from memory', confidence: 'believed' },
  },
  'youth-service-bureau': {
    seat: 'conditional',
    source: 'C.G.S. 17a-106a(c): where appropriate, which the coordinator says',
    confidence: 'summary',
  },
  'hart-liaison': germane,
  'team-lead': germane,
  love146: germane,
  'assistant-attorney-general': germane,
  'juvenile-probation': germane,
  school: germane,
  'childs-attorney': germane,
  'federal-law-enforcement': germane,
  'survivor-mentor': germane,
  'substance-use-provider': {
    ...germane,
    consentFirst: {
      source: '42 CFR Part 2: what the program tells the team is a disclosure from it',
      confidence: 'believed',
    },
    privileged: { source: '42 CFR Part 2', confidence: 'believed' },
  },
};
export const seats: readonly SeatRule[] = (Object.keys(seatOf) as Discipline[]).map((discipline) => ({
  discipline,
  ...seatOf[discipline],
}));

export const deputyAfter: Policy['team']['deputyAfter'] = {
  silence: { unit: 'hours', amount: 24 },
  source: 'This project',
  confidence: 'assumed',
};

export const notReachedAfter: Policy['team']['notReachedAfter'] = {
  time: { unit: 'hours', amount: 2 },
  source: 'This project',
  confidence: 'assumed',
};

export const notice: ConfidentialityNotice = {
  version: '2026.1',
  sentences: [
    'What you learn of this referral stays within its team: who the child is, what happened, and what the team says of it.',
    'You use it for the work of this team alone, and write none of it in any mail. Telling it to others may be a crime (C.G.S. 17a-28).',
    'Each time you read who the child is, it is written down.',
  ],
  question:
    'Does a conflict of interest stand against your work on this referral: a tie to the child, the family or a person alleged to have done harm, or a stake of your own? If you cannot say yet, say unknown: the coordinator calls you before you see more.',
  source: 'This project; confidentiality: C.G.S. 17a-28 and 17a-106a',
  confidence: 'assumed',
};
