/** What law asks of every policy besides clocks: alerts, team, consent, confidentiality, services and decision tables. */

import type {
  ConsentKind,
  Discipline,
  EligibilityOutcome,
  Outcome,
  OverlayFlag,
  Role,
  Service,
} from '../../domain/core/vocabulary.ts';
import type {
  DeadlineRule,
  EligibilityInputs,
  EligibilityRule,
  OverlayInputs,
  Policy,
  Recipient,
  When,
} from '../../domain/policy/policy.ts';

interface Clause {
  readonly clause: string;
}

export interface Floor {
  /** Each clock of law alerts one of these roles, and escalates to one of them that was not alerted before. */
  readonly alerts: Clause & { readonly staff: readonly Role[] };
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
  /** The section that the notice of confidentiality must name. */
  readonly notice: Clause & { readonly names: string };
  /** The least whole days after a tribe received its notice, and those more on its request. */
  readonly tribes: Clause & {
    readonly daysAfterReceipt: number;
    readonly daysWhereUnknown: number;
    readonly moreDaysOnRequest: number;
  };
  /** For these inputs an overlay must give the flag. */
  readonly overlays: readonly (Clause & {
    readonly when: Partial<OverlayInputs>;
    readonly flag: OverlayFlag;
  })[];
  /** Outcomes that the table may not propose for these inputs. */
  readonly never: readonly (Clause & {
    readonly when: When<EligibilityInputs>;
    readonly outcomes: readonly EligibilityOutcome[];
  })[];
  /** The only outcomes that the table may propose for these inputs. */
  readonly always: Floor['never'];
  /** The outcomes that open services at once, from low to high. Each opens at least one, and all that the lower one opens. */
  readonly services: Clause & { readonly atOnce: readonly Outcome[] };
}

/** Where the policy is below the floor: one sentence each, with the clause. The rules in `duties`, by id, count as law. */
export function belowFloor(policy: Policy, floor: Floor, duties: readonly string[]): readonly string[] {
  return [
    ...alertProblems(policy, floor, duties),
    ...teamProblems(policy, floor),
    ...guardProblems(policy, floor),
    ...consentProblems(policy, floor),
    ...noticeProblems(policy, floor),
    ...tribeProblems(policy, floor),
    ...serviceProblems(policy, floor),
    ...tableProblems(policy, floor),
  ];
}

function alertProblems({ deadlines }: Policy, { alerts }: Floor, duties: readonly string[]): readonly string[] {
  const { staff, clause } = alerts;
  const isStaff = (recipient: Recipient) => (staff as readonly Recipient[]).includes(recipient);
  const isLaw = ({ id, kind }: DeadlineRule) => kind === 'statute' || duties.includes(id);
  return deadlines.filter(isLaw).flatMap(({ id, source, alert, escalate }) => {
    if (!alert.some(isStaff)) return [`${id} (${source}) alerts none of the staff, against ${clause}.`];
    return escalate.some((each) => isStaff(each) && !alert.includes(each))
      ? []
      : [`${id} (${source}) escalates to none of the staff who was not alerted before, against ${clause}.`];
  });
}

function teamProblems({ requiredDisciplines, team: { seats } }: Policy, { team }: Floor): readonly string[] {
  const { required, whereAppropriate, clause } = team;
  const seated = (discipline: Discipline) =>
    seats.some((each) => each.discipline === discipline && each.seat !== 'invited');
  const absent = required.filter((discipline) => !requiredDisciplines.includes(discipline));
  const gone = whereAppropriate.filter((discipline) => !seated(discipline));
  return [
    ...(absent.length > 0 ? [`The team lacks ${absent.join(', ')}, which ${clause} requires.`] : []),
    ...(gone.length > 0
      ? [`The team has no seat for ${gone.join(', ')}, which ${clause} names where appropriate.`]
      : []),
  ];
}

const guardWords = {
  consentFirst: 'asks for no written consent first',
  privileged: 'is not marked as privileged',
} as const;

/** A discipline may have several seats: each needs the guard. */
const guardProblems = ({ team }: Policy, { guards }: Floor): readonly string[] =>
  guards
    .filter(({ discipline, guard }) => team.seats.some((each) => each.discipline === discipline && !each[guard]))
    .map(({ discipline, guard, clause }) => `The seat of ${discipline} ${guardWords[guard]}, against ${clause}.`);

const consentProblems = ({ catalogue }: Policy, { consents }: Floor): readonly string[] =>
  consents.flatMap(({ service, kind, clause }) => {
    const { consent, urgent, part2 } = catalogue[service];
    return [
      ...(consent.length > 0 && consent.every((each) => each === kind) && !urgent
        ? []
        : [`The service ${service} begins without the consent ${kind}, against ${clause}.`]),
      ...(part2 ? [] : [`The records of ${service} do not stand apart, against ${clause}.`]),
    ];
  });

