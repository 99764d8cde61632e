/**
 * The line of people who are called about a duty of class `now`. A line has places. Each call is for the next place, and
 * after the last place the line begins again at the front.
 */

import type { Deadline } from '../deadlines/deadline-state.ts';
import { type Policy, type Recipient, ruleOf, waitsOn } from '../policy/policy.ts';
import type { Referral } from '../referral.ts';
import { directorStep, isOverdue, isRinging, isSlow } from './alarms.ts';
import type { Turn } from './turns.ts';

/** The recipient groups that one call is for, each with who of it is called. */
export type CalledGroups = ReadonlyMap<Recipient, Turn>;

/** What of a referral decides the line. */
type Surroundings = { readonly response: Pick<Referral['response'], 'liaison'> };

interface Place {
  readonly to: readonly Recipient[];
  /** Who is called each time. Without it, the first on shift the first time, the next the second time, and so on. */
  readonly turn?: Turn;
}

/**
 * The places of the line about a duty, first to last. The people of its rule on shift come first, then the next on
 * shift. The director on call follows, with the groups of the escalation. Then come the roles after it, one by one.
 */
function placesOf(deadline: Pick<Deadline, 'rule' | 'settledUnder'>, state: Surroundings, policy: Policy) {
  const rule = ruleOf(policy, deadline);
  const front = waitsOn(rule, state);
  const above = [...new Set([policy.ringing.director, ...rule.escalate])];
  const after = policy.afterEscalation.filter((role) => !above.includes(role));
  const places: readonly Place[] = [
    { to: front, turn: 'first' },
    { to: front, turn: 'next' },
    { to: above },
    ...after.map((role) => ({ to: [role] })),
  ];
  return { front, places };
}

/** All who may be called about this duty, first to last, and so may answer it. */
export function groupsToRing(
  deadline: Pick<Deadline, 'rule' | 'settledUnder'>,
  state: Surroundings,
  policy: Policy,
): readonly Recipient[] {
  const rule = ruleOf(policy, deadline);
  const { alert, escalate } = rule;
  return [
    ...new Set([...waitsOn(rule, state), ...alert, policy.ringing.director, ...escalate, ...policy.afterEscalation]),
  ];
}

/** These groups of two calls as one. A person who is called by either is called. */
export function togetherCalled(one: CalledGroups, other: CalledGroups): CalledGroups {
  const all = new Map(one);
  for (const [group, turn] of other) {
    const given = all.get(group) ?? turn;
    all.set(group, given === turn ? turn : 'both');
  }
  return all;
}

const calling = (to: readonly Recipient[], turn: Turn): CalledGroups => new Map(to.map((group) => [group, turn]));

/**
 * Who a warning of the hard stop is for, besides the usual call. `warns`: the groups that the policy names for it.
 * Everyone in line is called where the duty rang before without an answer (`rang`).
 */
export const calledByWarning = (
  deadline: Pick<Deadline, 'rule' | 'settledUnder'>,
  state: Surroundings,
  policy: Policy,
  { warns, rang }: { readonly warns: readonly Recipient[]; readonly rang: boolean },
): CalledGroups =>
  rang ? calling([...groupsToRing(deadline, state, policy), ...warns], 'both') : calling(warns, 'first');

/**
 * Who the last call about a duty is for, by its step. An overdue duty begins with the director, and its own people are
 * called with them. They are called too once calls are slow, and after a person gave the duty back.
 */
export function calledBy(deadline: Deadline, state: Surroundings, policy: Policy): CalledGroups {
  const { front, places } = placesOf(deadline, state, policy);
  const { ring } = deadline;
  const step = ring?.step ?? 0;
  const place = places[step % places.length];
  const isEvenPass = Math.floor(step / places.length) % 2 === 0;
  const called = calling(place?.to ?? front, place?.turn ?? (isEvenPass ? 'first' : 'next'));
  if (!ring) return called;
  // The person who gave it back may be the one on shift, or the next.
  if (ring.again) return togetherCalled(calling(front, 'both'), called);
  const isWithFront = (isOverdue(ring, deadline) && step === directorStep) || isSlow(ring, policy);
  return isWithFront ? togetherCalled(calling(front, 'first'), called) : called;
}

/** Whether everyone in line was called about a ringing duty, and no one has answered. */
export function hasRungThrough(deadline: Deadline, state: Surroundings, policy: Policy): boolean {
  const { places } = placesOf(deadline, state, policy);
  return isRinging(deadline) && (deadline.ring?.step ?? 0) >= places.length - 1;
}
