/**
 * The call tasks of a referral. Each has the duty with its due time, the people to call, the words to say, and the earlier calls.
 * A task names only professionals and public agencies, and has no number of the child or the family.
 */

import { isRinging, passedOnAt } from '../../domain/alerts/alarms.ts';
import { mayAnswer } from '../../domain/alerts/answering.ts';
import type { CallResult } from '../../domain/calls/call-events.ts';
import { callsUnderWay } from '../../domain/calls/call-records.ts';
import type { Call } from '../../domain/calls/call-state.ts';
import { callWordsOf, urgencyOf } from '../../domain/calls/call-words.ts';
import {
  dutiesByPhone,
  holderOf,
  isForAgency,
  mayCall,
  policeNoticeOf,
  rolesToCall,
} from '../../domain/calls/calls.ts';
import { aboutOfDuty } from '../../domain/calls/duty-about.ts';
import { mayRelease } from '../../domain/calls/holder-commands.ts';
import type { CommandName } from '../../domain/commands.ts';
import { clockTime } from '../../domain/core/local-time.ts';
import { careline } from '../../domain/core/role-groups.ts';
import { whereKnown } from '../../domain/core/where-known.ts';
import { unlessKnown } from '../../domain/deadlines/changed-facts.ts';
import type { Deadline } from '../../domain/deadlines/deadline-state.ts';
import type { Standing } from '../../domain/directory/on-call.ts';
import { isMissing } from '../../domain/missing/absences.ts';
import { actsFor } from '../../domain/next-steps/milestone-table.ts';
import { isRed } from '../../domain/policy/alarm-classes.ts';
import { dueAt } from '../../domain/policy/due.ts';
import { type DeadlineRule, type Milestone, type Policy, ruleOf } from '../../domain/policy/policy.ts';
import type { Referral } from '../../domain/referral.ts';
import type { stayField } from '../../domain/whereabouts/moves.ts';
import { isOneOf, type Visitor } from '../access/visitor.ts';

/** The fields of the vault that hold a place of the child. */
export type PlaceField = ReturnType<typeof stayField>;

/** A person or agency to call, before their calls are known. */
export interface Callee {
  readonly kind: 'person' | 'agency';
  readonly id: string;
  readonly name: string;
  /** A person's title; for an agency, its tie to the referral. */
  readonly title: string;
  /** Absent where the directory has no number. */
  readonly phone?: string;
  /** How a person of a role came into the line. Absent for a person named for this child, and for an agency. */
  readonly standing?: Standing;
  /** Which places of the child the called one may be told on the telephone (`stayField`). Absent where none. */
  readonly mayHear?: readonly PlaceField[];
}

/** All that was looked up for a referral, so that the decisions here need no directory. */
export interface CallBook {
  /** The people to call about a duty, in order. */
  readonly line: (deadlineId: string) => readonly Callee[];
  readonly police: readonly Callee[];
  readonly ncmec: Callee;
  /** Names by id. */
  readonly nameOf: (id: string) => string;
  /** The caller's own number, to be called back. */
  readonly callBack?: string | undefined;
}

interface CallMade {
  readonly result: CallResult;
  /** UTC instant. */
  readonly at: string;
  readonly by: string;
  readonly byName: string;
}

export interface CalleeInTask extends Callee {
  /** Calls with this callee about the duty, the oldest first. */
  readonly calls: readonly CallMade[];
  /** True for the reader: people do not call themselves. */
  readonly isReader: boolean;
}

interface Duty {
  readonly deadlineId: string;
  readonly rule: string;
  readonly title: string;
  /** What the callee should do, without the time. */
  readonly ask: string;
  /** UTC instant. */
  readonly due: string;
  readonly overdue: boolean;
  /** Shown in red: due soon, or overdue while doing it still helps the child. */
  readonly red: boolean;
  /** The due time is the latest that the law allows. Otherwise this programme set it. */
  readonly byLaw: boolean;
  /** The milestones that keep it. */
  readonly keptBy: readonly Milestone[];
  /** The commands that record it, the usual one first. */
  readonly recordedBy: readonly CommandName[];
  readonly subject?: string;
  /** That it rests on a fact which is unknown, and to ask for it: a sentence. */
  readonly unless?: string;
}

