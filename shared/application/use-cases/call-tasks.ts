/**
 * The call task of a referral: for each duty that calls now, what it is, when it is due, whom to call in order, what to say, and what
 * came of the calls so far. It names professionals and public agencies alone, never a number of the child or the family.
 */
import { isRinging, passedOnAt } from '../../domain/alerts/alarms.ts';
import { mayAnswer } from '../../domain/alerts/answering.ts';
import type { CallResult } from '../../domain/calls/call-events.ts';
import { callsUnderWay } from '../../domain/calls/call-records.ts';
import type { Call } from '../../domain/calls/call-state.ts';
import { callWordsOf, urgencyOf } from '../../domain/calls/call-words.ts';
import { dutiesNow, holderOf, isForAgency, mayCall, policeNoticeOf, rolesToCall } from '../../domain/calls/calls.ts';
import { mayRelease } from '../../domain/calls/holder-commands.ts';
import { clockTime } from '../../domain/core/local-time.ts';
import type { Deadline } from '../../domain/deadlines/deadline-state.ts';
import type { Standing } from '../../domain/directory/on-call.ts';
import { withFirstClocks } from '../../domain/intake/first-clocks.ts';
import { dueAt } from '../../domain/policy/due.ts';
import { type DeadlineRule, type Fact, type Policy, ruleOf } from '../../domain/policy/policy.ts';
import type { Referral } from '../../domain/referral.ts';
import type { Visitor } from '../access/visitor.ts';

/** Someone or something to call, before anything is known of the calls. */
export interface Callee {
  readonly kind: 'person' | 'agency';
  readonly id: string;
  readonly name: string;
  /** Of a person: the title; of an agency: why this one. */
  readonly title: string;
  /** Absent where the directory has no number. */
  readonly phone?: string;
  /** How a person of a role comes to stand here; absent for who is named for this child, and for an agency. */
  readonly standing?: Standing;
}

/** What was looked up for a referral: the directory has no part in what is decided here. */
export interface CallBook {
  /** The people to call about a duty, in order. */
  readonly line: (deadlineId: string) => readonly Callee[];
  readonly police: readonly Callee[];
  readonly ncmec: Callee;
  /** Names by id. */
  readonly nameOf: (id: string) => string;
  /** The number at which whoever calls can be called back. */
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
  /** Calls with this one about the duty, oldest first. */
  readonly calls: readonly CallMade[];
  /** True for the person who reads it: nobody calls themselves. */
  readonly isReader: boolean;
}

interface Duty {
  readonly deadlineId: string;
  readonly rule: string;
  readonly title: string;
  /** What the called person is asked to do, without the time. */
  readonly ask: string;
  /** UTC instant. */
  readonly due: string;
  readonly overdue: boolean;
  /** What keeps it, in the words of the policy. */
  readonly keptBy: readonly Fact[];
  readonly subject?: string;
}

/** Who has a duty since when, a UTC instant; `deadlineId`: of which; and whether the reader may give it back, or take it over. */
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
  /** The duty that a call is recorded under: the most urgent of `duties`. */
  readonly deadlineId: string;
  /** One, but for the police: one call settles every notice to them. */
  readonly duties: readonly [Duty, ...Duty[]];
  readonly callees: readonly CalleeInTask[];
  /** The id of the callee to call now; absent where no one is left with a number. */
  readonly next?: string;
  /** One line for the telephone, without anything about the child. */
  readonly say: string;
  /** When the next person is to be called, a UTC instant; absent where a person has it or the duty does not ring yet. */
  readonly nextCallAt?: string;
  /** Calls that someone else is on now. */
  readonly underWay: readonly (CallMade & { readonly calleeName: string })[];
  /** Who has it, and since when, a UTC instant. */
  readonly heldBy?: Held;
  /** True where it rings at its opening or is overdue: it is called about before the others. */
  readonly pressing: boolean;
  /** True while people are called about it by mail and no one has answered: whoever it calls may say that they have the child. */
  readonly isRinging: boolean;
  /** True where the reader is one of those who are called about it. */
  readonly isReaders: boolean;
}

const dutyOf = (deadline: Deadline, rule: DeadlineRule, now: string): Duty => ({
  deadlineId: deadline.id,
  rule: deadline.rule,
  ...callWordsOf(rule),
  due: deadline.due,
  overdue: Date.parse(deadline.due) < Date.parse(now),
  keptBy: rule.keptBy,
  ...(deadline.subject !== undefined && { subject: deadline.subject }),
});

function calleesOf({ id }: Deadline, rule: DeadlineRule, book: CallBook): readonly Callee[] {
  if (policeNoticeOf(rule) !== undefined) return book.police;
  return isForAgency(rule) ? [book.ncmec] : book.line(id);
}

