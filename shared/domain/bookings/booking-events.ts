/** The events of appointments for an exam or an interview. What is said there is never recorded. */
import * as z from 'zod';
import { id, instant } from '../core/event-fields.ts';
import {
  advocateAnswers,
  aloneAnswers,
  bookable,
  bookingEnds,
  bookingReasons,
  interpreterNeeds,
  secondInterviewReasons,
} from '../core/vocabulary.ts';

export const bookingEvents = {
  /** An appointment that is asked for, booked, or moved. `booking`: its id in the referral, such as `B1`. */
  'booking-set': z.object({
    booking: id,
    /** 0, and one more with each change. */
    sequence: z.number(),
    service: z.enum(bookable),
    providerId: id,
    contactId: id,
    /** Absent while a time is only asked for. */
    startsAt: instant.optional(),
    minutes: z.number(),
    interpreter: z.enum(interpreterNeeds),
    advocate: z.enum(advocateAnswers),
    secondReason: z.enum(secondInterviewReasons).optional(),
  }),
  'booking-ended': z.object({
    booking: id,
    sequence: z.number(),
    bookingEnd: z.enum(bookingEnds),
    bookingReason: z.enum(bookingReasons).optional(),
    seenAlone: z.enum(aloneAnswers).optional(),
    at: instant,
  }),
} as const;
