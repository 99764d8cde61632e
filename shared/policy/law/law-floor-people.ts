/** What no policy may take from the people of a referral: who is told, who sits on the team, what is confidential, what needs consent. */

import type { ConsentKind, Discipline, Role, Service } from '../../domain/core/vocabulary.ts';
import type { Duration } from '../../domain/policy/due.ts';
import type { Confidence, DeadlineRule, Policy, Recipient } from '../../domain/policy/policy.ts';
import { isSurer } from './confidence.ts';

export interface Clause {
  readonly clause: string;
  readonly confidence: Confidence;
}

export interface PeopleFloor {
  readonly alerts: Clause & {
    /** Of these one is told of each clock of law, and one who was not told yet is next, and every one after them. */
    readonly staff: readonly Role[];
    /** Who act on no referral: no clock is told to these alone. */
    readonly onlookers: readonly Role[];
    /** How many alerts of one deadline somebody hears before the next is told instead. */
    readonly least: number;
    readonly most: number;
    /** How long there may be silence about what is overdue, or of a seat before its deputy is asked. */
    readonly silence: Duration;
  };
  readonly team: Clause & {
    readonly required: readonly Discipline[];
    /** Their seat is there for whoever convenes the team to fill. */
    readonly whereAppropriate: readonly Discipline[];
  };
  /** Where the team has a seat of this discipline, this stands beside it. */
  readonly guards: readonly (Clause & {
    readonly discipline: Discipline;
    readonly guard: 'consentFirst' | 'privileged';
  })[];
  /** Services that wait for this consent and no other, whose records stand apart. */
  readonly consents: readonly (Clause & { readonly service: Service; readonly kind: ConsentKind })[];
  /** Services that wait for nobody's consent. */
  readonly withoutConsent: Clause & { readonly services: readonly Service[] };
  /** The longest pause of outreach, and the services that none holds up. */
  readonly outreachPause: Clause & { readonly atMost: Duration; readonly never: readonly Service[] };
  /** The section that the notice of confidentiality names. */
  readonly notice: Clause & { readonly names: string };
}

/**
 * Why a policy takes from the people what this floor gives, one sentence each with the clause. `duties` are the ids of the rules
 * that the law asks for, whatever their rows call themselves.
 */
export function belowPeopleFloor(policy: Policy, floor: PeopleFloor, duties: readonly string[]): readonly string[] {
  return [
    ...alertProblems(policy, floor, duties),
    ...teamProblems(policy, floor),
    ...guardProblems(policy, floor),
    ...consentProblems(policy, floor),
    ...noticeProblems(policy, floor),
    ...pauseProblems(policy, floor),
  ];
}

function alertProblems(policy: Policy, { alerts }: PeopleFloor, duties: readonly string[]): readonly string[] {
  const { deadlines, mostAlerts, afterEscalation } = policy;
  const { staff, onlookers, least, most, clause } = alerts;
  const among = (list: readonly Role[]) => (recipient: Recipient) => (list as readonly Recipient[]).includes(recipient);
  const unheard = (rule: DeadlineRule): readonly string[] => {
    const isLaw = rule.kind === 'statute' || duties.includes(rule.id);
    const canAct = isLaw ? among(staff) : (recipient: Recipient) => !among(onlookers)(recipient);
    const deaf = (['alert', 'escalate'] as const).filter((list) => !rule[list].some(canAct));
    const who = isLaw ? 'none of the staff' : `only ${onlookers.join(' or ')}`;
    const told = `${rule.id} (${rule.source})`;
    if (deaf.length > 0) return deaf.map((list) => `${told} ${list}s ${who}, against ${clause}.`);
    const isNew = (recipient: Recipient) => canAct(recipient) && !rule.alert.includes(recipient);
    return isLaw && !rule.escalate.some(isNew)
      ? [`${told} escalates to none of the staff who was not alerted before, against ${clause}.`]
      : [];
  };
  return [
    ...deadlines.flatMap(unheard),
    ...(afterEscalation.every((role) => staff.includes(role))
      ? []
      : [`After the escalation come ${afterEscalation.join(', ')}, who are not all of the staff, against ${clause}.`]),
    ...(least <= mostAlerts && mostAlerts <= most
      ? []
      : [`Somebody hears ${mostAlerts} alerts of a deadline, and ${clause} asks for ${least} to ${most}.`]),
  ];
}

