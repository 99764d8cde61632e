/**
 * The pathway as data for one picture: its stages, and for each clock who acts and what ends it. It holds only what the
 * policy, the milestone table and the pathway say.
 */
import { startedByDanger } from '../deadlines/clocks.ts';
import { keptWords } from '../next-steps/milestone-table.ts';
import { words, wordsInside } from '../words/code-words.ts';
import { type Duration, dueAt, durationWords } from './due.ts';
import { openedByOutcome } from './opened-by-outcome.ts';
import type { AlarmClass, ClockStart, DeadlineRule, Policy, Recipient } from './policy.ts';
import { standing } from './rule-words.ts';

export interface MapClock {
  readonly id: string;
  readonly obligation: string;
  readonly start: ClockStart;
  /** The usual time, such as `12 hours`. */
  readonly time: string;
  /** Other times, such as `4 hours while danger is not ruled out`. */
  readonly otherTimes: readonly string[];
  readonly isLaw: boolean;
  /** `law, its time set by policy`. */
  readonly standing: string;
  readonly alarm: AlarmClass;
  /** Other classes, such as `now while danger is not ruled out`. */
  readonly otherAlarms: readonly string[];
  readonly who: readonly string[];
  readonly next: readonly string[];
  /** What ends the clock: any one of these. */
  readonly ends: readonly string[];
  /** The cases in which it runs, where the policy names them. */
  readonly only: readonly string[];
}

export interface MapStage {
  readonly title: string;
  /** One after the other, beside others, or whenever something happens. */
  readonly order: 'in line' | 'beside' | 'at any time';
  readonly says: string;
  readonly starts: readonly { readonly start: ClockStart; readonly clocks: readonly MapClock[] }[];
}

export interface MapOutcome {
  readonly outcome: string;
  /** The clocks that it opens, such as `D10 Decide …`. */
  readonly opens: readonly { readonly id: string; readonly obligation: string }[];
  readonly services: readonly string[];
  readonly populations: readonly {
    readonly population: string;
    readonly proposal: string;
    /** Ids of clocks that open for this population alone. */
    readonly also: readonly string[];
  }[];
}

export interface PathwayMap {
  readonly jurisdiction: string;
  readonly version: string;
  readonly stages: readonly MapStage[];
  readonly outcomes: readonly MapOutcome[];
}

const stageWords = {
  report: {
    title: 'A report arrives',
    order: 'in line',
    says: 'The report is taken, the police are told, and the child is made safe. A trained person screens the child.',
  },
  outcome: {
    title: 'The screening outcome is set',
    order: 'in line',
    says: 'A person decides on a basis to allege. The team and the services begin at once.',
  },
  team: {
    title: 'The team meets',
    order: 'beside',
    says: 'Each required seat is notified. The team meets, and reviews the case until it closes.',
  },
  services: {
    title: 'Services begin',
    order: 'beside',
    says: 'Each need is referred, and the service starts. Three reviews ask what became of all services.',
  },
  investigation: {
    title: 'The report is investigated',
    order: 'beside',
    says: 'These clocks run beside the team and the services, where the report is accepted.',
  },
  closing: {
    title: 'The referral closes',
    order: 'in line',
    says: 'A final review closes it when nothing is owed any more.',
  },
  anytime: { title: 'At any time', order: 'at any time', says: 'Each of these clocks starts when its event happens.' },
} as const satisfies Readonly<Record<string, Omit<MapStage, 'starts'>>>;
type Stage = keyof typeof stageWords;

/** The stage in which each clock starts. A new start of a clock without a stage does not compile. */
const stageOf: Readonly<Record<ClockStart, Stage>> = {
  'receipt of the report': 'report',
  'the candidates found': 'report',
  'the screening outcome': 'outcome',
  'the identification as a victim': 'outcome',
  'the proposal for a child of another state': 'outcome',
  'the notice to the team': 'team',
  'the agreement of the team': 'team',
  'the last meeting or review of the team': 'team',
  'the meeting without the discipline': 'team',
  'the word that no team is known': 'team',
  'the word that a required seat is vacant': 'team',
  'the need for the service': 'services',
  'the referral to the provider': 'services',
  'the first start of a service': 'services',
  'the classification as an investigation': 'investigation',
  'the acceptance for assessment': 'investigation',
  'the reasonable cause to believe that abuse occurred': 'investigation',
  'the finding of the investigation': 'investigation',
  'the proceeding about a member of a tribe, or the word of membership during it': 'anytime',
  'the word that an employee of a facility is alleged': 'report',
  'the word that a school employee is alleged': 'report',
  'the conditions of closure met': 'closing',
  'the question of safety': 'investigation',
  'the information that the child is missing': 'anytime',
  'the news that the child is missing, or the last renewed search': 'anytime',
  'the return of the child': 'anytime',
  'the invocation of the hold': 'anytime',
  'the ex parte order': 'anytime',
  'the first entry to care': 'anytime',
  'the discovery that a foreign national may be a victim': 'anytime',
  'the word that the person is of age': 'anytime',
  'the last business day before the month that holds the 90th day before the eighteenth birthday': 'anytime',
  'the first of the month after the one that holds the 90th day before the eighteenth birthday': 'anytime',
  'the proposal': 'anytime',
  'the corrected place': 'anytime',
  'the emergency access': 'anytime',
};

