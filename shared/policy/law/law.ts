/** What a law allows at most, apart from any policy: the floor that a policy may tighten and never loosen. */

import type { Outcome } from '../../domain/core/vocabulary.ts';
import type { Calendar, Duration } from '../../domain/policy/due.ts';
import type { ClockStart, Confidence, DeadlineRule, Fact, Policy } from '../../domain/policy/policy.ts';
import { isSurer } from './confidence.ts';
import { belowFloor, type Floor, unfit } from './law-floor.ts';

/** The most time a clause gives. With several, nobody has settled yet which one is in force, and any of them is within the law. */
export interface LegalLimit {
  /** The id of the rule that runs this clock. */
  readonly rule: string;
  readonly atMost: readonly [Duration, ...Duration[]];
  readonly clause: string;
  readonly confidence: Confidence;
  /** What the clause counts from, and what keeps it: all of these facts and no other. */
  readonly clockStart?: ClockStart;
  readonly keptBy?: readonly Fact[];
  /** What closing the referral may do instead of waiting for it: leave somebody else's duty to run on, end what nobody can say any more. */
  readonly mayClose?: 'outlives' | 'ends';
  /** Where the row may call itself policy: the act is a duty and its time is not, or no law asks for it. Otherwise it is law. */
  readonly is?: 'a duty' | 'a practice';
  /** The outcome of which this is the limit, where a rule has another after others. */
  readonly after?: Outcome;
  /** When its act stops being of use after the last known assault, no earlier and no later. */
  readonly stop?: Duration;
  /** Counsel has confirmed clause and time. Without it a version says of its row that it awaits them. */
  readonly signedOff?: true;
}

/** `jurisdiction` is that of the policies it binds. */
export interface Law {
  readonly jurisdiction: string;
  readonly limits: readonly LegalLimit[];
  /** What no law gives, and no policy drops or puts off all the same. */
  readonly practice?: readonly LegalLimit[];
  /** What is no clock and binds every policy all the same. */
  readonly floor?: Floor;
  /** The days on which the state works, and the years for which a draft is held against them. */
  readonly workdays?: {
    readonly calendar: Calendar;
    readonly years: { readonly from: number; readonly to: number };
    readonly clause: string;
    readonly confidence: Confidence;
  };
  /** How much more time a policy may let people give, of all rules and of some. */
  readonly extension?: {
    readonly atMost: Duration;
    readonly ofRule: Readonly<Record<string, Duration>>;
    readonly source: string;
    readonly confidence: Confidence;
  };
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

/** Every duration a rule can give, whatever the child's danger and the outcome, or after this outcome. */
const durationsOf = (
  { duration, durationInDanger, durationFor = {} }: DeadlineRule,
  after?: Outcome,
): readonly Duration[] => [
  ...(after ? [durationFor[after] ?? duration] : [duration, ...Object.values(durationFor)]),
  ...(durationInDanger ? [durationInDanger] : []),
];

const tooLong = (rule: DeadlineRule, limits: readonly Duration[], after?: Outcome) =>
  durationsOf(rule, after).find((given) => !limits.some((limit) => isWithin(given, limit)));

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

/** Whether what the clause asks is still what the row asks: begun, kept, told and ended as the law has it. */
function hollowed(limit: LegalLimit, rule: DeadlineRule): readonly string[] {
  const { rule: id, clause, is = 'law', clockStart = rule.clockStart, keptBy = rule.keptBy, after, stop } = limit;
  const asItIs = keptBy.length === rule.keptBy.length && keptBy.every((fact) => rule.keptBy.includes(fact));
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
  const { rule: id, atMost, clause, is = 'law', after } = limit;
  if (!rule) return [`${id} is ${is} by ${clause}, and this policy does not run it.`];
  const given = tooLong(rule, atMost, after);
  return [
    ...hollowed(limit, rule),
    ...(given ? [`${id} gives ${inWords(given)}, and ${clause} allows ${atMost.map(inWords).join(' or ')}.`] : []),
    ...(rule.kind === 'statute' || is !== 'law' ? [] : [`${id} is law by ${clause}: a policy cannot call it its own.`]),
    ...(is === 'a practice' ? [] : confirmedByItself(limit, rule)),
  ];
}

/** A policy cannot confirm what the law beside it leaves unconfirmed. */
function confirmedByItself(limit: LegalLimit, rule: DeadlineRule): readonly string[] {
  const { rule: id, clause, confidence, signedOff } = limit;
  return [
    ...(isSurer(rule.confidence, confidence)
      ? [`${id} is marked ${rule.confidence}, and ${clause} is ${confidence} in the law beside it.`]
      : []),
    ...(rule.kind === 'policy' || rule.awaitsLegalSignOff || signedOff
      ? []
      : [`${id} no longer awaits legal sign-off, and nobody has signed off ${clause} in the law beside it.`]),
  ];
}

/** The rules for which people may be given more time than this law's `extension` has room for. */
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

/** Where there is silence, or a pause of outreach, for longer than the floor has it. */
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
    ] as const
  )
    .filter(([, time]) => !isWithin(time, silence))
    .map(([what, time]) => `${what} after ${inWords(time)}, and ${clause} allows ${inWords(silence)}.`);
  return [...silent, ...paused];
}

/** What the version before ran because the law says so, and this one no longer does. */
function dropped(policy: Policy, { limits }: Law, before: Policy | undefined): readonly string[] {
  return (before?.deadlines ?? [])
    .filter(({ id, kind }) => kind === 'statute' && !limits.some(({ rule }) => rule === id))
    .filter(({ id }) => policy.deadlines.find((rule) => rule.id === id)?.kind !== 'statute')
    .map(({ id, source }) => `${id} is law by ${source} in ${before?.version}, and this version drops it.`);
}

/**
 * Why a policy cannot be used, one sentence each, with the clause where there is one; empty where nothing stands against
 * it. `before` is the version that this one follows.
 */
export function problemsOf(policy: Policy, law: Law, before?: Policy): readonly string[] {
  const ids = policy.deadlines.map(({ id }) => id);
  const duties = law.limits.map(({ rule }) => rule);
  const { remindAt, warnAt, overdueAt } = policy;
  return [
    ...ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `${id} is there twice.`),
    ...unfit(policy),
    ...(law.jurisdiction === policy.jurisdiction ? [] : [`It is not bound by the law of ${law.jurisdiction}.`]),
    // One rule may have a limit of its own after each outcome, and is missing once.
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
 * The policies, oldest first, where each may be used. Throws an error that names every clause one of them would loosen.
 * `check` is what each is held against: a draft against more than what every start of a Lambda has the time for.
 */
export function loaded(policies: readonly Policy[], law: Law, check = problemsOf): readonly Policy[] {
  for (const [index, policy] of policies.entries()) {
    const taken = policies.slice(0, index).some(({ version }) => version === policy.version);
    const problems = [
      ...(taken ? ['Another version bears this name: give it one of its own.'] : []),
      ...check(policy, law, policies[index - 1]),
    ];
    if (problems.length > 0)
      throw new Error(`The policy ${policy.version ?? 'without a version'} is refused: ${problems.join(' ')}`);
  }
  return policies;
}
