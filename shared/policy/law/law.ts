/** The most that a law allows, apart from any policy. A policy may be stricter, never looser. */

import { isAfter } from '../../domain/core/instants.ts';
import type { Outcome } from '../../domain/core/vocabulary.ts';
import type { Confidence } from '../../domain/policy/confidence.ts';
import { type Calendar, type Duration, durationWords } from '../../domain/policy/due.ts';
import { instantOf, isStart } from '../../domain/policy/in-force.ts';
import type { ClockStart, DeadlineRule, Milestone, Policy } from '../../domain/policy/policy.ts';
import { isSurer } from './is-surer.ts';
import { belowFloor, type Floor, unfit } from './law-floor.ts';

/** The most time that a clause gives. With several times, it is unsettled which is in force, and a policy may use any of them. */
export interface LegalLimit {
  /** The id of the deadline rule. */
  readonly rule: string;
  readonly atMost: readonly [Duration, ...Duration[]];
  readonly clause: string;
  readonly confidence: Confidence;
  /** What starts the clock, and the milestones that keep it: exactly these. */
  readonly clockStart?: ClockStart;
  readonly keptBy?: readonly Milestone[];
  /**
   * What closing the referral may do instead of waiting for it. `outlives`: another person's duty runs on. `ends`: no one can do
   * it any more.
   */
  readonly mayClose?: 'outlives' | 'ends';
  /**
   * Why the row may be marked as policy. `a duty`: the law requires the act and gives no time. `a practice`: no law requires it.
   * Without this field the row must be marked as statute.
   */
  readonly is?: 'a duty' | 'a practice';
  /** The limit holds after this outcome, where the rule has several times. */
  readonly after?: Outcome;
  /** How long after the last known assault the act is of use: exactly this. */
  readonly stop?: Duration;
  /**
   * The reports for which the limit holds: received from `from` on, and before `until`. Each an instant, or a day: its
   * midnight in New York. Without it, the limit has no such end.
   */
  readonly from?: string;
  readonly until?: string;
  /** Counsel has confirmed the clause and the time. Without it, the row of a policy must await legal sign-off. */
  readonly signedOff?: true;
}

/** The law of one jurisdiction, for its policies. */
export interface Law {
  readonly jurisdiction: string;
  readonly limits: readonly LegalLimit[];
  /** Limits of no law that a policy may not drop or loosen either. */
  readonly practice?: readonly LegalLimit[];
  /** What every policy must have besides clocks. */
  readonly floor?: Floor;
  /** The days on which the state works, and the years for which a candidate is checked against them. */
  readonly workdays?: {
    readonly calendar: Calendar;
    readonly years: { readonly from: number; readonly to: number };
    readonly clause: string;
    readonly confidence: Confidence;
  };
  /** The longest extension that a policy may allow: for all rules, and for some. */
  readonly extension?: {
    readonly atMost: Duration;
    readonly ofRule: Readonly<Record<string, Duration>>;
    readonly source: string;
    readonly confidence: Confidence;
  };
}

const inWords = (duration: Duration) =>
  duration.unit === 'same-day' ? durationWords(duration) : `${duration.amount} ${duration.unit.replace('-', ' ')}`;

/** The longest and the shortest time of a duration, in hours: clock changes, a late start and long weekends count. */
function spanOf(duration: Duration): { readonly longest: number; readonly shortest: number } {
  if (duration.unit === 'same-day') return { longest: 25, shortest: duration.atLeastHours ?? 0 };
  const { unit, amount } = duration;
  if (unit === 'hours') return { longest: amount, shortest: amount };
  if (unit === 'minutes') return { longest: amount / 60, shortest: amount / 60 };
  // Never more than 24 hours a day, and an hour less over the spring change.
  if (unit === 'calendar-days') return { longest: amount * 24, shortest: amount * 24 - 1 };
  // The shortest is from just before midnight to closing time of the next day. The longest depends on the year's holidays.
  return { longest: Number.POSITIVE_INFINITY, shortest: amount * 24 - 8 };
}

/** The least hours of a time that ends with its day. */
const leastOf = (duration: Duration): number => (duration.unit === 'same-day' ? (duration.atLeastHours ?? 0) : 0);

/** True where `given` never ends after `limit`. */
function isWithin(given: Duration, limit: Duration): boolean {
  if (given.unit === limit.unit) {
    return given.unit === 'same-day' || limit.unit === 'same-day'
      ? leastOf(given) <= leastOf(limit)
      : given.amount <= limit.amount;
  }
  return spanOf(given).longest <= spanOf(limit).shortest;
}

/** Every duration of a rule: for all outcomes, or only for `after`, each with that for a child in danger. */
const durationsOf = (
  { duration, durationInDanger, durationFor = {}, durationForService = {} }: DeadlineRule,
  after?: Outcome,
): readonly Duration[] => [
  ...(after ? [durationFor[after] ?? duration] : [duration, ...Object.values(durationFor)]),
  ...(durationInDanger ? [durationInDanger] : []),
  ...Object.values(durationForService),
];

