/** What no policy may lack or hollow out and is no clock of the law: its shape, its team, its tables. */
import type { Duration } from '../domain/due.ts';
import type { EligibilityInputs, EligibilityRule, OverlayInputs, Policy, When } from '../domain/policy.ts';
import type { Answer, Discipline, EligibilityOutcome, OverlayFlag } from '../domain/vocabulary.ts';
import { belowPeopleFloor, type Clause, type PeopleFloor } from './law-floor-people.ts';
import { isSurer } from './sureness.ts';

export interface Floor extends PeopleFloor {
  /** Each group needs one present, or a policy names fewer of them. */
  readonly quorum: Clause & { readonly groups: readonly (readonly Discipline[])[] };
  /** What stands beside every decision on these inputs. */
  readonly overlays: readonly (Clause & { readonly when: Partial<OverlayInputs>; readonly flag: OverlayFlag })[];
  /** What is proposed for none of these inputs. */
  readonly never: readonly (Clause & {
    readonly when: When<EligibilityInputs>;
    readonly outcomes: readonly EligibilityOutcome[];
  })[];
  /** How sure anybody is of the ground that a proposal names: no row of a policy is surer. */
  readonly grounds: readonly (Clause & { readonly outcome: EligibilityOutcome })[];
  /**
   * Which proposal is more for the child, from most to least, and which answers an unknown is never worth less than. Where
   * it `mayAsk`, a lawyer may be asked instead.
   */
  readonly unknowns: Clause & {
    readonly fromMost: readonly EligibilityOutcome[];
    readonly inputs: readonly {
      readonly input: 'emancipated' | 'resident' | 'dcfClient' | 'inCustody' | 'otherGround';
      readonly notLessThan: readonly Answer[];
      readonly mayAsk?: true;
    }[];
  };
  /** How nobody comes to be proposed as not indicated: by what is unknown, or against a yes. */
  readonly screening: Clause;
}

const units = ['minutes', 'hours', 'calendar-days', 'business-days'];

const isTime = (duration: Duration): boolean =>
  duration.unit === 'same-day' ||
  (units.includes(duration.unit) && Number.isInteger(duration.amount) && duration.amount > 0);

const answers = ['yes', 'no', 'unknown'] as const;
const asked: { readonly [Input in keyof EligibilityInputs]: readonly EligibilityInputs[Input][] } = {
  outcome: ['confirmed', 'high-risk', 'at-risk', 'insufficient-info', 'not-indicated'],
  age: ['under-18', '18-to-20', '21-and-over'],
  emancipated: answers,
  resident: answers,
  dcfClient: answers,
  inCustody: answers,
  otherGround: answers,
};
/** Every combination of the coded inputs of the decision. */
export const everyCase = Object.entries(asked).reduce<readonly Readonly<Record<string, string>>[]>(
  (cases, [input, values]) => cases.flatMap((each) => values.map((value) => ({ ...each, [input]: value }))),
  [{}],
) as unknown as readonly EligibilityInputs[];

/** Asks whether a condition holds. It is taken apart once: it is asked of thousands of cases at every start of a Lambda. */
function asker<Inputs>(when: When<Inputs>): (inputs: Inputs) => boolean {
  const conditions = Object.entries(when) as unknown as readonly (readonly [keyof Inputs, readonly unknown[]])[];
  return (inputs) => conditions.every(([input, values]) => values.includes(inputs[input]));
}

/** What a table proposes, asked again and again of one table. */
const proposedBy = new WeakMap<Policy['eligibility'], readonly (EligibilityRule | undefined)[]>();

/** The first row that matches, for every case in its order; undefined where none does. */
export function rowsOfCases(eligibility: Policy['eligibility']): readonly (EligibilityRule | undefined)[] {
  const known = proposedBy.get(eligibility);
  if (known) return known;
  const rows = eligibility.map((row) => ({ row, holds: asker(row.when) }));
  const found = everyCase.map((each) => rows.find(({ holds }) => holds(each))?.row);
  proposedBy.set(eligibility, found);
  return found;
}

