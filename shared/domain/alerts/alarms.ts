/**
 * Alarms: a duty of class `now` rings. The people of its rule are called, then the next. An alarm stops when one of
 * them says "I have this child", or when the duty is done. It also stops when the class is no longer `now`. The state
 * of the last round is in the deadline. All instants are UTC.
 */

import type { Decision } from '../core/decision.ts';
import { earlier, isBefore, later } from '../core/instants.ts';
import type { releaseReasons } from '../core/vocabulary.ts';
import type { Deadline, Ring } from '../deadlines/deadline-state.ts';
import { hasStopped, lastHoursFrom, warningsOfStop } from '../deadlines/hard-stop.ts';
import { openDeadlines } from '../deadlines/open-deadlines.ts';
import { scopeOf } from '../directory/scopes.ts';
import { alarmClassOf } from '../policy/alarm-classes.ts';
import { type Duration, elapsedFrom, partOf } from '../policy/due.ts';
import { findRule, isRole, type Policy, type Recipient, type Ringing, ruleOf, waitsOn } from '../policy/policy.ts';
import type { Referral } from '../referral.ts';
import { requestAlert } from './alert-requests.ts';
import type { Alert } from './alert-state.ts';

/** Whether people are being called about this duty, and no one has answered. */
export const isRinging = ({ status, ring }: Pick<Deadline, 'status' | 'ring'>): boolean =>
  status === 'open' && ring !== undefined && !ring.answered;

/** The duties of this referral that ring, in the order in which they began. */
export const ringingIn = (state: Referral): readonly Deadline[] =>
  openDeadlines(state)
    .filter(isRinging)
    .toSorted((one, other) => Date.parse(one.ring?.since ?? '') - Date.parse(other.ring?.since ?? ''));

const span = (duration: Duration): number => Date.parse(elapsedFrom('1970-01-01T00:00:00Z', duration));

/** From here on the director on call is called as well. */
const directorStep = 2;

/** Whether its steps began when the duty was already overdue: then they start with the director. */
const isOverdue = ({ from }: Ring, { due }: Pick<Deadline, 'due'>): boolean => !isBefore(from, due);

/**
 * The step that a round has reached, and when the next is due after the round's beginning, in milliseconds. Steps count
 * by the clock, so a pause delays no later step.
 */
function stepAt(elapsed: number, startsAt: number, ringing: Ringing): { readonly step: number; readonly next: number } {
  const [again, steady, slowest] = [ringing.againEvery, ringing.steadyFor, ringing.slowestEvery].map(span) as [
    number,
    number,
    number,
  ];
  const first = startsAt === 0 ? [span(ringing.nextPersonAfter), span(ringing.directorAfter)] : [];
  let step = startsAt;
  let next = first[0] ?? again;
  while (next <= elapsed) {
    step += 1;
    next = first[step] ?? next + Math.max(again, Math.min(next - steady, slowest));
  }
  return { step, next };
}

function progress(ring: Ring, deadline: Pick<Deadline, 'due'>, { ringing }: Pick<Policy, 'ringing'>) {
  const elapsed = Date.parse(ring.rangAt) - Date.parse(ring.from);
  const { step, next } = stepAt(elapsed, isOverdue(ring, deadline) ? directorStep : 0, ringing);
  return { step, nextAt: new Date(Date.parse(ring.from) + next).toISOString() };
}

const ringsAtOpening = (deadline: Deadline, policy: Policy): boolean =>
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

/** When people are called next by the rounds alone. An answer counts until the duty is due, and then until its next escalation. */
function nextOfRounds(deadline: Deadline, policy: Policy): string | undefined {
  const { ring, due, raised } = deadline;
  if (!ring) return firstRing(deadline, policy);
  const { answered } = ring;
  if (!answered) {
    const { nextAt } = progress(ring, deadline, policy);
    return isBefore(ring.rangAt, due) ? earlier(due, nextAt) : nextAt;
  }
  if (isBefore(answered.at, due)) return due;
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
  const warning = nextWarning(deadline, policy);
  return warning !== undefined && !isBefore(now, warning);
}

/** In the last hours before a hard stop: the instant until which an unanswered alarm may stay silent. */
function latestBeforeStop(deadline: Deadline, policy: Policy): string | undefined {
  const lastHours = lastHoursFrom(deadline, policy);
  if (lastHours === undefined || deadline.ring?.answered) return undefined;
  return elapsedFrom(later(lastHeard(deadline), lastHours), policy.ringing.beforeStopEvery);
}

