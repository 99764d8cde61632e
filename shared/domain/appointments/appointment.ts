/** What has a place in calendars: a meeting of the team, a hearing, or an exam or interview. */
import type { Alert } from '../alerts/alert-state.ts';
import { isRunning } from '../bookings/booking-state.ts';
import type { Referral } from '../referral.ts';
import { meetingOf } from '../team/meeting.ts';

export interface Appointment {
  readonly kind: 'meeting' | 'hearing' | 'visit';
  /** Unlike that of any other appointment of the referral. All its changes have the same. */
  readonly id: string;
  /** 0, and one more with each change. */
  readonly sequence: number;
  readonly startsAt: string;
  readonly minutes: number;
  readonly status: 'scheduled' | 'held' | 'called-off';
}

/** The hearing that an alert tells of, as it is now. */
const hearingOf = ({ appointment }: Alert, { hearings = [] }: Pick<Referral, 'hearings'>) =>
  appointment === undefined ? undefined : hearings.find(({ id }) => id === appointment);

/** The appointment that an alert tells of, as it is now. Undefined for any other alert. */
export function appointmentOf(alert: Alert, state: Referral): Appointment | undefined {
  const hearing = hearingOf(alert, state);
  if (hearing) {
    const { id, sequence, startsAt, minutes, status } = hearing;
    return { kind: 'hearing', id, sequence, startsAt, minutes, status };
  }
  const booking = state.bookings?.find(({ id }) => id === alert.appointment);
  if (booking?.startsAt !== undefined) {
    const { id, sequence, startsAt, minutes } = booking;
    const status = isRunning(booking) ? 'scheduled' : booking.status === 'canceled' ? 'called-off' : 'held';
    return { kind: 'visit', id, sequence, startsAt, minutes, status };
  }
  const meeting = meetingOf(alert, state);
  if (!meeting) return undefined;
  const { number, sequence, startsAt, minutes, status } = meeting;
  return { kind: 'meeting', id: `M${number}`, sequence, startsAt, minutes, status };
}

/**
 * Whether a reminder of an appointment is of no use any more. It is over, called off, or has another time since, which
 * has a reminder of its own.
 */
export function isPastReminder({ notBefore, requestedAt, ...alert }: Alert, state: Referral): boolean {
  if (notBefore === undefined) return false;
  const hearing = hearingOf({ ...alert, requestedAt }, state);
  return hearing?.status !== 'scheduled' || hearing.setAt !== requestedAt;
}
