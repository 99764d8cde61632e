/** Which alerts come before all others, where the mail service takes only so many: by their class, calls first. */
import { alarmClassOfAlert } from '../policy/alarm-classes.ts';
import { alarmClasses, type Policy } from '../policy/policy.ts';
import type { Referral } from '../referral.ts';
import type { Alert } from './alert-state.ts';

/** 0 for what is routine, 2 for what is of class `now`. */
export const urgencyOf = (alert: Alert, state: Referral, policy: Policy): number =>
  alarmClasses.length - 1 - alarmClasses.indexOf(alarmClassOfAlert(alert, state, policy));

/** Whether it cannot wait at all: it is of class `now`. */
export const isPressing = (alert: Alert, state: Referral, policy: Policy): boolean =>
  alarmClassOfAlert(alert, state, policy) === 'now';

/** The same alerts, calls first, then by class; each part in the order it had. */
export const urgentFirst = (alerts: readonly Alert[], state: Referral, policy: Policy): readonly Alert[] => {
  const rank = (alert: Alert) => urgencyOf(alert, state, policy) + Number(alert.checkpoint === 'ring');
  return alerts.toSorted((one, other) => rank(other) - rank(one));
};
