/** The appointments for exams and interviews, as pages and API show them. */
import type { Booking } from '../../domain/bookings/booking-state.ts';

/** In the order of recording. Undefined where there is none. */
export const viewBookings = (bookings: readonly Booking[] | undefined) =>
  bookings === undefined || bookings.length === 0
    ? undefined
    : bookings.map(({ sequence: _, setAt: __, ...booking }) => booking);
export type BookingView = NonNullable<ReturnType<typeof viewBookings>>[number];