const noticeProblems = ({ team }: Policy, { notice: { names, clause } }: Floor): readonly string[] =>
  team.notice.sentences.some((each) => each.includes(names))
    ? []
    : [`The notice of confidentiality does not say what ${clause} asks: it names no ${names}.`];

const tribeProblems = ({ tribes: given }: Policy, { tribes }: Floor): readonly string[] =>
  (['daysAfterReceipt', 'daysWhereUnknown', 'moreDaysOnRequest'] as const)
    .filter((days) => given[days] < tribes[days])
    .map((days) => `The tribe has ${given[days]} days (${days}), and ${tribes.clause} gives ${tribes[days]}.`);

const serviceProblems = ({ servicesFor }: Policy, { services: { atOnce, clause } }: Floor): readonly string[] =>
  atOnce.flatMap((outcome, index) => {
    if (servicesFor[outcome].length === 0) return [`It opens no service for ${outcome}, against ${clause}.`];
    const lower = atOnce[index - 1];
    const fewer = lower ? servicesFor[lower].filter((service) => !servicesFor[outcome].includes(service)) : [];
    return fewer.length > 0
      ? [`It opens ${fewer.join(', ')} for ${lower} and not for ${outcome}, against ${clause}.`]
      : [];
  });

const answers = ['yes', 'no', 'unknown'] as const;
const asked: { readonly [Input in keyof EligibilityInputs]: readonly EligibilityInputs[Input][] } = {
  outcome: ['confirmed', 'high-risk', 'at-risk', 'insufficient-info', 'not-indicated'],
  age: ['under-18', '18-to-20', '21-and-over'],
  emancipated: answers,
  resident: answers,
  dcfClient: answers,
  inCustody: answers,
  otherGround: answers,
  exploitedFor: ['sex', 'labor', 'sex-and-labor', 'unknown'],
};
/** Every combination of the decision's coded inputs. */
const everyCase = Object.entries(asked).reduce<readonly Readonly<Record<string, string>>[]>(
  (cases, [input, values]) => cases.flatMap((each) => values.map((value) => ({ ...each, [input]: value }))),
  [{}],
) as unknown as readonly EligibilityInputs[];

/** A test of inputs against a condition. It prepares the condition once, because it is asked of thousands of cases. */
function asker<Inputs>(when: When<Inputs>): (inputs: Inputs) => boolean {
  const conditions = Object.entries(when) as unknown as readonly (readonly [keyof Inputs, readonly unknown[]])[];
  return (inputs) => conditions.every(([input, values]) => values.includes(inputs[input]));
}

/** The first matching row of each case, in the order of `everyCase`; undefined where no row matches. */
function rowsOfCases(eligibility: Policy['eligibility']): readonly (EligibilityRule | undefined)[] {
  const rows = eligibility.map((row) => ({ row, holds: asker(row.when) }));
  return everyCase.map((each) => rows.find(({ holds }) => holds(each))?.row);
}

/** Whether the table proposes something for every child. */
export const decidesAll = ({ eligibility }: Policy): boolean =>
  rowsOfCases(eligibility).every((row) => row !== undefined);

/** True where the row matches in every case in which `when` does. */
function holdsFor(row: When<OverlayInputs>, when: Partial<OverlayInputs>): boolean {
  return (Object.keys(row) as (keyof OverlayInputs)[]).every((input) => {
    const value = when[input];
    return value !== undefined && (row[input] as readonly string[] | undefined)?.includes(value);
  });
}

function tableProblems({ overlays, eligibility }: Policy, floor: Floor): readonly string[] {
  const bare = floor.overlays.filter(
    ({ when, flag }) => !overlays.some((row) => row.flags.includes(flag) && holdsFor(row.when, when)),
  );
  const rows = rowsOfCases(eligibility);
  const proposedFor = (when: When<EligibilityInputs>) => {
    const concerns = asker(when);
    return [...new Set(everyCase.flatMap((each, at) => (concerns(each) ? (rows[at]?.outcome ?? []) : [])))];
  };
  const inWords = (when: When<EligibilityInputs>) =>
    Object.entries(when)
      .map(([input, values]) => `${input} ${values.join(' or ')}`)
      .join(', ');
  return [
    ...bare.map(
      ({ when, flag, clause }) =>
        `No overlay says ${flag} where ${Object.entries(when)
          .map((pair) => pair.join(' is '))
          .join(' and ')}, which ${clause} asks.`,
    ),
    ...floor.never
      .filter(({ when, outcomes }) => proposedFor(when).some((outcome) => outcomes.includes(outcome)))
      .map(
        ({ when, outcomes, clause }) =>
          `The eligibility table proposes one of ${outcomes.join(', ')} for ${inWords(when)}, against ${clause}.`,
      ),
    ...floor.always.flatMap(({ when, outcomes, clause }) =>
      proposedFor(when)
        .filter((outcome) => !outcomes.includes(outcome))
        .map(
          (outcome) =>
            `The eligibility table proposes ${outcome} for ${inWords(when)}, and ${clause} asks for ${outcomes.join(' or ')}.`,
        ),
    ),
  ];
}