const recipientName = (recipient: Recipient): string => {
  if (recipient === 'seats') return 'Every seat of the team';
  return recipient.startsWith('seat:') ? `Seat: ${wordsInside(recipient.slice(5))}` : words(recipient);
};

const listed = (codes: readonly string[]): string => codes.map(wordsInside).join(', ');

function onlyFor({ id, ofPathway, subjects }: DeadlineRule): readonly string[] {
  const danger = startedByDanger[id];
  return [
    ...(ofPathway ? [`outcome ${listed(ofPathway)}`] : []),
    ...(danger ? [`if danger is ${danger.join(' or ')}`] : []),
    ...(subjects ? [`one each for ${listed(subjects)}`] : []),
  ];
}

/** Kept by the same milestone of several subjects, such as seven disciplines: said once for the first, and counted. */
function endsOf({ keptBy }: DeadlineRule): readonly string[] {
  const [first, ...others] = keptBy;
  if (first === undefined) return [];
  const [kind] = first.split('-');
  const isOfSubjects = others.length > 2 && others.every((each) => each.startsWith(`${kind}-`));
  return isOfSubjects ? [`${keptWords(first)}, or the like for ${others.length} others`] : keptBy.map(keptWords);
}

/** An unknown counts as danger. */
const inDanger = 'while danger is not ruled out';

/** The roles that a clock waits on, and the one that stands in until a liaison has accepted. */
const whoOf = ({ alert, alertUntilAccepted }: DeadlineRule): readonly string[] => [
  ...alert.map(recipientName),
  ...(alertUntilAccepted ?? []).map((each) => `${recipientName(each)} until a HART liaison has accepted`),
];

function clockOf(rule: DeadlineRule): MapClock {
  const { id, obligation, clockStart: start, duration, durationInDanger, kind, alarm } = rule;
  const { durationFor = {}, durationForService = {} } = rule;
  return {
    id,
    obligation,
    start,
    time: durationWords(duration),
    otherTimes: [
      ...(durationInDanger ? [`${durationWords(durationInDanger)} ${inDanger}`] : []),
      ...Object.entries(durationFor).map(([outcome, time]) => `${durationWords(time)} if ${wordsInside(outcome)}`),
      ...Object.entries(durationForService).map(
        ([service, time]) => `${durationWords(time)} for ${wordsInside(service)}`,
      ),
    ],
    isLaw: kind === 'statute',
    standing: standing(rule),
    alarm: alarm.class,
    otherAlarms: [
      ...(alarm.inDanger ? [`${alarm.inDanger} ${inDanger}`] : []),
      ...(alarm.onReturn ? [`${alarm.onReturn} once the child is back`] : []),
      ...Object.entries(alarm.forSubject ?? {}).map(([service, its]) => `${its} for ${wordsInside(service)}`),
    ],
    who: whoOf(rule),
    next: rule.escalate.map(recipientName),
    ends: endsOf(rule),
    only: onlyFor(rule),
  };
}

/** A start whose length of time is compared, in milliseconds: any instant does. */
const anyMonday = '2026-11-09T15:00:00.000Z';

/** The whole picture as data. The clocks of one start stand in the order in which they are due. */
export function mapOf(policy: Policy): PathwayMap {
  const { jurisdiction, version, deadlines } = policy;
  const lengthOf = (duration: Duration) => Date.parse(dueAt(anyMonday, duration, policy.calendar).due);
  const inOrder = deadlines.toSorted((one, other) => lengthOf(one.duration) - lengthOf(other.duration));
  const byStart = Map.groupBy(inOrder, ({ clockStart }) => clockStart);
  const starts = Object.keys(stageOf) as readonly ClockStart[];
  const stages = Object.entries(stageWords).map(([stage, said]) => ({
    ...said,
    starts: starts
      .filter((start) => stageOf[start] === stage && byStart.has(start))
      .map((start) => ({ start, clocks: (byStart.get(start) ?? []).map(clockOf) })),
  }));
  return {
    jurisdiction,
    version,
    stages: stages.filter(({ starts: own }) => own.length > 0),
    outcomes: openedByOutcome(policy).map(({ outcome, rules, services, populations }) => ({
      outcome: words(outcome),
      opens: rules.map((id) => ({ id, obligation: deadlines.find((rule) => rule.id === id)?.obligation ?? '' })),
      services: services.map(words),
      populations: populations.map(({ population, proposal, rules: also }) => ({
        population: words(population),
        proposal: words(proposal),
        also,
      })),
    })),
  };
}
