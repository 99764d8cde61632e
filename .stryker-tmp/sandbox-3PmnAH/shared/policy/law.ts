/** What a law allows at most, apart from any policy: the floor that a policy may tighten and never loosen. */
// @ts-nocheck

import type { Duration } from '../domain/due.ts';
import type { Confidence, DeadlineRule, Policy } from '../domain/policy.ts';

/** The most time a clause gives. With several, nobody has settled yet which one is in force, and any of them is within the law. */
export interface LegalLimit {
  /** The id of the rule that runs this clock. */
  readonly rule: string;
  readonly atMost: readonly [Duration, ...Duration[]];
  readonly clause: string;
  readonly confidence: Confidence;
}

/** `jurisdiction` is that of the policies it binds. */
export interface Law {
  readonly jurisdiction: string;
  readonly limits: readonly LegalLimit[];
}

const inWords = (duration: Duration) =>
  duration.unit === 'same-day' ? 'the same day' : `${duration.amount} ${duration.unit.replace('-', ' ')}`;

/** The longest and the shortest that a duration can be in hours, over a change of the clocks, a late start, a long weekend. */
function spanOf(duration: Duration): { readonly longest: number; readonly shortest: number } {
  if (duration.unit === 'same-day') return { longest: 25, shortest: 0 };
  const { unit, amount } = duration;
  if (unit === 'hours') return { longest: amount, shortest: amount };
  if (unit === 'minutes') return { longest: amount / 60, shortest: amount / 60 };
  if (unit === 'calendar-days') return { longest: amount * 24 + 1, shortest: amount * 24 - 1 };
  // From one minute before midnight to closing time of the next day; how long a run of holidays is depends on the year.
  return { longest: Number.POSITIVE_INFINITY, shortest: amount * 24 - 8 };
}

/** True where `given` can never end after `limit`. */
function isWithin(given: Duration, limit: Duration): boolean {
  if (given.unit === limit.unit) {
    return given.unit === 'same-day' || limit.unit === 'same-day' || given.amount <= limit.amount;
  }
  return spanOf(given).longest <= spanOf(limit).shortest;
}

/** Every duration a rule can give, whatever the child's danger and the outcome. */
const durationsOf = ({ duration, durationInDanger, durationFor = {} }: DeadlineRule): readonly Duration[] => [
  duration,
  ...(durationInDanger ? [durationInDanger] : []),
  ...Object.values(durationFor),
];

const tooLong = (rule: DeadlineRule, limits: readonly Duration[]) =>
  durationsOf(rule).find((given) => !limits.some((limit) => isWithin(given, limit)));

/** Whether the row keeps to what it says of itself: below a limit of the law, warned of in time, extended by nobody where it is law. */
function ownLimit(rule: DeadlineRule): readonly string[] {
  const { id, kind, source, statutoryMaximum: limit, extension, duration, warnAfter = [] } = rule;
  const given = limit && tooLong(rule, [limit]);
  return [
    ...(given && limit ? [`${id} gives ${inWords(given)}, and the law allows ${inWords(limit)} (${source}).`] : []),
    ...(warnAfter.every((after, index) => isWithin(after, warnAfter[index + 1] ?? duration))
      ? []
      : [`${id} warns after it is due, or not in order.`]),
    ...(kind === 'statute' && extension ? [`${id} is law (${source}): nobody may extend it.`] : []),
  ];
}

function againstLaw({ rule: id, atMost, clause }: LegalLimit, rule: DeadlineRule): readonly string[] {
  const given = tooLong(rule, atMost);
  return [
    ...(given ? [`${id} gives ${inWords(given)}, and ${clause} allows ${atMost.map(inWords).join(' or ')}.`] : []),
    ...(rule.kind === 'statute' ? [] : [`${id} is law by ${clause}: a policy cannot call it its own.`]),
  ];
}

/** What the version before ran because the law says so, and this one no longer does. */
function dropped(policy: Policy, before: Policy | undefined): readonly string[] {
  return (before?.deadlines ?? [])
    .filter(({ kind }) => kind === 'statute')
    .filter(({ id }) => policy.deadlines.find((rule) => rule.id === id)?.kind !== 'statute')
    .map(({ id, source }) => `${id} is law by ${source} in ${before?.version}, and this version drops it.`);
}

/**
 * Why a policy cannot be used, one sentence each, with the clause where there is one; empty where nothing stands against
 * it. `before` is the version that this one follows.
 */
export function problemsOf(policy: Policy, law: Law, before?: Policy): readonly string[] {
  const ids = policy.deadlines.map(({ id }) => id);
  const { remindAt, warnAt, overdueAt } = policy;
  return [
    ...ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `${id} is there twice.`),
    ...(law.jurisdiction === policy.jurisdiction ? [] : [`It is not bound by the law of ${law.jurisdiction}.`]),
    ...law.limits.flatMap((limit) => {
      const rule = policy.deadlines.find(({ id }) => id === limit.rule);
      return rule ? againstLaw(limit, rule) : [];
    }),
    ...policy.deadlines.flatMap(ownLimit),
    ...dropped(policy, before),
    ...(0 < remindAt && remindAt < warnAt && warnAt < 1 && 1 < overdueAt
      ? []
      : ['The reminder comes before the warning, the warning before the due instant, the escalation after it.']),
  ];
}

/** The policies, oldest first, where each may be used. Throws an error that names every clause one of them would loosen. */
export function loaded(policies: readonly Policy[], law: Law): readonly Policy[] {
  for (const [index, policy] of policies.entries()) {
    const problems = problemsOf(policy, law, policies[index - 1]);
    if (problems.length > 0) throw new Error(`The policy ${policy.version} is refused: ${problems.join(' ')}`);
  }
  return policies;
}