function teamProblems({ requiredDisciplines, team: { seats } }: Policy, { team }: PeopleFloor): readonly string[] {
  const { required, whereAppropriate, clause, confidence } = team;
  const seated = (discipline: Discipline) =>
    seats.some((each) => each.discipline === discipline && each.seat !== 'invited');
  const absent = required.filter((discipline) => !requiredDisciplines.includes(discipline));
  const gone = whereAppropriate.filter((discipline) => !seated(discipline));
  const surer = seats.filter(
    (each) => [...required, ...whereAppropriate].includes(each.discipline) && isSurer(each.confidence, confidence),
  );
  return [
    ...(absent.length > 0 ? [`The team lacks ${absent.join(', ')}, which ${clause} requires.`] : []),
    ...(gone.length > 0
      ? [`The team has no seat for ${gone.join(', ')}, which ${clause} names where appropriate.`]
      : []),
    ...surer.map(
      (each) =>
        `The seat of ${each.discipline} is marked ${each.confidence}, and ${clause} is ${confidence} in the law beside it.`,
    ),
  ];
}

const guardWords = {
  consentFirst: 'asks for no written consent first',
  privileged: 'is not marked as privileged',
} as const;

/** A discipline may be there twice: each of its seats is guarded. */
const guardProblems = ({ team }: Policy, { guards }: PeopleFloor): readonly string[] =>
  guards.flatMap(({ discipline, guard, clause, confidence }) =>
    team.seats
      .filter((each) => each.discipline === discipline)
      .flatMap(({ [guard]: given }) => {
        if (!given) return [`The seat of ${discipline} ${guardWords[guard]}, against ${clause}.`];
        return isSurer(given.confidence, confidence)
          ? [
              `The seat of ${discipline} marks ${clause} ${given.confidence}, which is ${confidence} in the law beside it.`,
            ]
          : [];
      }),
  );

const consentProblems = ({ catalogue }: Policy, { consents, withoutConsent }: PeopleFloor): readonly string[] => [
  ...consents.flatMap(({ service, kind, clause, confidence }) => {
    const entry = catalogue[service];
    const { consent, urgent, apart, awaitsLegalSignOff } = entry;
    return [
      ...(consent.length > 0 && consent.every((each) => each === kind) && !urgent
        ? []
        : [`The service ${service} begins without the consent ${kind}, against ${clause}.`]),
      ...(apart ? [] : [`The records of ${service} do not stand apart, against ${clause}.`]),
      ...(awaitsLegalSignOff && !isSurer(entry.confidence, confidence)
        ? []
        : [`The service ${service} is confirmed further than ${clause} is in the law beside it.`]),
    ];
  }),
  ...withoutConsent.services
    .filter((service) => !catalogue[service].urgent && catalogue[service].consent.length > 0)
    .map(
      (service) =>
        `The service ${service} waits for the consent ${catalogue[service].consent.join(' or ')}, against ${withoutConsent.clause}.`,
    ),
];

const pauseProblems = (
  { outreachPause: given }: Policy,
  { outreachPause: { never, clause } }: PeopleFloor,
): readonly string[] =>
  never
    .filter((service) => !given.never.includes(service))
    .map((service) => `A pause of outreach holds up ${service}, against ${clause}.`);

function noticeProblems({ team }: Policy, { notice }: PeopleFloor): readonly string[] {
  const { sentences, question, confidence } = team.notice;
  return [
    ...(isSurer(confidence, notice.confidence)
      ? [
          `The notice of confidentiality is marked ${confidence}, and ${notice.clause} is ${notice.confidence} in the law beside it.`,
        ]
      : []),
    ...(sentences.some((each) => each.includes(notice.names))
      ? []
      : [`The notice of confidentiality does not say what ${notice.clause} asks: it names no ${notice.names}.`]),
    ...(question.includes('?')
      ? []
      : [`The notice of confidentiality asks nobody for a conflict of interest, against ${notice.clause}.`]),
  ];
}
