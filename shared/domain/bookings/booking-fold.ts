/** The fold of appointments for an exam or an interview. */
import { whereKnown } from '../core/where-known.ts';
import type { PartFold } from '../part-fold.ts';
import type { Booking } from './booking-state.ts';

const statusOf = { 'booking-kept': 'kept', 'booking-missed': 'missed', 'booking-canceled': 'canceled' } as const;

export const bookingFold: PartFold<'bookings'> = {
  'booking-set': (bookings = [], { type: _, v: __, booking: id, startsAt, secondReason, ...set }, { at }) => {
    const before = bookings.find((each) => each.id === id);
    const isMoved = before?.startsAt !== undefined && before.startsAt !== startsAt;
    const next: Booking = {
      id,
      ...set,
      status: startsAt === undefined ? 'asked' : 'booked',
      ...whereKnown({ startsAt, secondReason: secondReason ?? before?.secondReason }),
      moved: (before?.moved ?? 0) + (isMoved ? 1 : 0),
      setAt: at,
    };
    return before ? bookings.map((each) => (each.id === id ? next : each)) : [...bookings, next];
  },
  'booking-ended': (bookings = [], { booking, sequence, bookingEnd, bookingReason, seenAlone, at }) =>
    bookings.map((each) =>
      each.id === booking
        ? { ...each, sequence, status: statusOf[bookingEnd], endedAt: at, ...whereKnown({ bookingReason, seenAlone }) }
        : each,
    ),
};
