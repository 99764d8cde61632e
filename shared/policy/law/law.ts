/** The most that a law allows, apart from any policy. A policy may be stricter, never looser. */

import { isAfter } from '../../domain/core/instants.ts';
import type { Confidence } from '../../domain/policy/confidence.ts';
import { type Calendar, type Duration, durationWords } from '../../domain/policy/due.ts';
import { instantOf, isStart } from '../../domain/policy/in-force.ts';
import type { ClockStart, DeadlineRule, Milestone, Policy } from '../../domain/policy/policy.ts';
import { belowFloor, decidesAll, type Floor } from './law-floor.ts';

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
  /** What closing the referral may do instead of waiting for it. `outlives`: another person's duty runs on. */
  readonly mayClose?: 'outlives';
  /** The law requires the act and gives no time. So the row may be marked as policy; else it must be marked as statute. */
  readonly is?: 'a duty';
  /** The longest extension of a duty that is marked as policy. No one may extend a statute. */
  readonly extendedBy?: Duration;
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
  /** What law asks of every policy besides clocks. */
  readonly floor?: Floor;
  /** The days on which the state works. In these years the calendar of a policy is compared with them. */
  readonly workdays?: {
    readonly calendar: Calendar;
    readonly years: { readonly from: number; readonly to: number };
    readonly clause: string;
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

/** Every duration of a rule: for all outcomes and services, and for a child in danger. */
const durationsOf = ({
  duration,
  durationInDanger,
  durationFor = {},
  durationForService = {},
}: DeadlineRule): readonly Duration[] => [
  duration,
  ...Object.values(durationFor),
  ...(durationInDanger ? [durationInDanger] : []),
  ...Object.values(durationForService),
];

const tooLong = (rule: DeadlineRule, limits: readonly Duration[]) =>
  durationsOf(rule).find((given) => !limits.some((limit) => isWithin(given, limit)));

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
  const { rule: id, clause, is = 'law', clockStart = rule.clockStart, keptBy = rule.keptBy } = limit;
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
    ...(ofPathway || subjects || hardStop
      ? [`${id} is ${is} by ${clause}: it has no pathway, subjects or stop that it ends with.`]
      : []),
    ...(escalateFrom === undefined || escalateFrom === 'due' || isWithin(escalateFrom, duration)
      ? []
      : [
          `${id} escalates ${inWords(escalateFrom)} after it was due, later than the time ${clause} gives for the whole.`,
        ]),
  ];
}

function againstLaw(limit: LegalLimit, policy: Policy): readonly string[] {
  const { rule: id, atMost, clause, is = 'law', from, extendedBy, signedOff } = limit;
  const rule = policy.deadlines.find((each) => each.id === id);
  if (!rule) return [`${id} is ${is} by ${clause}, and this policy does not run it.`];
  const given = tooLong(rule, atMost);
  const extension = (rule.extension ?? policy.extension).atMost;
  return [
    ...hollowed(limit, rule),
    ...(given
      ? [
          `${id} gives ${inWords(given)}, and ${clause} allows ${atMost.map(inWords).join(' or ')}${from === undefined ? '' : ` from ${from}`}.`,
        ]
      : []),
    ...(rule.kind === 'statute' || is !== 'law' ? [] : [`${id} is law by ${clause}: a policy cannot call it its own.`]),
    ...(rule.kind === 'statute' || !extendedBy || isWithin(extension, extendedBy)
      ? []
      : [`${id} may be extended by ${inWords(extension)}, and ${clause} allows ${inWords(extendedBy)}.`]),
    // A policy may not mark as confirmed what counsel has not confirmed.
    ...(rule.kind === 'policy' || rule.awaitsLegalSignOff || signedOff
      ? []
      : [`${id} no longer awaits legal sign-off, and no lawyer has signed off ${clause} in the law beside it.`]),
  ];
}

/**
 * One mail tells of a whole group. So its rules tell the same people, and none has a hard stop, whose warnings go to
 * others. None tells a provider, who hears of its own service alone.
 */
function unlikeInGroup({ deadlines }: Policy): readonly string[] {
  const people = ({ alert, alertUntilAccepted = [], escalate }: DeadlineRule) =>
    JSON.stringify([alert, alertUntilAccepted, escalate].map((each) => each.toSorted()));
  return deadlines.flatMap((rule) => {
    const first = deadlines.find(({ group }) => group !== undefined && group === rule.group);
    if (!first) return [];
    const told = [...rule.alert, ...(rule.alertUntilAccepted ?? []), ...rule.escalate];
    if (told.includes('provider')) return [`${rule.id} tells a provider, so it can be in no group of duties.`];
    if (rule.hardStop) return [`${rule.id} has a hard stop, so it can be in no group of duties.`];
    if (people(rule) === people(first)) return [];
    return [`${rule.id} and ${first.id} are in one group of duties, ${rule.group}, and tell different people.`];
  });
}

/**
 * The first business day of the law that the policy does not count, because that would delay a deadline. An extra business
 * day only brings it nearer.
 */