/** The person who has the duty `deadlineId`, and since when: a UTC instant. It says whether the reader may give it back or take it over. */
interface Held {
  readonly id: string;
  readonly name: string;
  readonly since: string;
  readonly deadlineId: string;
  readonly mayRelease: boolean;
  readonly mayTakeOver: boolean;
}

export interface CallTask {
  readonly referralId: string;
  /** The most urgent of `duties`: a call is recorded under it. */
  readonly deadlineId: string;
  /** One duty, except for the police: one call settles every notice to them. */
  readonly duties: readonly [Duty, ...Duty[]];
  readonly callees: readonly CalleeInTask[];
  /** The id of the callee to call now. Absent where no one is left with a number. */
  readonly next?: string;
  /** One line for the telephone, with nothing about the child. */
  readonly say: string;
  /** When to call the next person, a UTC instant. Absent where a person has it, or it does not ring yet. */
  readonly nextCallAt?: string;
  /** Calls of other people that are going on now. */
  readonly underWay: readonly (CallMade & { readonly calleeName: string })[];
  /** The person who has it, and since when, a UTC instant. */
  readonly heldBy?: Held;
  /** True where it rings, rings at its opening, is overdue or has less than an hour left. */
  readonly pressing: boolean;
  /** True while mail calls people and no one has answered. A called person may answer that they have the child. */
  readonly isRinging: boolean;
  /** True where the reader is among the people to call. */
  readonly isReaders: boolean;
  /** The police, for a child who is known to be in danger. They are called at once, whatever time is left. */
  readonly callAtOnce?: true;
}

const dutyOf = (deadline: Deadline, rule: DeadlineRule, state: Referral, policy: Policy, now: string): Duty => ({
  deadlineId: deadline.id,
  rule: deadline.rule,
  ...callWordsOf(rule, { ...aboutOfDuty(deadline, state, policy), missing: isMissing(state) }),
  due: deadline.due,
  overdue: Date.parse(deadline.due) < Date.parse(now),
  red: isRed(deadline, state, policy, now),
  byLaw: rule.kind === 'statute' && rule.timeByPolicy !== true && rule.statutoryMaximum === undefined,
  keptBy: rule.keptBy,
  recordedBy: [
    ...new Set(actsFor(rule.keptBy, { state, policy, now, subject: deadline.subject }).map(({ command }) => command)),
  ],
  ...whereKnown({ subject: deadline.subject, unless: unlessKnown(deadline, state) }),
});

function calleesOf({ id }: Deadline, rule: DeadlineRule, book: CallBook): readonly Callee[] {
  if (policeNoticeOf(rule) !== undefined) return book.police;
  return isForAgency(rule) ? [book.ncmec] : book.line(id);
}

/** The callee with the fewest unanswered calls. Among equals, the first in order. */
function nextOf(callees: readonly CalleeInTask[]): CalleeInTask | undefined {
  const missed = ({ calls }: CalleeInTask) => calls.filter(({ result }) => result === 'no-answer').length;
  return callees
    .filter(({ phone, isReader }) => phone !== undefined && !isReader)
    .toSorted((one, other) => missed(one) - missed(other))[0];
}

/** When to call the next person: at the next step of the alarm, or ten minutes after the last call. The earlier counts. */
function nextCallAt(calls: readonly Call[], deadline: Deadline, policy: Policy): string | undefined {
  const { ring } = deadline;
  const passedOn = passedOnAt(deadline, policy);
  const last = calls.at(-1)?.at;
  const isOfThisRound = last !== undefined && (ring === undefined || Date.parse(last) >= Date.parse(ring.since));
  if (!isOfThisRound) return passedOn;
  const afterCall = dueAt(last, policy.ringing.nextPersonAfter, policy.calendar).due;
  return passedOn !== undefined && Date.parse(passedOn) < Date.parse(afterCall) ? passedOn : afterCall;
}

interface Asking {
  readonly visitor: Visitor;
  /** UTC instant. */
  readonly now: string;
}

