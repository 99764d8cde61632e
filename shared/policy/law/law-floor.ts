/** What every policy must have besides the clocks of the law: team, services and tables. */

import type { Discipline, EligibilityOutcome, Outcome, OverlayFlag } from '../../domain/core/vocabulary.ts';
import type { EligibilityInputs, EligibilityRule, OverlayInputs, Policy, When } from '../../domain/policy/policy.ts';
import { isSurer } from './is-surer.ts';
import { belowPeopleFloor, type Clause, type PeopleFloor } from './law-floor-people.ts';

export interface Floor extends PeopleFloor {
  /** A quorum needs one discipline of each group. */
  readonly quorum: Clause & { readonly groups: readonly (readonly Discipline[])[] };
  /** For these inputs an overlay must give the flag, and open the deadline. */
  readonly overlays: readonly (Clause & {
    readonly when: Partial<OverlayInputs>;
    readonly flag: OverlayFlag;
    readonly opens?: string;
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
  /** How sure the ground of an outcome is. No row of a policy may claim more. */
  readonly grounds: readonly (Clause & { readonly outcome: EligibilityOutcome })[];
  /**
   * The worth of an unknown. `fromMost` has the outcomes from the most for the child to the least. For each input, an unknown
   * must be worth at least as much as the answers listed. Where it `mayAsk`, the table may propose legal review instead.
   */
  readonly unknowns: Clause & {
    readonly fromMost: readonly EligibilityOutcome[];
    readonly inputs: readonly {
      readonly input: 'emancipated' | 'resident' | 'dcfClient' | 'inCustody' | 'otherGround' | 'exploitedFor';
      readonly notLessThan: readonly EligibilityInputs[Exclude<keyof EligibilityInputs, 'age' | 'outcome'>][];
      readonly mayAsk?: true;
    }[];
  };
  /** The clause by which a yes or an unknown answer is never proposed as not indicated. */
  readonly screening: Clause;
}

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
export const everyCase = Object.entries(asked).reduce<readonly Readonly<Record<string, string>>[]>(
  (cases, [input, values]) => cases.flatMap((each) => values.map((value) => ({ ...each, [input]: value }))),
  [{}],
) as unknown as readonly EligibilityInputs[];

/**
 * A test of inputs against a condition. It prepares the condition once, because every start of a Lambda tests thousands of cases.
 */
function asker<Inputs>(when: When<Inputs>): (inputs: Inputs) => boolean {
  const conditions = Object.entries(when) as unknown as readonly (readonly [keyof Inputs, readonly unknown[]])[];
  return (inputs) => conditions.every(([input, values]) => values.includes(inputs[input]));
}

/** A cache: the checks look up the same table several times. */
const proposedBy = new WeakMap<Policy['eligibility'], readonly (EligibilityRule | undefined)[]>();

/** The first matching row of each case, in the order of `everyCase`; undefined where no row matches. */
export function rowsOfCases(eligibility: Policy['eligibility']): readonly (EligibilityRule | undefined)[] {
  const known = proposedBy.get(eligibility);
  if (known) return known;
  const rows = eligibility.map((row) => ({ row, holds: asker(row.when) }));
  const found = everyCase.map((each) => rows.find(({ holds }) => holds(each))?.row);
  proposedBy.set(eligibility, found);
  return found;
}

/** Where the parts of a policy contradict each other, whatever the law says. */
export function unfit({ eligibility, screening, team, requiredDisciplines, quiet }: Policy): readonly string[] {
  const required = team.seats.filter(({ seat }) => seat === 'required').map(({ discipline }) => discipline);
  return [
    ...quietProblems(quiet),
    ...(requiredDisciplines.toSorted().join() === required.toSorted().join()
      ? []
      : ['The required disciplines are not those whose seat is required.']),
    ...(Object.keys(screening.rules.at(-1)?.when ?? {}).length === 0
      ? []
      : ['The screening rules end without one for all the rest.']),
    ...(rowsOfCases(eligibility).every((row) => row !== undefined)
      ? []
      : ['The eligibility table has no row for some child.']),
  ];
}

/** One night: mail that asks for an act comes the same day. */
const longestQuiet = 12;

function quietProblems({ from, to }: Policy['quiet']): readonly string[] {
  const hours = (to - from + 24) % 24;
  return hours > longestQuiet ? [`The quiet hours last ${hours} hours, and ${longestQuiet} at most are a night.`] : [];
}

/** Where the policy is below the floor: one sentence each, with the clause. The rules in `duties`, by id, count as law. */
export function belowFloor(policy: Policy, floor: Floor, duties: readonly string[]): readonly string[] {
  return [
    ...belowPeopleFloor(policy, floor, duties),
    ...quorumProblems(policy, floor),
    ...serviceProblems(policy, floor),
    ...tableProblems(policy, floor),
  ];
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

const serviceProblems = ({ servicesFor }: Policy, { services: { atOnce, clause } }: Floor): readonly string[] =>
  atOnce.flatMap((outcome, index) => {
    if (servicesFor[outcome].length === 0) return [`It opens no service for ${outcome}, against ${clause}.`];
    const lower = atOnce[index - 1];
    const fewer = lower ? servicesFor[lower].filter((service) => !servicesFor[outcome].includes(service)) : [];
    return fewer.length > 0
      ? [`It opens ${fewer.join(', ')} for ${lower} and not for ${outcome}, against ${clause}.`]
      : [];
  });

/** True where the row matches in every case in which `when` does. */
function holdsFor(row: When<OverlayInputs>, when: Partial<OverlayInputs>): boolean {
  return (Object.keys(row) as (keyof OverlayInputs)[]).every((input) => {
    const value = when[input];
    return value !== undefined && (row[input] as readonly string[] | undefined)?.includes(value);
  });
}

function tableProblems({ overlays, eligibility, screening }: Policy, floor: Floor): readonly string[] {
  const bare = floor.overlays.filter(
    ({ when, flag, opens }) =>
      !overlays.some(
        (row) => row.flags.includes(flag) && (!opens || row.opens?.includes(opens)) && holdsFor(row.when, when),
      ),
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
      ({ when, flag, opens, clause }) =>
        `No overlay says ${flag}${opens ? ` and opens ${opens}` : ''} where ${Object.entries(when)
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

/** True where earlier rules catch each single yes, and unknown answers, before a rule proposes `not-indicated`. */
function isGuarded({ rules, topics }: Policy['screening']): boolean {
  const at = rules.findIndex(({ outcome }) => outcome === 'not-indicated');
  if (at < 0) return true;
  const weights = [...new Set(Object.values(topics).map(({ weight }) => weight))];
  return [...weights, 'unknown' as const].every((what) =>
    rules.slice(0, at).some(({ when }) => Object.keys(when).length === 1 && when[what] === 1),
  );
}