const tooLong = (rule: DeadlineRule, limits: readonly Duration[], after?: Outcome) =>
  durationsOf(rule, after).find((given) => !limits.some((limit) => isWithin(given, limit)));

/** Whether the row fits its own marks: its statutory limit, the order of warnings, and no extension of law. */
function ownLimit(rule: DeadlineRule): readonly string[] {
  const { id, kind, source, statutoryMaximum: limit, extension, duration, warnAfter = [] } = rule;
  const given = limit && tooLong(rule, [limit]);
  return [
    ...(given && limit ? [`${id} gives ${inWords(given)}, and the law allows ${inWords(limit)} (${source}).`] : []),
    ...(warnAfter.every((after, index) => isWithin(after, warnAfter[index + 1] ?? duration))
      ? []
      : [`${id} warns after it is due, or not in order.`]),
    ...(kind === 'statute' && extension ? [`${id} is law (${source}): no one may extend it.`] : []),
  ];
}

/** Whether the row still does what the clause asks: its start, its milestones, its closing and its escalation. */
function hollowed(limit: LegalLimit, rule: DeadlineRule): readonly string[] {
  const { rule: id, clause, is = 'law', clockStart = rule.clockStart, keptBy = rule.keptBy, after, stop } = limit;
  const asItIs = keptBy.length === rule.keptBy.length && keptBy.every((milestone) => rule.keptBy.includes(milestone));
  const { closing, escalateFrom, duration, ofPathway, subjects, hardStop } = rule;
  return [
    ...(clockStart === rule.clockStart
      ? []
      : [`${id} counts from ${rule.clockStart}, and ${clause} from ${clockStart}.`]),
    ...(asItIs
      ? []
      : [`${id} is kept by ${rule.keptBy.join(', ') || 'nothing'}, and ${clause} asks for ${keptBy.join(', ')}.`]),
    ...(closing === 'waits' || closing === limit.mayClose
      ? []
      : [`${id} is ${is} by ${clause}: closing the referral waits for it.`]),
    ...((ofPathway && !after) || subjects || (hardStop && !stop)
      ? [`${id} is ${is} by ${clause}: it has no pathway, subjects or stop that it ends with.`]
      : []),
    ...(after && ofPathway?.includes(after) === false
      ? [`${id} is not of the pathway of ${after}, for which ${clause} asks.`]
      : []),
    ...(stop && !(hardStop && isWithin(hardStop.after, stop) && isWithin(stop, hardStop.after))
      ? [`${id} does not stop ${inWords(stop)} after the last known assault, as ${clause} asks.`]
      : []),
    ...(escalateFrom === undefined || escalateFrom === 'due' || isWithin(escalateFrom, duration)
      ? []
      : [
          `${id} escalates ${inWords(escalateFrom)} after it was due, later than the time ${clause} gives for the whole.`,
        ]),
  ];
}

function againstLaw(limit: LegalLimit, rule: DeadlineRule | undefined): readonly string[] {
  const { rule: id, atMost, clause, is = 'law', after, from } = limit;
  if (!rule) return [`${id} is ${is} by ${clause}, and this policy does not run it.`];
  const given = tooLong(rule, atMost, after);
  return [
    ...hollowed(limit, rule),
    ...(given
      ? [
          `${id} gives ${inWords(given)}, and ${clause} allows ${atMost.map(inWords).join(' or ')}${from === undefined ? '' : ` from ${from}`}.`,
        ]
      : []),
    ...(rule.kind === 'statute' || is !== 'law' ? [] : [`${id} is law by ${clause}: a policy cannot call it its own.`]),
    ...(is === 'a practice' ? [] : confirmedByItself(limit, rule)),
  ];
}

/** A policy may not mark as confirmed what the law leaves unconfirmed. */
function confirmedByItself(limit: LegalLimit, rule: DeadlineRule): readonly string[] {
  const { rule: id, clause, confidence, signedOff } = limit;
  return [
    ...(isSurer(rule.confidence, confidence)
      ? [`${id} is marked ${rule.confidence}, and ${clause} is ${confidence} in the law beside it.`]
      : []),
    ...(rule.kind === 'policy' || rule.awaitsLegalSignOff || signedOff
      ? []
      : [`${id} no longer awaits legal sign-off, and no lawyer has signed off ${clause} in the law beside it.`]),
  ];
}

/** Rules with a longer extension than this law's `extension` allows. */
function extendedTooFar({ deadlines, extension }: Policy, law: Law): readonly string[] {
  const most = law.extension;
  if (!most) return [];
  return deadlines
    .filter(({ kind }) => kind === 'policy')
    .flatMap((rule) => {
      const { atMost } = rule.extension ?? extension;
      const limit = most.ofRule[rule.id] ?? most.atMost;
      return isWithin(atMost, limit)
        ? []
        : [`${rule.id} may be extended by ${inWords(atMost)}, and ${most.source} allows ${inWords(limit)}.`];
    });
}