/**
 * The call tasks of a referral that this person may act on or supervises. The first is the one to begin with, and tasks that a
 * person already has come last. `visitor` has only the roles that cover this referral.
 */
export function callTasks(state: Referral, policy: Policy, book: CallBook, asking: Asking): readonly CallTask[] {
  const duties = dutiesToCall(state, policy, asking.visitor);
  // One call to the police settles every notice to them.
  const groups = Map.groupBy(duties, (deadline) =>
    policeNoticeOf(ruleOf(policy, deadline)) === undefined ? deadline.id : 'police',
  );
  const ranked = [...groups.values()].flatMap(([first, ...others]) => {
    if (!first) return [];
    const group = [first, ...others] as const;
    const task = taskOf(group, state, policy, book, asking);
    return [{ task, rank: task.callAtOnce ? [-1] : rankOf(group, policy, asking.now) }];
  });
  const held = ({ task }: { readonly task: CallTask }) => (isUnanswered(task) ? 0 : 1);
  return ranked
    .toSorted((one, other) => held(one) - held(other) || compare(one.rank, other.rank))
    .map(({ task }) => task);
}

/** The police send a car. For a child who is known to be in danger no other call comes before them. */
const isForPoliceAtOnce = (rule: DeadlineRule, { response: { danger } }: Referral): boolean =>
  danger === 'yes' && policeNoticeOf(rule) !== undefined;

/** The duties that call now and that this person may call about, the first due at the top. */
export const dutiesToCall = (state: Referral, policy: Policy, visitor: Visitor): readonly Deadline[] =>
  dutiesByPhone(state, policy).filter((deadline) => mayCall(visitor.roles, deadline, state, policy));

type Rank = readonly number[];
const compare = (one: Rank, other: Rank): number =>
  one.map((each, index) => each - (other[index] ?? 0)).find((difference) => difference !== 0) ?? 0;

const minute = 60_000;

const isOverdue = ({ due }: Deadline, now: string): boolean => Date.parse(due) < Date.parse(now);

const ringsAtOpening = ({ alarm }: DeadlineRule): boolean => alarm.rings === 'at-opening';

/** Whether less than an hour is left, or none. For a duty that rings at its opening the limit is half an hour. */
function isClose({ due }: Deadline, rule: DeadlineRule, now: string): boolean {
  const close = (ringsAtOpening(rule) ? 30 : 60) * minute;
  return Date.parse(due) - Date.parse(now) < close;
}

/** Classification is due within half an hour of each report. By its time left it would hide the call that sends a person. */
const isClassification = ({ keptBy }: DeadlineRule): boolean => keptBy.includes('report-classified');

function isPressing(deadline: Deadline, policy: Policy, now: string): boolean {
  const rule = ruleOf(policy, deadline);
  return isRinging(deadline) || ringsAtOpening(rule) || isClose(deadline, rule, now);
}

/**
 * Overdue duties come first, by urgency. Then come duties with little time left, the least first. Of the others a ringing duty
 * comes before a waiting one, by urgency. Classification always stands among the ringing duties.
 */
function rankOf(group: readonly Deadline[], policy: Policy, now: string): Rank {
  const ranks = group.map((deadline) => {
    const rule = ruleOf(policy, deadline);
    const due = Date.parse(deadline.due);
    const urgency = urgencyOf(rule);
    if (!isClassification(rule)) {
      if (isOverdue(deadline, now)) return [0, urgency, due];
      if (isClose(deadline, rule, now)) return [1, due, urgency];
    }
    return isPressing(deadline, policy, now) ? [2, urgency, due] : [3, due, urgency];
  });
  return ranks.toSorted(compare)[0] ?? [];
}

function heldIn(deadline: Deadline, state: Referral, policy: Policy, { nameOf }: CallBook, visitor: Visitor) {
  const holder = holderOf(deadline, state);
  return (
    holder && {
      ...holder,
      name: nameOf(holder.id),
      deadlineId: deadline.id,
      mayRelease: mayRelease(deadline, holder.id, visitor, state, policy),
      mayTakeOver:
        deadline.ring !== undefined && holder.id !== visitor.id && mayAnswer(deadline, visitor, state, policy),
    }
  );
}

