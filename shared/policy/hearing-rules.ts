/**
 * The courts, and what each kind of hearing may decide, asks for, and concerns. The thirteen judicial districts are verified. All
 * else is this project's assumption until counsel and the Judicial Branch answer.
 */
import type { Discipline, HearingKind, HearingOutcome } from '../domain/core/vocabulary.ts';
import { judicialDistricts } from './places/geography.ts';

export interface Court {
  readonly id: string;
  readonly name: string;
  readonly group: string;
}

const idOf = (district: string) => district.toUpperCase().replaceAll(' ', '-');

export const courts: readonly Court[] = [
  ...judicialDistricts.map((district) => ({
    id: `JUVENILE.${idOf(district)}`,
    name: `Juvenile Matters, ${district}`,
    group: 'Superior Court, Juvenile Matters',
  })),
  ...judicialDistricts.map((district) => ({
    id: `CRIMINAL.${idOf(district)}`,
    name: `Criminal court, ${district}`,
    group: 'Superior Court, criminal',
  })),
  { id: 'PROBATE', name: 'Probate Court', group: 'Other courts' },
  { id: 'TRIBAL', name: 'Court of a tribe', group: 'Other courts' },
  { id: 'FEDERAL', name: 'Federal District Court', group: 'Other courts' },
  { id: 'OTHER', name: 'Another court', group: 'Other courts' },
];

export const courtName = (id: string): string => courts.find((court) => court.id === id)?.name ?? id;

export interface HearingRule {
  /** A proceeding about custody waits for the tribe's day (C.G.S. 46b-116 and following). */
  readonly isAboutCustody: boolean;
  readonly outcomes: readonly HearingOutcome[];
  /** The seats of the team that it concerns. They get the time. */
  readonly seats: readonly Discipline[];
  /** What the team does before it, a sentence each. */
  readonly prompts: readonly string[];
}

const custodySeats: readonly Discipline[] = [
  'dcf',
  'hart-liaison',
  'victim-advocate',
  'assistant-attorney-general',
  'childs-attorney',
];
const chargesSeats: readonly Discipline[] = [
  'states-attorney',
  'dcf',
  'hart-liaison',
  'victim-advocate',
  'juvenile-probation',
  'childs-attorney',
];
const custodyPrompts = [
  'Counsel confirms that each notice is served, and that of a tribe.',
  'The caseworker brings placement, services and school up to date.',
  'The advocate asks the child what the court should hear.',
];
const chargesPrompts = [
  'Counsel of the child knows of the screening outcome.',
  'The State’s Attorney is told that the acts may be part of the exploitation.',
  'Juvenile probation has a plan for diversion ready.',
];
const custodyOutcomes: readonly HearingOutcome[] = [
  'found-uncared-for',
  'found-on-other-ground',
  'committed-to-dcf',
  'protective-supervision',
  'petition-withdrawn',
  'petition-dismissed',
  'transferred-to-tribe',
  'no-decision-yet',
];

export const hearingRules: Readonly<Record<HearingKind, HearingRule>> = {
  'preliminary-hearing': {
    isAboutCustody: true,
    outcomes: ['custody-order-sustained', 'custody-order-ended', 'transferred-to-tribe', 'no-decision-yet'],
    seats: custodySeats,
    prompts: custodyPrompts,
  },
  'petition-hearing': {
    isAboutCustody: true,
    outcomes: custodyOutcomes,
    seats: custodySeats,
    prompts: custodyPrompts,
  },
  'custody-review': {
    isAboutCustody: true,
    outcomes: ['custody-order-sustained', 'custody-order-ended', ...custodyOutcomes],
    seats: custodySeats,
    prompts: custodyPrompts,
  },
  'delinquency-hearing': {
    isAboutCustody: false,
    outcomes: ['charges-diverted', 'charges-withdrawn', 'found-delinquent', 'no-decision-yet'],
    seats: chargesSeats,
    prompts: chargesPrompts,
  },
  'vacatur-hearing': {
    isAboutCustody: false,
    outcomes: ['finding-vacated', 'finding-stands', 'no-decision-yet'],
    seats: chargesSeats,
    prompts: ['Counsel of the child has the record of the screening, where the court may see it.'],
  },
  'protective-order-hearing': {
    isAboutCustody: false,
    outcomes: ['order-issued', 'order-denied', 'no-decision-yet'],
    seats: ['law-enforcement', 'dcf', 'hart-liaison', 'victim-advocate', 'childs-attorney'],
    prompts: ['The advocate asks the child who must not come near.', 'Police know how to serve the order.'],
  },
  'criminal-hearing': {
    isAboutCustody: false,
    outcomes: ['plea-entered', 'convicted', 'acquitted', 'charges-dismissed', 'no-decision-yet'],
    seats: ['states-attorney', 'law-enforcement', 'hart-liaison', 'victim-advocate', 'childs-attorney'],
    prompts: [
      'The State’s Attorney says whether the child is to testify, and asks for the gentlest way.',
      'The advocate plans transport, an interpreter and who sits beside the child.',
    ],
  },
  'other-hearing': {
    isAboutCustody: false,
    outcomes: ['order-issued', 'order-denied', 'no-decision-yet'],
    seats: ['dcf', 'hart-liaison', 'victim-advocate', 'childs-attorney'],
    prompts: ['Counsel says what the court will ask.'],
  },
};

/** The team is reminded this many business days before a hearing, in the morning. */
export const promptDays = 2;
