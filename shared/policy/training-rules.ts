/**
 * The courses, the rule of each group of adults, and the baselines, as data. Only what a source says is law is law. Where a
 * rule is this project's, it says so, and DCF Legal has yet to confirm it.
 */
import type { Confidence } from '../domain/policy/confidence.ts';
import type { CourseCode, GroupCode } from '../domain/training/training-codes.ts';

export interface Course {
  readonly code: CourseCode;
  readonly name: string;
  /** The shortest and the longest that the source says. */
  readonly minutes: readonly [number, number];
  readonly languages: readonly string[];
  readonly source: string;
  readonly confidence: Confidence;
}

const curriculum = {
  minutes: [120, 150],
  languages: ['English'],
  source: "DCF's curricula: two to two and a half hours each. The language is this project's assumption",
  confidence: 'believed',
} as const;

export const courses: readonly Course[] = [
  { code: 'general', name: 'General', ...curriculum },
  { code: 'police', name: 'Police', ...curriculum },
  { code: 'emergency-services', name: 'Emergency services', ...curriculum },
  { code: 'medical', name: 'Medical', ...curriculum },
];

export interface TrainingRule {
  readonly group: GroupCode;
  readonly name: string;
  /** The courses that count. */
  readonly courses: readonly CourseCode[];
  /** Months after hiring in which the first training is due. Undefined where no source says it. */
  readonly firstWithinMonths?: number;
  /** Months after which it is due again. */
  readonly everyMonths: number;
  /** Who gives the number of a person, so that it names one person: `agency` where each agency numbers its own. */
  readonly numbersOf: 'POST' | 'DCF' | 'agency';
  readonly basis: 'law' | 'policy';
  /** What the rule says, for people. */
  readonly says: string;
  readonly source: string;
  readonly confidence: Confidence;
  readonly awaitsLegalSignOff: boolean;
}

const every = 36;
const assumedEvery = 'This project assumes every three years.';

export const trainingRules: readonly TrainingRule[] = [
  {
    group: 'police',
    name: 'Police officers',
    courses: ['police'],
    everyMonths: every,
    numbersOf: 'POST',
    basis: 'policy',
    says: `DCF may train police, within its budget. No law sets a time for officers. ${assumedEvery}`,
    source: 'C.G.S. 17a-106f(b), PA 14-186: "may"; the interval is assumed',
    confidence: 'assumed',
    awaitsLegalSignOff: true,
  },
  {
    group: 'caseworker',
    name: 'Caseworkers',
    courses: ['general'],
    everyMonths: every,
    numbersOf: 'DCF',
    basis: 'policy',
    says: `Department policy asks for trained caseworkers. ${assumedEvery}`,
    source: 'Policy of the department; the interval is assumed',
    confidence: 'assumed',
    awaitsLegalSignOff: true,
  },
  {
    group: 'careline',
    name: 'Careline staff',
    courses: ['general'],
    everyMonths: every,
    numbersOf: 'DCF',
    basis: 'policy',
    says: `Department policy asks for trained hotline staff. ${assumedEvery}`,
    source: 'Policy of the department; the interval is assumed',
    confidence: 'assumed',
    awaitsLegalSignOff: true,
  },
  {
    group: 'school-employee',
    name: 'School employees',
    courses: ['general'],
    firstWithinMonths: 6,
    everyMonths: every,
    numbersOf: 'agency',
    basis: 'law',
    says: 'Within six months of being hired, then every three years.',
    source: 'C.G.S. 17a-106h as amended by PA 21-103',
    confidence: 'summary',
    awaitsLegalSignOff: true,
  },
  {
    group: 'emergency-services',
    name: 'Emergency services',
    courses: ['emergency-services'],
    everyMonths: every,
    numbersOf: 'agency',
    basis: 'policy',
    says: `DCF has a curriculum. No rule was found that asks for it. ${assumedEvery}`,
    source: 'This project',
    confidence: 'assumed',
    awaitsLegalSignOff: true,
  },
  {
    group: 'medical',
    name: 'Medical staff',
    courses: ['medical'],
    everyMonths: every,
    numbersOf: 'agency',
    basis: 'policy',
    says: `DCF has a curriculum. No rule was found that asks for it. ${assumedEvery}`,
    source: 'This project',
    confidence: 'assumed',
    awaitsLegalSignOff: true,
  },
  {
    group: 'hotel',
    name: 'Hotel staff',
    courses: ['general'],
    everyMonths: every,
    numbersOf: 'agency',
    basis: 'law',
    says: `Hotels must train their staff. ${assumedEvery}`,
    source: 'C.G.S. 17a-106g and 44-5; the interval is assumed',
    confidence: 'doubtful',
    awaitsLegalSignOff: true,
  },
];

/** So many days before it is due again, a training counts as due soon. */
export const soonDays = 90;

/** The first day on which a training of the program can have been. */
export const firstTrainingDay = '2008-01-01';

/** What the program announced. These people were not counted here: never add them to counted ones. */
export const trainingBaselines = [
  {
    words: '1,300 and more police officers trained by October 2014',
    source: 'Announcement of the program, October 2014',
    confidence: 'believed',
  },
  {
    words: '2,400 and more staff and providers trained by October 2014',
    source: 'Announcement of the program, October 2014',
    confidence: 'believed',
  },
] as const satisfies readonly { readonly words: string; readonly source: string; readonly confidence: Confidence }[];