const parts = [
  'version',
  'jurisdiction',
  'deadlines',
  'screening',
  'eligibility',
  'overlays',
  'calendar',
  'geography',
  'team',
  'requiredDisciplines',
  'quorum',
  'servicesFor',
  'catalogue',
  'extension',
  'repeatOverdueEvery',
  'mostAlerts',
  'afterEscalation',
  'digest',
  'quiet',
] as const satisfies readonly (keyof Policy)[];

const listParts = [
  'deadlines',
  'eligibility',
  'overlays',
  'requiredDisciplines',
  'quorum',
  'afterEscalation',
] as const satisfies readonly (keyof Policy)[];

/** What makes a policy one that cannot be run at all, whatever the law: a part that is missing or empty, a time that is none. */
export function malformed(policy: Policy): readonly string[] {
  const missing = parts.filter((part) => (policy[part] ?? undefined) === undefined);
  if (missing.length > 0) return [`It has no ${missing.join(', no ')}.`];
  if (typeof policy.version !== 'string' || policy.version.trim() === '') return ['Its version is no name.'];
  const unlisted = listParts.filter((part) => !Array.isArray(policy[part]));
  if (unlisted.length > 0) return [`What it has as ${unlisted.join(', ')} is no list.`];
  if (typeof policy.calendar.isBusinessDay !== 'function' || typeof policy.calendar.why !== 'function') {
    return ['Its calendar does not say which days are business days, and why one is none.'];
  }
  const { deadlines, eligibility, overlays, screening, team, quorum, requiredDisciplines } = policy;
  const lists = { deadlines, eligibility, overlays, 'screening rules': screening.rules, quorum, requiredDisciplines };
  const required = team.seats.filter(({ seat }) => seat === 'required').map(({ discipline }) => discipline);
  return [
    ...Object.entries({ ...lists, 'after-escalation': policy.afterEscalation })
      .filter(([, list]) => list.length === 0)
      .map(([name]) => `It has no ${name}.`),
    ...deadlines.flatMap(rowProblems),
    ...(
      [
        ['An extension', policy.extension.atMost],
        ['An alert is repeated after a time that', policy.repeatOverdueEvery],
      ] as const
    ).flatMap(([what, time]) => (isTime(time) ? [] : [`${what} is no whole time above zero.`])),
    ...(isFullHour(policy.digest.hour) ? [] : ['The hour of the digest is no full hour from 0 to 23.']),
    ...quietProblems(policy.quiet),
    ...(policy.mostAlerts >= 1 ? [] : ['It alerts nobody: mostAlerts is at least 1.']),
    ...(quorum.every((group) => group.length > 0) ? [] : ['A group of the quorum is empty.']),
    ...(requiredDisciplines.toSorted().join() === required.toSorted().join()
      ? []
      : ['The required disciplines are not those whose seat is required.']),
    ...(screening.rules.length === 0 || Object.keys(screening.rules.at(-1)?.when ?? {}).length === 0
      ? []
      : ['The screening rules end without one for all the rest.']),
    ...(eligibility.length === 0 || rowsOfCases(eligibility).every((row) => row !== undefined)
      ? []
      : ['The eligibility table has no row for some child.']),
  ];
}

const isFullHour = (hour: number) => Number.isInteger(hour) && hour >= 0 && hour <= 23;

/** A night, and no more: what asks for something is told the same day. */
const longestQuiet = 12;

function quietProblems({ from, to }: Policy['quiet']): readonly string[] {
  if (!isFullHour(from) || !isFullHour(to))
    return ['The quiet hours do not begin and end at a full hour from 0 to 23.'];
  const hours = (to - from + 24) % 24;
  return hours > longestQuiet ? [`The quiet hours last ${hours} hours, and ${longestQuiet} at most are a night.`] : [];
}