/** When people are called next about this duty of class `now`. A warning of the hard stop is a call, and after the stop there is none. */
function nextCall(deadline: Deadline, policy: Policy): string | undefined {
  const [next] = [nextOfRounds(deadline, policy), nextWarning(deadline, policy), latestBeforeStop(deadline, policy)]
    .filter((at) => at !== undefined)
    .toSorted((one, other) => Date.parse(one) - Date.parse(other));
  return next === undefined || hasStopped(deadline, next) ? undefined : next;
}

/**
 * When people are called next about this open duty. Undefined where the duty does not ring. Then its class is not
 * `now`, a person has it, or its hard stop comes first.
 */
export const nextRing = (
  deadline: Deadline,
  state: { readonly response: Pick<Referral['response'], 'danger'> },
  policy: Policy,
): string | undefined => (alarmClassOf(deadline, state, policy) === 'now' ? nextCall(deadline, policy) : undefined);

/** When the next person is called about a duty that rings. */
export const passedOnAt = (deadline: Deadline, policy: Policy): string | undefined =>
  isRinging(deadline) ? nextCall(deadline, policy) : undefined;

/**
 * Who is called now about a duty that rings. The first step calls the groups of its rule. The second adds the next on
 * shift (`deputies`). The third adds the director on call and the groups of the escalation. Each later step adds the
 * next person after them.
 */
export function calledNow(
  deadline: Deadline,
  state: { readonly response: Pick<Referral['response'], 'liaison'> },
  policy: Policy,
): { readonly to: readonly Recipient[]; readonly deputies: boolean } {
  const rule = ruleOf(policy, deadline);
  const { escalate } = rule;
  const alert = waitsOn(rule, state);
  const { step } = deadline.ring ? progress(deadline.ring, deadline, policy) : { step: 0 };
  if (step < directorStep) return { to: alert, deputies: step > 0 };
  const after = policy.afterEscalation.slice(0, step - directorStep);
  return { to: [...new Set([...alert, policy.ringing.director, ...escalate, ...after])], deputies: true };
}

/** All who may be called about this duty, first to last, and so may answer it. */
export function groupsToRing(
  deadline: Pick<Deadline, 'rule' | 'settledUnder'>,
  state: { readonly response: Pick<Referral['response'], 'liaison'> },
  policy: Policy,
): readonly Recipient[] {
  const rule = ruleOf(policy, deadline);
  const { alert, escalate } = rule;
  return [
    ...new Set([...waitsOn(rule, state), ...alert, policy.ringing.director, ...escalate, ...policy.afterEscalation]),
  ];
}

/** Calls people about this duty now, whatever calls came before. */
export function ring(decision: Decision, deadlineId: string): void {
  const { policy, now } = decision.context;
  decision.add('checkpoint-raised', { deadlineId, kind: 'ring', at: now });
  requestRing(decision, deadlineId, policy);
}

/**
 * Calls people again about a duty that a person had until now. The next on shift is called at once, or the director
 * where the duty is overdue. The former holder is told, unless the former holder acts.
 */
export function callAgain(
  decision: Decision,
  { id: deadlineId, due }: Pick<Deadline, 'id' | 'due'>,
  because: (typeof releaseReasons)[number],
  holder: string,
): void {
  const { now, policy } = decision.context;
  const from = isBefore(now, due) ? elapsedFrom(now, policy.ringing.nextPersonAfter, -1) : now;
  decision.add('alarm-released', { deadlineId, because, from });
  ring(decision, deadlineId);
  tellFormerHolder(decision, deadlineId, holder);
}

/** Tells the former holder that the child is no longer theirs, unless the former holder acts. */
export function tellFormerHolder(decision: Decision, deadlineId: string, holder: string): void {
  if (holder !== decision.context.actor.id)
    requestAlert(decision, { kind: 'holder-changed', to: [], people: [holder], deadlineId });
}

/** Asks for the alert of a raised call. `warns`: who is told as well, because the call warns of a hard stop. */
export function requestRing(
  decision: Decision,
  deadlineId: string,
  policy: Policy,
  warns: readonly Recipient[] = [],
): void {
  const deadline = decision.state().deadlines[deadlineId];
  if (!deadline) return;
  const { to, deputies } = calledNow(deadline, decision.state(), policy);
  requestAlert(decision, {
    kind: 'checkpoint',
    checkpoint: 'ring',
    deadlineId,
    to: [...new Set([...to, ...warns])],
    deputies,
  });
}

