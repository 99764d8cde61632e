/**
 * The order of work, by harm. First come children in danger or missing with an overdue duty of class `now`. Then come
 * duties of class `now` by the time left, then the rest by the time left. Every list of work uses it: the queue, each
 * person's deadlines, the overdue list.
 */

import { urgencyOf } from '../calls/call-words.ts';
import type { Deadline } from '../deadlines/deadline-state.ts';
import { openDeadlines } from '../deadlines/open-deadlines.ts';
import { isMissing } from '../missing/absences.ts';
import { alarmClassOf } from '../policy/alarm-classes.ts';
import { type AlarmClass, type Policy, ruleOf } from '../policy/policy.ts';
import type { Referral } from '../referral.ts';

type Child = Pick<Referral, 'missing'> & { readonly response: Pick<Referral['response'], 'danger'> };

/** A key that sorts as text: the rank, and the due instant (UTC). */
const keyOf = (rank: 0 | 1 | 2, due: string): string => `${rank}#${due}`;

/** Unconfirmed danger ranks by its clocks: known danger comes before it. */
const isInPeril = (state: Child): boolean => state.response.danger === 'yes' || isMissing(state);

function rankOf(deadline: Deadline, state: Child, policy: Policy): 0 | 1 | 2 {
  if (alarmClassOf(deadline, state, policy) !== 'now') return 2;
  return deadline.missed && isInPeril(state) ? 0 : 1;
}

/** The position in the lists of work of a row about this deadline. */
export const orderOf = (deadline: Deadline, state: Child, policy: Policy): string =>
  keyOf(rankOf(deadline, state, policy), deadline.due);

/** The position of a row with this due instant and no duty of class `now`. */
export const orderByTime = (due: string): string => keyOf(2, due);

/**
 * All rows that are overdue at `now`, a UTC instant, come before this key, even one missed at that instant. The few
 * duties of class `now` that are not overdue come before it too. The reader leaves them out.
 */
export const overdueBefore = (now: string): string => `${orderByTime(now)}~`;

const missedRank: Readonly<Record<AlarmClass, number>> = { now: 0, today: 2, routine: 3 };

/** 0 missed and of class `now`, 1 of class `now`, 2 missed and for today, 3 missed, 4 any other. */
function weightOf(deadline: Deadline, state: Child, policy: Policy): number {
  const alarmClass = alarmClassOf(deadline, state, policy);
  if (deadline.missed) return missedRank[alarmClass];
  return alarmClass === 'now' ? 1 : 4;
}

/**
 * The open duty that stands for a referral in a list. It is the worst missed one, else the next of class `now`, else
 * the next. Of several missed duties of class `now`, it is the first on the call card.
 */
export function worstDuty(state: Referral, policy: Policy): Deadline | undefined {
  const urgency = (deadline: Deadline) => urgencyOf(ruleOf(policy, deadline));
  return openDeadlines(state)
    .map((deadline) => ({ deadline, weight: weightOf(deadline, state, policy) }))
    .toSorted(
      ({ deadline: one, weight }, { deadline: other, weight: otherWeight }) =>
        weight - otherWeight ||
        (weight === 0 ? urgency(one) - urgency(other) : 0) ||
        Date.parse(one.due) - Date.parse(other.due),
    )[0]?.deadline;
}
