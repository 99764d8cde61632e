/**
 * The order of work, by harm. One key ranks every list of work. These are the queue, each person's deadlines, the overdue
 * list and the next steps of a referral. See docs/decisions/044-one-key-ranks-all-work.md.
 */

import { urgencyOf } from '../calls/call-words.ts';
import type { Deadline } from '../deadlines/deadline-state.ts';
import { isStatutory } from '../deadlines/deadlines.ts';
import { openDeadlines, soonest } from '../deadlines/open-deadlines.ts';
import { isMissing } from '../missing/absences.ts';
import { alarmClassOf, type Surroundings } from '../policy/alarm-classes.ts';
import { newYorkDate } from '../policy/due.ts';
import { type Policy, ruleOf } from '../policy/policy.ts';
import type { Referral } from '../referral.ts';

/**
 * From the most urgent on. Among missed duties of class `now`, the order is that of the call card, and then the time. Of
 * the other duties, missed ones come first, those of law before those of policy. Duties that are not missed go by the day on
 * which they are due. On each day those of law come first, then the time left counts. So no duty of law hides one of policy that
 * is due on an earlier day.
 */
const ranks = [
  'missed now, of a child in danger or missing',
  'now, of a child in danger or missing',
  'missed now',
  'now',
  'missed',
  'by day',
] as const;
type Rank = (typeof ranks)[number];

/** A key that sorts as text: the rank, the place within the rank, and the due instant (UTC). */
const keyOf = (rank: Rank, place: string, due: string): string => `${ranks.indexOf(rank)}#${place}#${due}`;

const lawFirst = (isLaw: boolean): string => (isLaw ? '0' : '1');
/** The row keeps its key until the next commit. So the place is a day of New York: a span before now would move. */
const byDay = (due: string, isLaw: boolean): string => keyOf('by day', `${newYorkDate(due)}.${lawFirst(isLaw)}`, due);

/** Unconfirmed danger ranks by its clocks: known danger comes before it. No child is in danger by a referral that has ended. */
const isInPeril = (state: Surroundings): boolean =>
  state.stage === 'open' && (state.response.danger === 'yes' || isMissing(state));

/** The position in the lists of work of a row about this deadline. */
export function orderOf(deadline: Deadline, state: Surroundings, policy: Policy): string {
  const { due, missed } = deadline;
  if (alarmClassOf(deadline, state, policy) === 'now') {
    const rank = missed ? 'missed now' : 'now';
    const place = missed ? urgencyOf(ruleOf(policy, deadline)) : 0;
    return keyOf(
      isInPeril(state) ? `${rank}, of a child in danger or missing` : rank,
      String(place).padStart(2, '0'),
      due,
    );
  }
  const isLaw = isStatutory(deadline, policy);
  return missed ? keyOf('missed', lawFirst(isLaw), due) : byDay(due, isLaw);
}

/** The position of a row with this due instant and no duty of its own. */
export const orderByTime = (due: string): string => byDay(due, false);

/**
 * All rows that are overdue at `now`, a UTC instant, come before this key, even one missed at that instant. So do a few that
 * are not: duties of class `now`, and duties of law of the same day. The reader leaves them out.
 */
export const overdueBefore = (now: string): string => `${orderByTime(now)}~`;

const inOrder = (state: Referral, policy: Policy): readonly Deadline[] =>
  openDeadlines(state)
    .map((deadline) => ({ deadline, order: orderOf(deadline, state, policy) }))
    .toSorted(({ order: one }, { order: other }) => (one < other ? -1 : one > other ? 1 : 0))
    .map(({ deadline }) => deadline);

/** The open duty that stands for a referral in a list: the first in the order of work. */
export const worstDuty = (state: Referral, policy: Policy): Deadline | undefined => inOrder(state, policy)[0];

/** Of the other open duties that were not missed, the one that is due next. At one instant, the first in the order of work. */
export function nextDuty(state: Referral, policy: Policy): Deadline | undefined {
  const [, ...others] = inOrder(state, policy);
  return soonest(others.filter(({ missed }) => !missed));
}