/** Rings a duty in the commit that opens it, where it rings at its opening. No run has to start first. */
export function ringAtOpening(decision: Decision, deadlineId: string): boolean {
  const { policy } = decision.context;
  const deadline = decision.state().deadlines[deadlineId];
  if (deadline?.status !== 'open' || deadline.ring || !ringsAtOpening(deadline, policy)) return false;
  if (alarmClassOf(deadline, decision.state(), policy) !== 'now') return false;
  ring(decision, deadlineId);
  return true;
}

/** The alerts about this duty. With `until`: those before that alert. */
function alertsAbout({ alerts }: Referral, deadlineId: string, until?: string): readonly Alert[] {
  const about = Object.values(alerts).filter((alert) => alert.deadlineId === deadlineId);
  return until === undefined
    ? about
    : about.slice(
        0,
        Math.max(
          0,
          about.findIndex(({ id }) => id === until),
        ),
      );
}

const isCall = ({ checkpoint }: Alert): boolean => checkpoint === 'ring';
const isNewsOfEnd = ({ kind }: Alert): boolean => kind === 'alarm-over';

/** The calls of the last round about this duty, since the last news that it is over. */
export function callsOf(state: Referral, deadlineId: string): readonly Alert[] {
  const about = alertsAbout(state, deadlineId);
  return about.slice(about.findLastIndex(isNewsOfEnd) + 1).filter(isCall);
}

/** Milliseconds in which the news that a round is over may not have left yet. */
const newsMayWait = 15 * 60_000;

/**
 * Whether the duty rang again so soon after this news of a round's end that it may not have left. The next such news
 * then tells the people of both rounds.
 */
export function isContinued({ id, deadlineId = '', requestedAt }: Alert, state: Referral): boolean {
  const about = alertsAbout(state, deadlineId);
  const next = about.slice(about.findIndex((each) => each.id === id) + 1).find(isCall);
  return next !== undefined && Date.parse(next.requestedAt) - Date.parse(requestedAt) < newsMayWait;
}

/** The calls about this duty that the news of their end is for. With `until`: the calls before that news. */
export function callsToEnd(state: Referral, deadlineId: string, until?: string): readonly Alert[] {
  const about = alertsAbout(state, deadlineId, until);
  const told = about.findLastIndex((alert) => isNewsOfEnd(alert) && !isContinued(alert, state));
  return about.slice(told + 1).filter(isCall);
}

/** Whether a call is one of the round that goes on. */
export function isOfThisRound({ id, deadlineId = '' }: Alert, state: Referral): boolean {
  const deadline = state.deadlines[deadlineId];
  return deadline !== undefined && isRinging(deadline) && callsOf(state, deadlineId).some((call) => call.id === id);
}

/** Stops each alarm whose duty is no longer of class `now`, by the referral as it is and this policy. */
export function stopAlarms(decision: Decision, policy: Policy): void {
  const state = decision.state();
  for (const deadline of ringingIn(state)) {
    if (!findRule(policy, deadline.rule) || alarmClassOf(deadline, state, policy) === 'now') continue;
    decision.add('alarm-stopped', { deadlineId: deadline.id });
  }
}

/**
 * After a correction of office or team: calls the newly responsible people about each ringing duty, even an answered
 * one.
 */
function callThoseNowResponsible(decision: Decision, before: Referral): void {
  const {
    places: { routing },
    team: { id: team },
  } = decision.state();
  if (routing === before.places.routing && team === before.team.id) return;
  for (const deadline of openDeadlines(decision.state())) {
    if (!deadline.ring || before.deadlines[deadline.id]?.ring !== deadline.ring) continue;
    const roles = waitsOn(ruleOf(decision.context.policy, deadline), decision.state()).filter(isRole);
    if (roles.some((role) => scopeOf(role, before) !== scopeOf(role, decision.state()))) ring(decision, deadline.id);
  }
}

/**
 * After any change, with the referral as it was before. Alarms of duties that left class `now` stop. Only the newly
 * responsible are called. The people called in a round that is over are told.
 */
export function watchAlarms(decision: Decision, before: Referral): void {
  // A migration has already stopped the alarms that its policy makes quiet.
  if (decision.state().policy === before.policy) stopAlarms(decision, decision.context.policy);
  callThoseNowResponsible(decision, before);
  for (const { id } of ringingIn(before)) {
    const deadline = decision.state().deadlines[id];
    if (!deadline || isRinging(deadline)) continue;
    const to = [...new Set(callsToEnd(decision.state(), id).flatMap((call) => call.to))];
    if (to.length > 0) requestAlert(decision, { kind: 'alarm-over', to, deadlineId: id });
  }
}