function fewerDays({ calendar }: Policy, { workdays }: Law): readonly string[] {
  if (!workdays || calendar === workdays.calendar) return [];
  const end = Date.UTC(workdays.years.to + 1, 0, 1);
  for (let day = Date.UTC(workdays.years.from, 0, 1); day < end; day += 86_400_000) {
    const date = new Date(day).toISOString().slice(0, 10);
    if (workdays.calendar.isBusinessDay(date) && !calendar.isBusinessDay(date))
      return [`The calendar does not count ${date} as a business day, which it is by ${workdays.clause}.`];
  }
  return [];
}

/** Where the parts of a policy contradict each other, whatever the law says. */
function unfit(policy: Policy): readonly string[] {
  const { deadlines, screening, team, requiredDisciplines, remindAt, warnAt, overdueAt } = policy;
  const ids = deadlines.map(({ id }) => id);
  const required = team.seats.filter(({ seat }) => seat === 'required').map(({ discipline }) => discipline);
  return [
    ...ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `${id} is there twice.`),
    ...unknownDeadlines(policy),
    ...(requiredDisciplines.toSorted().join() === required.toSorted().join()
      ? []
      : ['The required disciplines are not those whose seat is required.']),
    ...(Object.keys(screening.rules.at(-1)?.when ?? {}).length === 0
      ? []
      : ['The screening rules end without one for all the rest.']),
    ...(decidesAll(policy) ? [] : ['The eligibility table has no row for some child.']),
    ...(0 < remindAt && remindAt < warnAt && warnAt < 1 && 1 < overdueAt && overdueAt <= 2
      ? []
      : [
          'The reminder comes before the warning, the warning before the due instant, the escalation after it and within twice the time.',
        ]),
  ];
}

/** Deadlines that a row names but the policy does not have. */
function unknownDeadlines({ deadlines, overlays, eligibility, catalogue }: Policy): readonly string[] {
  const named = [
    ...overlays.map(({ letter, opens = [] }) => [`Overlay ${letter}`, opens] as const),
    ...eligibility.map(({ number, opens = [] }) => [`Eligibility row ${number}`, opens] as const),
    ...Object.entries(catalogue).map(([service, { clocks }]) => [`The service ${service}`, clocks] as const),
  ];
  return named.flatMap(([what, ids]) =>
    ids
      .filter((id) => !deadlines.some((rule) => rule.id === id))
      .map((id) => `${what} names ${id}, which is no deadline of this policy.`),
  );
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
  return { ...law, limits: law.limits.filter(binds) };
}

/**
 * Why a policy cannot be used: one sentence each, with the clause where there is one. Empty where all is well. `before` and
 * `after` are the versions before and after this one.
 */
export function problemsOf(policy: Policy, wholeLaw: Law, before?: Policy, after?: Policy): readonly string[] {
  if (!isStart(policy.inForceFrom)) return [`${policy.inForceFrom} in inForceFrom is no day and no instant.`];
  const law = lawOf(policy, wholeLaw, after);
  const duties = law.limits.map(({ rule }) => rule);
  return [
    ...(law.jurisdiction === policy.jurisdiction ? [] : [`It is not bound by the law of ${law.jurisdiction}.`]),
    // A missing rule with several limits would be reported once for each limit. The set removes the copies.
    ...new Set(law.limits.flatMap((limit) => againstLaw(limit, policy))),
    ...policy.deadlines.flatMap(ownLimit),
    ...dropped(policy, law, before),
    ...unlikeInGroup(policy),
    ...fewerDays(policy, law),
    ...(law.floor ? belowFloor(policy, law.floor, duties) : []),
    ...unfit(policy),
  ];
}

/** Returns the policies, oldest first. Throws an error that names every clause that one of them would loosen. */
export function loaded(policies: readonly Policy[], law: Law): readonly Policy[] {
  for (const [index, policy] of policies.entries()) {
    const taken = policies.slice(0, index).some(({ version }) => version === policy.version);
    const problems = [
      ...(taken ? ['Another version bears this name: give it one of its own.'] : []),
      ...problemsOf(policy, law, policies[index - 1], policies[index + 1]),
    ];
    if (problems.length > 0) throw new Error(`The policy ${policy.version} is refused: ${problems.join(' ')}`);
  }
  return policies;
}

/**
 * As `loaded`, for versions that are to be released together: each must come into force after the version before it. A version
 * that changed the time of an older one would change the referrals that the older one has already.
 */
export function releasable(policies: readonly Policy[], law: Law): readonly Policy[] {
  for (const [index, { version, inForceFrom }] of loaded(policies, law).entries()) {
    const before = policies[index - 1];
    if (before && !isAfter(instantOf(inForceFrom), instantOf(before.inForceFrom)))
      throw new Error(
        `The policy ${version} is refused: it is in force from ${inForceFrom}, and ${before.version} before it from ${before.inForceFrom}. Give it a later day in inForceFrom.`,
      );
  }
  return policies;
}
