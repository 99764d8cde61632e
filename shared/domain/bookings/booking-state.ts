/** What the state of a referral remembers of appointments for an exam or an interview. */

import type { EventIn } from '../core/event-shape.ts';
import { isAfter } from '../core/instants.ts';
import type { bookingStates } from '../core/vocabulary.ts';
import type { ResponseState } from '../response/response-state.ts';
import type { bookingEvents } from './booking-events.ts';

type BookingEvent<Type extends keyof typeof bookingEvents> = EventIn<typeof bookingEvents, Type>;

/** As it was set last, and how it ended. */
export interface Booking
  extends Omit<BookingEvent<'booking-set'>, 'type' | 'v' | 'booking'>,
    Pick<BookingEvent<'booking-ended'>, 'bookingReason' | 'seenAlone'> {
  /** Such as `B1`. */
  readonly id: string;
  readonly status: (typeof bookingStates)[number];
  /** How often its time was moved. */
  readonly moved: number;
  /** When it was set last. */
  readonly setAt: string;
  readonly endedAt?: string;
}

export type BookingsState = readonly Booking[];

/**
 * Whether the child had a forensic interview by `now`, a UTC instant. A booking was kept, or a time set without one passed, or
 * someone said so. A missed appointment is none.
 */
export function hadInterview(
  {
    bookings = [],
    response,
  }: { readonly bookings?: BookingsState; readonly response: Pick<ResponseState, 'interview' | 'interviewHeld'> },
  now: string,
): boolean {
  const booked = bookings.filter(({ service }) => service === 'forensic-interview');
  const { interview, interviewHeld } = response;
  const isOfBooking = booked.some(({ startsAt }) => startsAt !== undefined && startsAt === interview?.scheduledFor);
  const isPast = interview !== undefined && !isAfter(interview.scheduledFor, now);
  return interviewHeld !== undefined || booked.some(({ status }) => status === 'kept') || (isPast && !isOfBooking);
}

export const isRunning = ({ status }: Pick<Booking, 'status'>): boolean => status === 'asked' || status === 'booked';