function rowProblems(rule: Policy['deadlines'][number]): readonly string[] {
  const { id, duration, durationInDanger, durationFor = {}, warnAfter, escalateFrom, hardStop, extension } = rule;
  const times = [
    duration,
    durationInDanger,
    ...Object.values(durationFor),
    ...(warnAfter ?? []),
    escalateFrom === 'due' ? undefined : escalateFrom,
    hardStop?.after,
    hardStop?.warnBefore,
    extension?.atMost,
  ].filter((time) => time !== undefined);
  return [
    ...(times.every(isTime) ? [] : [`${id} (${rule.source}) has a time that is no whole one above zero.`]),
    ...(rule.alert.length > 0 && rule.escalate.length > 0
      ? []
      : [`${id} (${rule.source}) alerts or escalates to nobody.`]),
    ...(rule.keptBy.length > 0 ? [] : [`${id} (${rule.source}) is kept by nothing.`]),
    ...(warnAfter?.length === 0 ? [`${id} (${rule.source}) warns nobody before it is due.`] : []),
  ];
}

/** Why a policy lies below the floor, one sentence each with the clause. */
export function belowFloor(policy: Policy, floor: Floor): readonly string[] {
  return [...belowPeopleFloor(policy, floor), ...quorumProblems(policy, floor), ...tableProblems(policy, floor)];
}

function quorumProblems({ quorum }: Policy, floor: Floor): readonly string[] {
  const unmet = floor.quorum.groups.filter(
    (group) => !quorum.some((given) => given.every((discipline) => group.includes(discipline))),
  );
  return unmet.length > 0
    ? [
        `A quorum without ${unmet.map((group) => group.join(' or ')).join(', ')} is less than ${floor.quorum.clause} asks.`,
      ]
    : [];
}

/** True where a row's condition is no narrower than this one. */
function holdsFor(row: When<OverlayInputs>, when: Partial<OverlayInputs>): boolean {
  return (Object.keys(row) as (keyof OverlayInputs)[]).every((input) => {
    const value = when[input];
    return value !== undefined && (row[input] as readonly string[] | undefined)?.includes(value);
  });
}

function tableProblems({ overlays, eligibility, screening }: Policy, floor: Floor): readonly string[] {
  const bare = floor.overlays.filter(
    ({ when, flag }) => !overlays.some((row) => row.flags.includes(flag) && holdsFor(row.when, when)),
  );
  const rows = rowsOfCases(eligibility);
  const wrong = floor.never.filter(({ when, outcomes }) => {
    const concerns = asker(when);
    return rows.some((row, at) => {
      const each = everyCase[at];
      return row !== undefined && each !== undefined && outcomes.includes(row.outcome) && concerns(each);
    });
  });
  return [
    ...bare.map(
      ({ when, flag, clause }) =>
        `No overlay says ${flag} where ${Object.entries(when)
          .map((pair) => pair.join(' is '))
          .join(' and ')}, which ${clause} asks.`,
    ),
    ...wrong.map(
      ({ when, outcomes, clause }) =>
        `The eligibility table proposes one of ${outcomes.join(', ')} for ${Object.values(when)
          .map((values) => values.join(' or '))
          .join(', ')}, against ${clause}.`,
    ),
    ...floor.grounds.flatMap(({ outcome, clause, confidence }) =>
      eligibility
        .filter((row) => row.outcome === outcome && isSurer(row.confidence, confidence))
        .map(
          (row) =>
            `Eligibility row ${row.number} is marked ${row.confidence}, and ${clause} is ${confidence} in the law beside it.`,
        ),
    ),
    ...(isGuarded(screening)
      ? []
      : [
          `The screening rules propose not-indicated where an answer is yes or unknown, against ${floor.screening.clause}.`,
        ]),
  ];
}

/** True where every rule that proposes `not-indicated` comes after one for each single yes, and for what is unknown. */
function isGuarded({ rules, topics }: Policy['screening']): boolean {
  const at = rules.findIndex(({ outcome }) => outcome === 'not-indicated');
  if (at < 0) return true;
  const weights = [...new Set(Object.values(topics).map(({ weight }) => weight))];
  return [...weights, 'unknown' as const].every((what) =>
    rules.slice(0, at).some(({ when }) => Object.keys(when).length === 1 && when[what] === 1),
  );
}