/** The one who was called least often without an answer, the first of these in order. */
function nextOf(callees: readonly CalleeInTask[]): CalleeInTask | undefined {
  const missed = ({ calls }: CalleeInTask) => calls.filter(({ result }) => result === 'no-answer').length;
  return callees
    .filter(({ phone, isReader }) => phone !== undefined && !isReader)
    .toSorted((one, other) => missed(one) - missed(other))[0];
}

/** When the next person is to be called: with the next step of the alarm, and ten minutes after the last call by a person. */
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
 * The call tasks of a referral that this person may act on or supervises, the one to begin with first and what a person has already last. `visitor`: with the roles that
 * cover this referral.
 */
export function callTasks(given: Referral, policy: Policy, book: CallBook, asking: Asking): readonly CallTask[] {
  const { state, duties } = dutiesToCall(given, policy, asking.visitor);
  // One call to the police settles every notice to them.
  const groups = Map.groupBy(duties, (deadline) =>
    policeNoticeOf(ruleOf(policy, deadline)) === undefined ? deadline.id : 'police',
  );
  const ranked = [...groups.values()].flatMap(([first, ...others]) => {
    if (!first) return [];
    const group = [first, ...others] as const;
    return [{ task: taskOf(group, state, policy, book, asking), rank: rankOf(group, policy, asking.now) }];
  });
  const held = ({ task }: { readonly task: CallTask }) => (isUnanswered(task) ? 0 : 1);
  return ranked
    .toSorted((one, other) => held(one) - held(other) || compare(one.rank, other.rank))
    .map(({ task }) => task);
}

/**
 * The duties of a referral that call now and that this person may call about, the one due first at the top; of a referral that was stored
 * a moment ago those of the clocks that are about to open.
 */
export function dutiesToCall(given: Referral, policy: Policy, visitor: Visitor) {
  const state = given.stage === 'open' ? withFirstClocks(given, policy) : given;
  const duties = dutiesNow(state, policy).filter((deadline) => mayCall(visitor.roles, deadline, state, policy));
  return { state, duties };
}

type Rank = readonly number[];
const compare = (one: Rank, other: Rank): number =>
  one.map((each, index) => each - (other[index] ?? 0)).find((difference) => difference !== 0) ?? 0;

const isPressing = (deadline: Deadline, policy: Policy, now: string): boolean =>
  isRinging(deadline) ||
  ruleOf(policy, deadline).alarm.rings === 'at-opening' ||
  Date.parse(deadline.due) < Date.parse(now);

/** What rings or is overdue before what waits; of these by urgency, then by the time left. */
function rankOf(group: readonly Deadline[], policy: Policy, now: string): Rank {
  const ranks = group.map((deadline) => {
    const presses = isPressing(deadline, policy, now);
    return [presses ? 0 : 1, presses ? urgencyOf(ruleOf(policy, deadline)) : 0, Date.parse(deadline.due)];
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
  // A person who has one of several notices to the police has them all, until another of them rings.
  const holder = ringing
    ? undefined
    : group.map((each) => heldIn(each, state, policy, book, visitor)).find((each) => each);
  const next = holder ? undefined : nextOf(callees);
  const callAt = holder ? undefined : nextCallAt(calls, first, policy);
  const duties = [first, ...group.filter((each) => each !== first)].map((each) =>
    dutyOf(each, ruleOf(policy, each), now),
  );
  return {
    referralId: state.id,
    deadlineId: first.id,
    duties: duties as [Duty, ...Duty[]],
    callees,
    ...(next && { next: next.id }),
    say: sayOf(duties, state, book, now),
    ...(callAt !== undefined && { nextCallAt: callAt }),
    underWay: holder
      ? []
      : callsUnderWay(calls, now).map((call) => ({
          ...madeOf(call),
          calleeName: callees.find(({ id }) => id === calledId(call))?.name ?? book.nameOf(calledId(call)),
        })),
    ...(holder && { heldBy: holder }),
    pressing: group.some((deadline) => isPressing(deadline, policy, now)),
    isRinging: ringing !== undefined,
    isReaders: rolesToCall(first, state, policy).some((role) => visitor.roles.includes(role)),
  };
}

/** What to say: who calls, the reference, what is to be done by when, and where to call back. */
function sayOf(duties: readonly Duty[], { id }: Referral, { callBack }: CallBook, now: string): string {
  const asks = [...new Map(duties.map((duty) => [duty.ask, duty])).values()];
  const said = asks.map(({ ask, due, overdue }) =>
    overdue ? `${ask} now: it was due ${clockTime(due, now)}.` : `${ask} by ${clockTime(due, now)}.`,
  );
  const back = callBack === undefined ? [] : [`Call me back at ${callBack}.`];
  return [`This is the DCF Careline, reference ${id}.`, ...said, ...back].join(' ');
}

/** Whether no person has the duty yet. */
export const isUnanswered = ({ heldBy }: CallTask): boolean => heldBy === undefined;
