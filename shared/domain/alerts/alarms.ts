/**
 * Alarms: when a duty of class `now` rings. An alarm stops when a called person says "I'm handling this", or when the
 * duty is done. It also stops when the class is no longer `now`. The state of the last round is in the deadline. All
 * instants are UTC. Who is called is in `call-line.ts`, and the call itself in `calling.ts`.
 */

import { earlier, isBefore, later } from '../core/instants.ts';
import type { Deadline, Ring } from '../deadlines/deadline-state.ts';
import { hasStopped, lastHoursFrom, warningsOfStop } from '../deadlines/hard-stop.ts';
import { openDeadlines } from '../deadlines/open-deadlines.ts';
import { alarmClassOf, type Surroundings } from '../policy/alarm-classes.ts';
import { elapsedFrom, elapsedTime, partOf } from '../policy/due.ts';
import { type Policy, type Ringing, ruleOf } from '../policy/policy.ts';
import type { Referral } from '../referral.ts';

/** Whether people are being called about this duty, and no one has answered. */
export const isRinging = ({ status, ring }: Pick<Deadline, 'status' | 'ring'>): boolean =>
  status === 'open' && ring !== undefined && !ring.answered;

/** The duties of this referral that ring, in the order in which they began. */
export const ringingIn = (state: Referral): readonly Deadline[] =>
  openDeadlines(state)
    .filter(isRinging)
    .toSorted((one, other) => Date.parse(one.ring?.since ?? '') - Date.parse(other.ring?.since ?? ''));

/** The step at which the director on call is called. The two before it are for the people of the rule. */
export const directorStep = 2;

/** Whether its steps began when the duty was already overdue: then they start with the director. */
export const isOverdue = ({ from }: Ring, { due }: Pick<Deadline, 'due'>): boolean => !isBefore(from, due);

/**
 * The step that a round has reached, and when the next is due after the round's beginning, in milliseconds. Steps count
 * by the clock, so a pause delays no later step.
 */
function stepAt(elapsed: number, startsAt: number, ringing: Ringing): { readonly step: number; readonly next: number } {
  const [again, steady, slowest] = [ringing.againEvery, ringing.steadyFor, ringing.slowestEvery].map(elapsedTime) as [
    number,
    number,
    number,
  ];
  const first = startsAt === 0 ? [elapsedTime(ringing.nextPersonAfter), elapsedTime(ringing.directorAfter)] : [];
  let step = startsAt;
  let next = first[0] ?? again;
  while (next <= elapsed) {
    step += 1;
    next = first[step] ?? next + Math.max(again, Math.min(next - steady, slowest));
  }
  return { step, next };
}

/** The step and the next call of a round by the clock alone, `elapsed` milliseconds after its beginning. */
const progressAt = (
  elapsed: number,
  ring: Ring,
  deadline: Pick<Deadline, 'due'>,
  { ringing }: Pick<Policy, 'ringing'>,
) => stepAt(elapsed, isOverdue(ring, deadline) ? directorStep : 0, ringing);

/** When a round calls next after its last call, by the clock alone. */
function nextOfRound(ring: Ring, deadline: Pick<Deadline, 'due'>, policy: Pick<Policy, 'ringing'>): string {
  const { next } = progressAt(Date.parse(ring.rangAt) - Date.parse(ring.from), ring, deadline, policy);
  return new Date(Date.parse(ring.from) + next).toISOString();
}

/** Whether the last call came after the time in which calls are steady. */
export const isSlow = ({ rangAt, from }: Ring, { ringing }: Pick<Policy, 'ringing'>): boolean =>
  Date.parse(rangAt) - Date.parse(from) > elapsedTime(ringing.steadyFor);

export const ringsAtOpening = (deadline: Deadline, policy: Policy): boolean =>
  ruleOf(policy, deadline).alarm.rings === 'at-opening';

/** When a duty of class `now` rings first: at its opening, or when the policy's part of its time remains. */
function firstRing(deadline: Deadline, policy: Policy): string {
  const { due, moved } = deadline;
  const { fromPart, atLeastLeft } = policy.ringing;
  const start = earlier(due, later(deadline.start, moved?.at ?? deadline.start));
  if (ringsAtOpening(deadline, policy)) return start;
  const part = partOf(start, due, fromPart);
  if (ruleOf(policy, deadline).alarm.rings === 'at-part') return later(start, part);
  return later(start, earlier(elapsedFrom(due, atLeastLeft, -1), part));
}

/** When people are called next by the rounds alone. After the due instant, an answer counts until the next escalation. */
function nextOfRounds(deadline: Deadline, policy: Policy): string | undefined {
  const { ring, due, raised } = deadline;
  if (!ring) return firstRing(deadline, policy);
  const { answered } = ring;
  if (!answered) {
    const nextAt = nextOfRound(ring, deadline, policy);
    return isBefore(ring.rangAt, due) ? earlier(due, nextAt) : nextAt;
  }
  const escalated = raised.findLast(({ kind }) => kind === 'escalate')?.at;
  return escalated !== undefined && isBefore(answered.at, escalated) ? escalated : undefined;
}

