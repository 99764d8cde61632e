/**
 * Who gets a text message: a person whose mail about a call, or about news of class `now`, stays unanswered. Each alert
 * and person get one, of one constant sentence. Instants are UTC.
 */

import { isShutTo } from '../access/seal.ts';
import { alarmClassOfAlert } from '../policy/alarm-classes.ts';
import { elapsedFrom } from '../policy/due.ts';
import type { Policy } from '../policy/policy.ts';
import type { Referral } from '../referral.ts';
import { hasConflict } from '../team/seats.ts';
import { groupOf } from './addressed-as.ts';
import type { Alert } from './alert-state.ts';
import type { AlertText, TextEvent } from './alert-text-events.ts';
import { isObsolete, isSettledFor } from './alert-watch.ts';
import type { AlertLife, Delivery } from './alerts.ts';
import { isAcknowledgedFor } from './recipient-groups.ts';

/** How often a text message becomes due while the service does not take it. */
const mostTries = 3;
/** A text message that is due this long, in milliseconds, has lost its nudge. */
const nudgePatience = 5 * 60_000;

/**
 * Whether text messages follow this alert: it calls, or it is news of class `now`. News that a call is over asks for
 * nothing.
 */
export function isTexted(alert: Alert, state: Referral, policy: Policy): boolean {
  const { kind, checkpoint } = alert;
  if (alarmClassOfAlert(alert, state, policy) !== 'now' || kind === 'alarm-over') return false;
  // In a referral that has ended, only duties that are still owed call.
  return checkpoint === 'ring' || (policy.news[kind] !== undefined && state.stage === 'open');
}

/** Whether the recipient groups of this mail have not answered, and the person may still read about the referral. */
function isUnanswered({ personId, addressedAs, also = [] }: Delivery, alert: Alert, state: Referral): boolean {
  if (hasConflict(state, personId) || isShutTo(state, personId)) return false;
  const groups = [addressedAs, ...also].map(groupOf);
  return groups.some((group) => !isAcknowledgedFor(group, alert) && !isSettledFor(group, alert, state));
}

/** A text message that was leased or sent is never due again. */
const mayBeDue = (text: AlertText | undefined): boolean =>
  text === undefined || ((text.status === 'due' || text.status === 'released') && text.tries < mostTries);

/** Whether a person who was mailed may still need a text message, by the alert's own chain alone. */
export const hasTextsLeft = ({ deliveries, texts }: AlertLife): boolean =>
  deliveries.some((each) => each.texts === true && mayBeDue(texts[each.personId]));

/** The mails of this alert that a text message may follow, as the referral is now. None where the alert was answered or is over. */
export function textable(alert: Alert, state: Referral, life: AlertLife, policy: Policy): readonly Delivery[] {
  if (isObsolete(alert, state) || !isTexted(alert, state, policy)) return [];
  return life.deliveries.filter((each) => each.texts === true && isUnanswered(each, alert, state));
}

/** Those of them that have not got a text message yet and still may. */
export const textsLeft = (alert: Alert, state: Referral, life: AlertLife, policy: Policy): readonly Delivery[] =>
  textable(alert, state, life, policy).filter(({ personId }) => mayBeDue(life.texts[personId]));

/**
 * The other alerts of the referral that may have caused a text message within the policy's `textAfter` before `now`.
 */
export const textedBeside = (alert: Alert, state: Referral, policy: Policy, now: string): readonly Alert[] => {
  // A text message comes at the latest one sweep after `textAfter`. It may become due again for as long.
  const since = elapsedFrom(now, { unit: 'hours', amount: 1 }, -1);
  return Object.values(state.alerts).filter(
    (other) => other.id !== alert.id && other.requestedAt >= since && isTexted(other, state, policy),
  );
};

/** Whether this person got a text message about one of these alerts less than the policy's `textAfter` before `now`. */
export const isJustTexted = (
  lives: readonly AlertLife[],
  personId: string,
  { ringing }: Policy,
  now: string,
): boolean =>
  lives.some(({ texts: { [personId]: text } }) => {
    const mayHaveIt = text?.status === 'sent' || text?.status === 'leased';
    return mayHaveIt && Date.parse(elapsedFrom(text.at, ringing.textAfter)) > Date.parse(now);
  });

/** The text messages that are due at `now` and have no sender yet, as events for the alert's chain. */
export function textsDue(
  alert: Alert,
  state: Referral,
  life: AlertLife,
  policy: Policy,
  now: string,
): readonly TextEvent[] {
  const isPast = (instant: string) => Date.parse(instant) <= Date.parse(now);
  return textsLeft(alert, state, life, policy).flatMap(({ personId, at }): TextEvent[] => {
    const text = life.texts[personId];
    const isWaiting = text?.status === 'due' && Date.parse(now) - Date.parse(text.at) < nudgePatience;
    if (isWaiting || !isPast(elapsedFrom(at, policy.ringing.textAfter))) return [];
    return [{ type: 'alert-text-due', v: 1, personId }];
  });
}