/** Silences and pauses of outreach that are longer than the floor allows. */
function silentTooLong({ repeatOverdueEvery, team, outreachPause }: Policy, { floor }: Law): readonly string[] {
  if (!floor) return [];
  const { silence, clause } = floor.alerts;
  const { atMost, clause: ofPause } = floor.outreachPause;
  const paused = isWithin(outreachPause.atMost, atMost)
    ? []
    : [`Outreach is paused for ${inWords(outreachPause.atMost)} at a time, and ${ofPause} allows ${inWords(atMost)}.`];
  const silent = (
    [
      ['What is overdue is told again', repeatOverdueEvery],
      ['A deputy is asked', team.deputyAfter.silence],
      ['A coordinator is told of a seat that was not reached', team.notReachedAfter.time],
    ] as const
  )
    .filter(([, time]) => !isWithin(time, silence))
    .map(([what, time]) => `${what} after ${inWords(time)}, and ${clause} allows ${inWords(silence)}.`);
  return [...silent, ...paused];
}

/** Rules that the version before marked as law, and this one does not. */
function dropped(policy: Policy, { limits }: Law, before: Policy | undefined): readonly string[] {
  return (before?.deadlines ?? [])
    .filter(({ id, kind }) => kind === 'statute' && !limits.some(({ rule }) => rule === id))
    .filter(({ id }) => policy.deadlines.find((rule) => rule.id === id)?.kind !== 'statute')
    .map(({ id, source }) => `${id} is law by ${source} in ${before?.version}, and this version drops it.`);
}

/**
 * The law as it binds a policy: the limits that hold for a report of its time. That time ends where the version after it comes
 * into force.
 */
function lawOf(policy: Policy, law: Law, after: Policy | undefined): Law {
  const start = instantOf(policy.inForceFrom);
  const next = after && isStart(after.inForceFrom) ? instantOf(after.inForceFrom) : undefined;
  const end = next !== undefined && isAfter(next, start) ? next : undefined;
  const binds = ({ from, until }: LegalLimit) =>
    (until === undefined || isAfter(instantOf(until), start)) &&
    (from === undefined || end === undefined || isAfter(end, instantOf(from)));
  return { ...law, limits: law.limits.filter(binds), practice: law.practice?.filter(binds) ?? [] };
}

/**
 * Why a policy cannot be used: one sentence each, with the clause where there is one. Empty where all is well. `before` and
 * `after` are the versions before and after this one.
 */
export function problemsOf(policy: Policy, wholeLaw: Law, before?: Policy, after?: Policy): readonly string[] {
  const law = lawOf(policy, wholeLaw, after);
  const ids = policy.deadlines.map(({ id }) => id);
  const duties = law.limits.map(({ rule }) => rule);
  const { remindAt, warnAt, overdueAt } = policy;
  return [
    ...ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `${id} is there twice.`),
    ...unfit(policy),
    ...(law.jurisdiction === policy.jurisdiction ? [] : [`It is not bound by the law of ${law.jurisdiction}.`]),
    // A missing rule with several limits would be reported once for each limit. The set removes the copies.
    ...new Set(
      [...law.limits, ...(law.practice ?? [])].flatMap((limit) =>
        againstLaw(
          limit,
          policy.deadlines.find(({ id }) => id === limit.rule),
        ),
      ),
    ),
    ...policy.deadlines.flatMap(ownLimit),
    ...dropped(policy, law, before),
    ...extendedTooFar(policy, law),
    ...silentTooLong(policy, law),
    ...(law.floor ? belowFloor(policy, law.floor, duties) : []),
    ...(0 < remindAt && remindAt < warnAt && warnAt < 1 && 1 < overdueAt && overdueAt <= 2
      ? []
      : [
          'The reminder comes before the warning, the warning before the due instant, the escalation after it and within twice the time.',
        ]),
  ];
}

/**
 * Returns the policies, oldest first. Throws an error that names every clause that one of them would loosen. `check` holds the
 * checks: a candidate gets more of them than what the compiler has read.
 */
export function loaded(policies: readonly Policy[], law: Law, check = problemsOf): readonly Policy[] {
  for (const [index, policy] of policies.entries()) {
    const taken = policies.slice(0, index).some(({ version }) => version === policy.version);
    const problems = [
      ...(taken ? ['Another version bears this name: give it one of its own.'] : []),
      ...check(policy, law, policies[index - 1], policies[index + 1]),
    ];
    if (problems.length > 0)
      throw new Error(`The policy ${policy.version ?? 'without a version'} is refused: ${problems.join(' ')}`);
  }
  return policies;
}

/**
 * As `loaded`, for versions that are to be released together: each must come into force after the version before it. A version
 * that changed the time of an older one would change the referrals that the older one has already.
 */
export function releasable(policies: readonly Policy[], law: Law, check = problemsOf): readonly Policy[] {
  for (const [index, { version, inForceFrom }] of loaded(policies, law, check).entries()) {
    const before = policies[index - 1];
    if (before && !isAfter(instantOf(inForceFrom), instantOf(before.inForceFrom)))
      throw new Error(
        `The policy ${version} is refused: it is in force from ${inForceFrom}, and ${before.version} before it from ${before.inForceFrom}. Give it a later day in inForceFrom.`,
      );
  }
  return policies;
}