function taskOf(
  group: readonly [Deadline, ...Deadline[]],
  state: Referral,
  policy: Policy,
  book: CallBook,
  { visitor, now }: Asking,
): CallTask {
  const ringing = group.find(isRinging);
  const first = ringing ?? group[0];
  const rule = ruleOf(policy, first);
  const ids = group.map(({ id }) => id);
  const calls = (state.calls ?? []).filter(({ deadlineId }) => ids.includes(deadlineId));
  const madeOf = ({ result, at, by }: Call): CallMade => ({ result, at, by, byName: book.nameOf(by) });
  const calledId = ({ personId, agencyId }: Call) => personId ?? agencyId ?? '';
  const callees = calleesOf(first, rule, book).map(
    (callee): CalleeInTask => ({
      ...callee,
      calls: calls.filter((call) => calledId(call) === callee.id).map(madeOf),
      isReader: callee.id === visitor.id,
    }),
  );
  // A person who has one of several notices to the police has them all, until another rings.
  const holder = ringing
    ? undefined
    : group.map((each) => heldIn(each, state, policy, book, visitor)).find((each) => each);
  const next = holder ? undefined : nextOf(callees);
  const callAt = holder ? undefined : nextCallAt(calls, first, policy);
  const duties = [first, ...group.filter((each) => each !== first)].map((each) =>
    dutyOf(each, ruleOf(policy, each), state, policy, now),
  );
  const callAtOnce = isForPoliceAtOnce(rule, state);
  return {
    referralId: state.id,
    deadlineId: first.id,
    duties: duties as [Duty, ...Duty[]],
    callees,
    ...(next && { next: next.id }),
    say: sayOf(duties, { id: state.id, visitor, now, atOnce: callAtOnce }, book),
    ...(callAtOnce && { callAtOnce }),
    ...whereKnown({ nextCallAt: callAt }),
    underWay: holder
      ? []
      : callsUnderWay(calls, now).map((call) => ({
          ...madeOf(call),
          calleeName: callees.find(({ id }) => id === calledId(call))?.name ?? book.nameOf(calledId(call)),
        })),
    ...(holder && { heldBy: holder }),
    pressing: group.some((deadline) => isPressing(deadline, policy, now)),
    isRinging: ringing !== undefined,
    // A stand-in is called without a role of the rule, and so is a person of a seal.
    isReaders:
      callees.some(({ isReader }) => isReader) ||
      rolesToCall(first, state, policy).some((role) => visitor.roles.includes(role)),
  };
}

/** The words to say: who calls, the reference, the acts with their times, and the number to call back. */
function sayOf(
  duties: readonly Duty[],
  { id, visitor, now, atOnce }: Asking & { readonly id: string; readonly atOnce: boolean },
  { callBack }: CallBook,
): string {
  const asks = [...new Map(duties.map((duty) => [duty.ask, duty])).values()];
  const said = asks.map(({ ask, due, overdue }) =>
    overdue
      ? `${ask} now: it was due ${clockTime(due, now)}.`
      : atOnce
        ? `${ask} now.`
        : `${ask} by ${clockTime(due, now)}.`,
  );
  const back = callBack === undefined ? [] : [`Call me back at ${callBack}.`];
  const caller = isOneOf(visitor, careline) ? 'the DCF Careline' : 'DCF';
  return [`This is ${caller}, reference ${id}.`, ...said, ...back].join(' ');
}

/** What the call is about, as a heading. */
export const titleOfTask = ({ duties: [first, ...others] }: Pick<CallTask, 'duties'>): string =>
  others.length > 0 ? 'Call the police' : first.title;

/** Whether the reader is first in line. They act, and call the next person only if they cannot. */
export const isYours = ({ heldBy, callees }: Pick<CallTask, 'heldBy' | 'callees'>): boolean =>
  heldBy === undefined && callees[0]?.isReader === true;

export const isUnanswered = ({ heldBy }: CallTask): boolean => heldBy === undefined;
