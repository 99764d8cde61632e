/** What a mail is about: an alert of a referral, or a notice about something else. Both take the same way. */
import type { Policy } from '../policy/policy.ts';
import type { Referral } from '../referral.ts';
import type { Alert } from './alert-state.ts';
import { textsDue } from './alert-texts.ts';
import { isPressing, urgencyOf } from './alert-urgency.ts';
import { leaseEnd, overdueMails, overdueNotices } from './alert-watch.ts';
import type { AlertEvent, AlertLife } from './alerts.ts';
import type { Notice } from './notices.ts';

/** An alert with its referral as it was read. */
export interface OutgoingAlert {
  readonly id: string;
  readonly alert: Alert;
  readonly state: Referral;
  readonly policy: Policy;
}
export interface OutgoingNotice {
  readonly id: string;
  readonly notice: Notice;
}
export type Outgoing = OutgoingAlert | OutgoingNotice;

export const isNotice = (about: Outgoing): about is OutgoingNotice => 'notice' in about;

/** The alert of this id in a referral. Undefined where the referral never requested it. */
export const alertIn = (state: Referral, policy: Policy, id: string): OutgoingAlert | undefined => {
  const alert = state.alerts[id];
  return alert && { id, alert, state, policy };
};

/** The reference, team or day that it is about, or the word for the shifts. */
export const subjectOf = (about: Outgoing): string => (isNotice(about) ? about.notice.of : about.state.id);

/** 2 for class now, 1 for class today, else 0. A notice is never urgent. */
export const urgencyOfMail = (about: Outgoing): number =>
  isNotice(about) ? 0 : urgencyOf(about.alert, about.state, about.policy);

/** Whether it cannot wait at all: it is of class `now`. */
export const pressesAt = (about: Outgoing): boolean =>
  !isNotice(about) && isPressing(about.alert, about.state, about.policy);

/** When a lease of its mail expires that begins at `now`, both UTC instants. */
export const leaseEndOf = (about: Outgoing, now: string): string =>
  leaseEnd(now, !isNotice(about) && about.alert.checkpoint === 'ring');

/** The events to record about its mail and text messages that are overdue at `now`, a UTC instant. */
export const overdueEvents = (about: Outgoing, life: AlertLife, now: string): readonly AlertEvent[] =>
  isNotice(about)
    ? overdueNotices(life, now)
    : [
        ...overdueMails(about.alert, about.state, life, now),
        ...textsDue(about.alert, about.state, life, about.policy, now),
      ];