/** The last call or answer, or what stands for it before there is one. */
const lastHeard = ({ ring, start, moved }: Deadline): string =>
  ring ? (ring.answered?.at ?? ring.rangAt) : later(start, moved?.at ?? start);

/** The first warning of the hard stop since the last call or answer. One that lay in the past when its stop became known is none. */
function nextWarning(deadline: Deadline, policy: Policy): string | undefined {
  const since = later(lastHeard(deadline), deadline.moved?.at ?? deadline.start);
  return warningsOfStop(deadline, policy)
    .filter((at) => isBefore(since, at))
    .toSorted((one, other) => Date.parse(one) - Date.parse(other))[0];
}

/** Whether a call at `now` begins a new round: a hard-stop warning has come since the last call or answer. */
export function beginsRound(deadline: Deadline, now: string, policy: Policy): boolean {
  if (isHeldUntilDue(deadline) && isBefore(now, deadline.due)) return false;
  const warning = nextWarning(deadline, policy);
  return warning !== undefined && !isBefore(now, warning);
}

/** In the last hours before a hard stop: the instant until which an unanswered alarm may stay silent. */
function latestBeforeStop(deadline: Deadline, policy: Policy): string | undefined {
  const lastHours = lastHoursFrom(deadline, policy);
  if (lastHours === undefined || deadline.ring?.answered) return undefined;
  return elapsedFrom(later(lastHeard(deadline), lastHours), policy.ringing.beforeStopEvery);
}

/** Whether a person took the call before the duty was due. They keep it until then. */
export const isHeldUntilDue = ({ ring, due }: Pick<Deadline, 'ring' | 'due'>): boolean =>
  ring?.answered !== undefined && isBefore(ring.answered.at, due);

/**
 * When people are called next about this duty of class `now`. A warning of the hard stop is a call, unless a person has the
 * duty until it is due. After the stop there is none.
 */
function nextCall(deadline: Deadline, policy: Policy): string | undefined {
  const candidates = isHeldUntilDue(deadline)
    ? [deadline.due]
    : [nextOfRounds(deadline, policy), nextWarning(deadline, policy), latestBeforeStop(deadline, policy)];
  const [next] = candidates
    .filter((at) => at !== undefined)
    .toSorted((one, other) => Date.parse(one) - Date.parse(other));
  return next === undefined || hasStopped(deadline, next) ? undefined : next;
}

/**
 * When people are called next about this open duty. Undefined where the duty does not ring. Then its class is not
 * `now`, a person has it, or its hard stop comes first.
 */
export const nextRing = (deadline: Deadline, state: Surroundings, policy: Policy): string | undefined =>
  alarmClassOf(deadline, state, policy) === 'now' ? nextCall(deadline, policy) : undefined;

/** When the next person is called about a duty that rings. */
export const passedOnAt = (deadline: Deadline, policy: Policy): string | undefined =>
  isRinging(deadline) ? nextCall(deadline, policy) : undefined;

/** A call that is made at `now`: its step, and where its count begins, if that moves. */
export interface CallMade {
  readonly step: number;
  readonly from?: string;
}

/**
 * The step of a call at `now`. A round begins with step 0, or with the director where the duty is overdue. Each call is
 * at least one step after the last. So no two calls in a row are for the same place in line. After a pause the clock has
 * moved on, and steps are left out.
 */
export function stepOfCall(deadline: Deadline, now: string, policy: Policy): number {
  const { ring, due } = deadline;
  const isDue = !isBefore(now, due);
  const first = isDue ? directorStep : 0;
  if (!ring || ring.answered || (isDue && isBefore(ring.rangAt, due)) || beginsRound(deadline, now, policy))
    return first;
  const { step } = progressAt(Date.parse(now) - Date.parse(ring.from), ring, deadline, policy);
  return Math.max(step, (ring.step ?? -1) + 1);
}

/**
 * The call about this duty that may be made at `now`, together with another of the referral. It is never made after its
 * own time, and at most `togetherWithin` before. Undefined where it keeps its own time. Then a person has the duty.
 * Or its next call is at its due instant, or at a warning of its hard stop.
 */
export function callWith(deadline: Deadline, state: Surroundings, now: string, policy: Policy): CallMade | undefined {
  const next = nextRing(deadline, state, policy);
  if (next === undefined || hasStopped(deadline, now)) return undefined;
  const until = elapsedFrom(now, policy.ringing.togetherWithin);
  const warning = nextWarning(deadline, policy);
  if (isBefore(until, next) || (warning !== undefined && !isBefore(until, warning))) return undefined;
  if (!isBefore(now, next)) return { step: stepOfCall(deadline, now, policy) };
  const { ring, due } = deadline;
  if (ring?.answered || Date.parse(next) === Date.parse(due)) return undefined;
  if (!ring) return { step: 0 };
  // Its next call of the round is made now, and the count moves with it.
  const planned = nextOfRound(ring, deadline, policy);
  const ahead = Date.parse(planned) - Date.parse(now);
  if (isBefore(until, planned)) return { step: stepOfCall(deadline, now, policy) };
  const from = new Date(Date.parse(ring.from) - ahead).toISOString();
  return { step: stepOfCall({ ...deadline, ring: { ...ring, from } }, now, policy), from };
}
