/**
 * The line of people who are called about a duty of class `now`. A line has places. Each call is for the next place, and
 * after the last place the line begins again at the front.
 */

import type { Role } from '../core/vocabulary.ts';
import type { Deadline } from '../deadlines/deadline-state.ts';
import { type Policy, type Recipient, ruleOf, waitsOn } from '../policy/policy.ts';
import type { Referral } from '../referral.ts';
import { directorStep, isOverdue, isRinging, isSlow } from './alarms.ts';
import type { Turn } from './call-turns.ts';

/** The recipient groups that one call is for, each with who of it is called. */
export type CalledGroups = ReadonlyMap<Recipient, Turn>;

/** What of a referral decides the line. */
type Surroundings = { readonly response: Pick<Referral['response'], 'liaisonAcceptedAt'> };

interface Place {
  readonly at: 'front' | 'next' | 'above' | Role;
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
    { at: 'front', to: front, turn: 'first' },
    { at: 'next', to: front, turn: 'next' },
    { at: 'above', to: above },
    ...after.map((role) => ({ at: role, to: [role] })),
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

/** The place that the last call about a duty reached by its own steps, and who of it is called. */
function placeReached(deadline: Deadline, state: Surroundings, policy: Policy) {
  const { places } = placesOf(deadline, state, policy);
  const step = deadline.ring?.step ?? 0;
  const place = places[step % places.length];
  const isEvenPass = Math.floor(step / places.length) % 2 === 0;
  return (
    place && { at: place.at, to: place.to, turn: place.turn ?? (isEvenPass ? ('first' as const) : ('next' as const)) }
  );
}

/**
 * Of duties that one call is about, the one with the youngest round. The others walk their lines in step with it. Of two, the
 * one that is due first.
 */
export const leaderOf = (rang: readonly Deadline[]): Deadline | undefined =>
  rang.toSorted(
    (one, other) =>
      Date.parse(other.ring?.from ?? '') - Date.parse(one.ring?.from ?? '') ||
      Date.parse(one.due) - Date.parse(other.due),
  )[0];

/**
 * Who the last call about a duty is for, by its step. The first three calls of a round are its own. From then on it is for
 * the same place as that of the `leader`. So the lines of one child do not run side by side. An overdue duty begins with
 * the director, and its own people are called with them. They are called too once calls are slow, and after a person gave the
 * duty back.
 */
export function calledBy(
  deadline: Deadline,
  state: Surroundings,
  policy: Policy,
  leader: Deadline = deadline,
): CalledGroups {
  const { front, places } = placesOf(deadline, state, policy);
  const { ring } = deadline;
  const step = ring?.step ?? 0;
  const own = placeReached(deadline, state, policy);
  const led = step > directorStep ? placeReached(leader, state, policy) : own;
  // A role that one line asks for the escalation has a place of its own in another.
  const to = places.find(({ at }) => at === led?.at)?.to ?? led?.to;
  const called = calling(to ?? front, led?.turn ?? 'first');
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
