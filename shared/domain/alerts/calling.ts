/**
 * Calls about a child. All that rings in one commit is one call: one alert, and one mail to each person. It tells a
 * person of the duties that this person is called about. All instants are UTC.
 */

import type { Decision } from '../core/decision.ts';
import { isBefore } from '../core/instants.ts';
import type { DeadlineEvent } from '../deadlines/deadline-events.ts';
import type { Deadline } from '../deadlines/deadline-state.ts';
import { hasStopped, stopRuleOf } from '../deadlines/hard-stop.ts';
import { openDeadlines } from '../deadlines/open-deadlines.ts';
import { scopeOf } from '../directory/scopes.ts';
import { alarmClassOf } from '../policy/alarm-classes.ts';
import { elapsedFrom } from '../policy/due.ts';
import { findRule, isRole, type Policy, ruleOf, waitsOn } from '../policy/policy.ts';
import type { Referral } from '../referral.ts';
import { beginsRound, callWith, directorStep, isRinging, ringingIn, ringsAtOpening, stepOfCall } from './alarms.ts';
import { isAbout } from './alert-duties.ts';
import { requestAlert } from './alert-requests.ts';
import { type CalledGroups, calledBy, calledByWarning, groupsToRing, leaderOf, togetherCalled } from './call-line.ts';
import { callsOver, isCall } from './call-rounds.ts';

