/** What no policy may take from the people of a referral: alerts, seats on the team, confidentiality and consent. */

import type { ConsentKind, Discipline, Role, Service } from '../../domain/core/vocabulary.ts';
import type { Confidence } from '../../domain/policy/confidence.ts';
import type { Duration } from '../../domain/policy/due.ts';
import type { DeadlineRule, Policy, Recipient } from '../../domain/policy/policy.ts';
import { isSurer } from './is-surer.ts';

export interface Clause {
  readonly clause: string;
  readonly confidence: Confidence;
}

export interface PeopleFloor {
  readonly alerts: Clause & {
    /**
     * Each clock of law alerts one of these roles, and escalates to one of them that was not alerted before. So do all later
     * steps.
     */
    readonly staff: readonly Role[];
    /** Roles that act on no referral. No clock may alert only these. */
    readonly onlookers: readonly Role[];
    /** The alerts of one deadline that a person gets before the next level is told: from `least` to `most`. */
    readonly least: number;
    readonly most: number;
    /** The longest silence about an overdue deadline, and about a seat before its deputy is asked. */
    readonly silence: Duration;
  };
  readonly team: Clause & {
    readonly required: readonly Discipline[];
    /** Seats that must exist; the coordinator fills them where appropriate. */
    readonly whereAppropriate: readonly Discipline[];
  };
  /** A seat of this discipline must carry this guard. */
  readonly guards: readonly (Clause & {
    readonly discipline: Discipline;
    readonly guard: 'consentFirst' | 'privileged';
  })[];
  /** Services that need this consent and no other. Their records are kept apart. */
  readonly consents: readonly (Clause & { readonly service: Service; readonly kind: ConsentKind })[];
  /** Services that need no consent. */
  readonly withoutConsent: Clause & { readonly services: readonly Service[] };
  /** The longest pause of outreach, and the services that no pause holds up. */
  readonly outreachPause: Clause & { readonly atMost: Duration; readonly never: readonly Service[] };
  /** The least whole days after a tribe received its notice, and those more on its request. */
  readonly tribes: Clause & {
    readonly daysAfterReceipt: number;
    readonly daysWhereUnknown: number;
    readonly moreDaysOnRequest: number;
  };
  /** The section that the notice of confidentiality must name. */
  readonly notice: Clause & { readonly names: string };
}

/**
 * Where the policy is below this floor: one sentence each, with the clause. The rules in `duties`, by id, count as law, even
 * where their rows are marked as policy.
 */
export function belowPeopleFloor(policy: Policy, floor: PeopleFloor, duties: readonly string[]): readonly string[] {
  return [
    ...alertProblems(policy, floor, duties),
    ...teamProblems(policy, floor),
    ...guardProblems(policy, floor),
    ...consentProblems(policy, floor),
    ...noticeProblems(policy, floor),
    ...pauseProblems(policy, floor),
    ...tribeProblems(policy, floor),
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
      : [`A person gets ${mostAlerts} alerts of a deadline, and ${clause} asks for ${least} to ${most}.`]),
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

/** A discipline may have several seats: each needs the guard. */
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
    const { consent, urgent, part2, awaitsLegalSignOff } = entry;
    return [
      ...(consent.length > 0 && consent.every((each) => each === kind) && !urgent
        ? []
        : [`The service ${service} begins without the consent ${kind}, against ${clause}.`]),
      ...(part2 ? [] : [`The records of ${service} do not stand apart, against ${clause}.`]),
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

const tribeProblems = ({ tribes: given }: Policy, { tribes }: PeopleFloor): readonly string[] =>
  (['daysAfterReceipt', 'daysWhereUnknown', 'moreDaysOnRequest'] as const)
    .filter((days) => given[days] < tribes[days])
    .map((days) => `The tribe has ${given[days]} days (${days}), and ${tribes.clause} gives ${tribes[days]}.`);

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
      : [`The notice of confidentiality does not ask for a conflict of interest, against ${notice.clause}.`]),
  ];
}
