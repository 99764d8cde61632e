/** What the state of a referral remembers of appointments for an exam or an interview. */
import type {
  advocateAnswers,
  Bookable,
  bookingReasons,
  bookingStates,
  interpreterNeeds,
  secondInterviewReasons,
} from '../core/vocabulary.ts';

export interface Booking {
  /** Such as `B1`. */
  readonly id: string;
  readonly sequence: number;
  readonly service: Bookable;
  readonly providerId: string;
  readonly contactId: string;
  readonly status: (typeof bookingStates)[number];
  readonly startsAt?: string;
  readonly minutes: number;
  readonly interpreter: (typeof interpreterNeeds)[number];
  readonly advocate: (typeof advocateAnswers)[number];
  /** Why a second interview is needed. Absent for the first. */
  readonly secondReason?: (typeof secondInterviewReasons)[number];
  /** How often its time was moved. */
  readonly moved: number;
  /** When it was set last. */
  readonly setAt: string;
  readonly bookingReason?: (typeof bookingReasons)[number];
  readonly endedAt?: string;
}

export type BookingsState = readonly Booking[];

export const isRunning = ({ status }: Pick<Booking, 'status'>): boolean => status === 'asked' || status === 'booked';