/** Rings a duty in this commit, whatever calls came before. `callOut` then calls the people. */
export function ring(decision: Decision, deadlineId: string, step?: number): void {
  const { policy, now } = decision.context;
  const deadline = decision.state().deadlines[deadlineId];
  if (!deadline) return;
  const anew = beginsRound(deadline, now, policy) ? { anew: true as const } : {};
  const its = step ?? stepOfCall(deadline, now, policy);
  decision.add('checkpoint-raised', { deadlineId, kind: 'ring', at: now, ...anew, step: its });
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

/**
 * Calls people again about a duty that a person had until now. The next on shift is called at once, or the director
 * where the duty is overdue. The former holder is told, unless the former holder acts.
 */
export function callAgain(
  decision: Decision,
  { id: deadlineId, due }: Pick<Deadline, 'id' | 'due'>,
  because: DeadlineEvent<'alarm-released'>['because'],
  holder: string,
): void {
  const { now, policy } = decision.context;
  const from = isBefore(now, due) ? elapsedFrom(now, policy.ringing.nextPersonAfter, -1) : now;
  decision.add('alarm-released', { deadlineId, because, from });
  ring(decision, deadlineId);
  // No mail goes to a person whose access ended.
  if (because !== 'access-ended') tellFormerHolder(decision, deadlineId, holder);
}

/** Tells the former holder that the child is no longer theirs, unless the former holder acts. */
export function tellFormerHolder(decision: Decision, deadlineId: string, holder: string): void {
  if (holder !== decision.context.actor.id)
    requestAlert(decision, { kind: 'holder-changed', to: [], people: [holder], deadlineId });
}

/** The duties that rang in this commit and are not in a call of it yet. `before`: the referral before the commit. */
const rangNow = (decision: Decision, before: Referral): readonly Deadline[] => {
  const { alerts } = decision.state();
  const called = decision
    .events()
    .flatMap((each) => (each.type === 'alert-requested' ? (alerts[each.alertId] ?? []) : []));
  return ringingIn(decision.state()).filter(
    ({ id, ring: its }) =>
      its?.rangAt === decision.context.now &&
      its !== before.deadlines[id]?.ring &&
      !called.some((alert) => isCall(alert) && isAbout(alert, id)),
  );
};

/** A provider is called about its own service. So that call tells of no other duty. */
const isForProvider = (deadline: Deadline, state: Referral, policy: Policy): boolean =>
  groupsToRing(deadline, state, policy).includes('provider');

/**
 * Calls people about all that rang in this commit, after any change. `before`: the referral before the commit. Other
 * duties whose call comes within the policy's `togetherWithin` ring with them, so that their calls stay together. A
 * second request in one commit asks for nothing more.
 */
export function callOut(decision: Decision, before: Referral): void {
  const { policy, now } = decision.context;
  const alone = (deadline: Deadline) => isForProvider(deadline, decision.state(), policy);
  const rang = rangNow(decision, before);
  for (const deadline of rang.filter(alone)) requestCall(decision, [deadline], before);
  if (rang.every(alone)) return;
  for (const deadline of openDeadlines(decision.state())) {
    const { id: deadlineId, ring: its } = deadline;
    if (its?.rangAt === now || alone(deadline)) continue;
    const call = callWith(deadline, decision.state(), now, policy);
    if (call) decision.add('checkpoint-raised', { deadlineId, kind: 'ring', at: now, ...call });
  }
  const together = rangNow(decision, before).filter((deadline) => !alone(deadline));
  requestCall(decision, together, before);
}

/** Who is called about a duty that rang in this commit. A warning of its hard stop is for more people. */
function calledNow(
  deadline: Deadline,
  leader: Deadline | undefined,
  before: Referral,
  { state, context: { now, policy } }: Decision,
): CalledGroups {
  const called = calledBy(deadline, state(), policy, leader);
  const earlier = before.deadlines[deadline.id];
  if (!earlier || !beginsRound(earlier, now, policy)) return called;
  const { warns = [] } = stopRuleOf(deadline, policy) ?? {};
  const told = calledByWarning(deadline, state(), policy, { warns, rang: isRinging(earlier) });
  return togetherCalled(called, told);
}

/** Asks for one alert about all these duties. It tells each group of them, and of all others that ring without an answer. */
function requestCall(decision: Decision, rang: readonly Deadline[], before: Referral): void {
  const { policy, now } = decision.context;
  const state = decision.state();
  const leader = leaderOf(rang);
  const lines = rang.map((deadline) => ({ id: deadline.id, called: calledNow(deadline, leader, before, decision) }));
  const called = lines.map((each) => each.called).reduce(togetherCalled, new Map());
  const isTold = (group: string, deadline: Deadline) =>
    lines.some(({ id, called: its }) => id === deadline.id && [...its.keys()].some((each) => each === group)) ||
    groupsToRing(deadline, state, policy).some((each) => each === group);
  const isOfCall = ({ id }: Deadline) => rang.some((each) => each.id === id);
  const mayJoin = rang.every((deadline) => !isForProvider(deadline, state, policy));
  // At its hard stop a duty rings no more, though the commit that closes it may come next.
  const also = ringingIn(state).filter(
    (deadline) =>
      mayJoin && !isOfCall(deadline) && !isForProvider(deadline, state, policy) && !hasStopped(deadline, now),
  );
  const duties = [...rang, ...also].toSorted((one, other) => Date.parse(one.due) - Date.parse(other.due));
  const calls = [...called].map(([to, turn]) => ({
    to,
    // A sealed referral has few people, who stand in for all others: each call is for both on shift.
    turn: state.access.seal ? ('both' as const) : turn,
    deadlineIds: duties.filter((deadline) => isTold(to, deadline)).map(({ id }) => id),
  }));
  const [first, ...others] = duties.filter(({ id }) => calls.some(({ deadlineIds }) => deadlineIds.includes(id)));
  if (!first) return;
  requestAlert(decision, {
    kind: 'checkpoint',
    checkpoint: 'ring',
    deadlineId: first.id,
    alsoAbout: others.map(({ id }) => id),
    to: calls.map(({ to }) => to),
    calls,
  });
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
 * one. The line begins at its front again, because other people are in it.
 */
function callThoseNowResponsible(decision: Decision, before: Referral): void {
  const {
    places: { routing },
    team: { id: team },
  } = decision.state();
  const { now } = decision.context;
  if (routing === before.places.routing && team === before.team.id) return;
  for (const deadline of openDeadlines(decision.state())) {
    if (!deadline.ring || before.deadlines[deadline.id]?.ring !== deadline.ring) continue;
    const roles = waitsOn(ruleOf(decision.context.policy, deadline), decision.state()).filter(isRole);
    if (!roles.some((role) => scopeOf(role, before) !== scopeOf(role, decision.state()))) continue;
    ring(decision, deadline.id, isBefore(now, deadline.due) ? 0 : directorStep);
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
  tellOfEnd(decision, before);
  callOut(decision, before);
}

/** Tells the people whose call ended with this commit. It is one alert for what ended together. */
function tellOfEnd(decision: Decision, before: Referral): void {
  const hasEnded = ({ id }: Deadline) => {
    const now = decision.state().deadlines[id];
    return now !== undefined && !isRinging(now);
  };
  if (!ringingIn(before).some(hasEnded)) return;
  for (const { to, deadlineIds } of callsOver(decision.state())) {
    const [deadlineId, ...alsoAbout] = deadlineIds;
    requestAlert(decision, { kind: 'alarm-over', to, deadlineId, alsoAbout });
  }
}
