/** The acts of appointments for an exam or an interview: asked for, booked, moved, kept, missed. */
import * as z from 'zod';
import { actAt, command } from '../core/command.ts';
import type { Decision } from '../core/decision.ts';
import { actInstant, idInput, instantInput } from '../core/fields.ts';
import { isAfter } from '../core/instants.ts';
import type { Person } from '../core/person.ts';
import { isRefusal, type Refusal } from '../core/refusal.ts';
import { linkers, teamLeaders } from '../core/role-groups.ts';
import {
  advocateAnswers,
  aloneAnswers,
  bookable,
  bookingEnds,
  bookingReasons,
  type Discipline,
  interpreterNeeds,
  type Role,
  secondInterviewReasons,
} from '../core/vocabulary.ts';
import { whereKnown } from '../core/where-known.ts';
import { markKept } from '../deadlines/deadlines.ts';
import { profileOf } from '../facts/profile-state.ts';
import { formatInstant } from '../policy/due.ts';
import type { Referral } from '../referral.ts';
import { refuse } from '../refusals.ts';
import { aloneUnsaid } from '../response/seen-alone.ts';
import { isHolder } from '../team/seats.ts';
import { wordsInside } from '../words/code-words.ts';
import { type Booking, hadInterview, isRunning } from './booking-state.ts';
import { tellOfBooking } from './tell-of-booking.ts';

const staffWhoBook: readonly Role[] = [...linkers, ...teamLeaders];
const bookers: readonly Role[] = [...staffWhoBook, 'mdt-member'];
const seatsWhoBook: readonly Discipline[] = ['victim-advocate', 'forensic-interviewer', 'medical', 'love146'];

/** Staff who link services, leaders of the team, and the seats that come along with the child. */
export const mayBook = ({ team: { seats } }: Referral, { id, roles }: Person): boolean =>
  roles.some((role) => staffWhoBook.includes(role)) ||
  seats.some((seat) => seatsWhoBook.includes(seat.discipline) && isHolder(seat, id));

/** In milliseconds. A later date is a typing error. */
const furthest = 183 * 86_400_000;
const minutes = z.int().min(15, 'Give at least 15 minutes.').max(480, 'Give at most 480 minutes.');

const bookingNamed = ({ bookings }: Referral, { booking: id }: { readonly booking: string }): Booking | undefined =>
  bookings?.find((booking) => booking.id === id);
const bookingIn = (decision: Decision, id: string): Booking | undefined =>
  bookingNamed(decision.state(), { booking: id });

function wrongTime({ context: { now } }: Decision, startsAt: string | undefined): Refusal | undefined {
  if (startsAt === undefined) return undefined;
  const said = { startsAt: formatInstant(startsAt) };
  if (!isAfter(startsAt, now)) return refuse('in-the-past/booking', said);
  return Date.parse(startsAt) - Date.parse(now) > furthest ? refuse('too-far-ahead/booking', said) : undefined;
}

/** A child who speaks another language is not booked without words for it. The card counts before other facts. */
function interpreterFirst(state: Referral, interpreter: Booking['interpreter']): Refusal | undefined {
  const language = state.card?.answers.cardLanguage ?? profileOf(state).known.childLanguage ?? 'english';
  if (interpreter !== 'none-needed' || language === 'english') return undefined;
  return refuse('interpreter-first', { language: wordsInside(language) });
}

/**
 * The first time of an interview settles the question of it, as its own act does (D20). A move changes the time alone. So does
 * the booking of one that was set without it.
 */
function settleInterview(decision: Decision, before: readonly Booking[], startsAt: string): void {
  const last = before.findLast((each) => each.service === 'forensic-interview' && each.startsAt !== undefined);
  const { interview } = decision.state().response;
  const isAhead = interview !== undefined && isAfter(interview.scheduledFor, decision.context.now);
  if ((!last || last.status === 'kept') && !isAhead) {
    decision.add('interview-settled', { answer: 'scheduled', scheduledFor: startsAt });
    markKept(decision, 'interview-settled', decision.context.now);
  }
  const { way, directions } = (isAhead && interview) || {};
  decision.add('interview-scheduled', { scheduledFor: startsAt, ...whereKnown({ way, directions }) });
}

export const bookingCommands = {
  'ask-booking': command({
    title: 'Book an exam or interview, or ask for a time',
    inEmergency: 'allowed',
    roles: bookers,
    note: 'Ask the child first. One forensic interview is enough. Without a time it counts as asked for.',
    input: z.strictObject({
      service: z.enum(bookable),
      providerId: idInput(),
      startsAt: instantInput('Give date, time and zone of the appointment.').optional(),
      minutes: minutes.default(60),
      interpreter: z.enum(interpreterNeeds),
      advocate: z.enum(advocateAnswers),
      secondReason: z.enum(secondInterviewReasons).optional(),
    }),
    needs: 'provider',
    restsOn: ({ response: { interview } }, { service, startsAt }) =>
      service === 'forensic-interview' && startsAt !== undefined ? interview : undefined,
    decide(
      decision,
      { service, providerId, startsAt, minutes: length, ...input },
      person,
      { provider: { contactId } },
    ) {
      const state = decision.state();
      if (!mayBook(state, person)) return refuse('not-a-booker');
      if (contactId === undefined) return refuse('no-such-provider', { service });
      const { bookings = [] } = state;
      const same = bookings.filter((each) => each.service === service);
      if (same.some(isRunning)) return refuse('booked-already');
      const isSecond = service === 'forensic-interview' && hadInterview(state, decision.context.now);
      if (isSecond && input.secondReason === undefined) return refuse('second-interview');
      if (!isSecond && input.secondReason !== undefined) return refuse('second-unasked');
      const refused = wrongTime(decision, startsAt) ?? interpreterFirst(state, input.interpreter);
      if (refused) return refused;
      const booking = `B${bookings.length + 1}`;
      decision.add('booking-set', {
        booking,
        sequence: 0,
        service,
        providerId,
        contactId,
        ...whereKnown({ startsAt }),
        minutes: length,
        interpreter: input.interpreter,
        advocate: input.advocate,
        ...whereKnown({ secondReason: input.secondReason }),
      });
      if (startsAt === undefined) return undefined;
      if (service === 'forensic-interview') settleInterview(decision, bookings, startsAt);
      tellOfBooking(decision, booking, 'meeting-scheduled');
      return undefined;
    },
  }),
  'move-booking': command({
    title: 'Set or move the time of an exam or interview',
    inEmergency: 'allowed',
    roles: bookers,
    note: 'Also change here who interprets and whether an advocate comes.',
    input: z.strictObject({
      booking: idInput(),
      startsAt: instantInput('Give date, time and zone of the appointment.'),
      minutes: minutes.optional(),
      interpreter: z.enum(interpreterNeeds).optional(),
      advocate: z.enum(advocateAnswers).optional(),
    }),
    restsOn(state, input) {
      const booking = bookingNamed(state, input);
      return booking?.service === 'forensic-interview' ? [booking, state.response.interview] : booking;
    },
    decide(decision, { booking: id, startsAt, ...input }, person) {
      const state = decision.state();
      if (!mayBook(state, person)) return refuse('not-a-booker');
      const before = bookingIn(decision, id);
      if (!before) return refuse('no-such-booking');
      if (!isRunning(before)) return refuse('booking-over');
      const { interpreter = before.interpreter, advocate = before.advocate, minutes: length = before.minutes } = input;
      const refused = wrongTime(decision, startsAt) ?? interpreterFirst(state, interpreter);
      if (refused) return refused;
      const { sequence, service, providerId, contactId } = before;
      const isSame = Date.parse(before.startsAt ?? '') === Date.parse(startsAt) && length === before.minutes;
      if (isSame && interpreter === before.interpreter && advocate === before.advocate) return undefined;
      decision.add('booking-set', {
        booking: id,
        sequence: sequence + 1,
        service,
        providerId,
        contactId,
        startsAt,
        minutes: length,
        interpreter,
        advocate,
      });
      if (isSame) return undefined;
      const others = (state.bookings ?? []).filter((each) => each.id !== id || each.startsAt !== undefined);
      if (service === 'forensic-interview') settleInterview(decision, others, startsAt);
      tellOfBooking(decision, id, before.startsAt === undefined ? 'meeting-scheduled' : 'meeting-moved');
      return undefined;
    },
  }),
  'end-booking': command({
    title: 'Record whether an exam or interview was kept',
    inEmergency: 'refused',
    roles: bookers,
    stages: ['open', 'closed'],
    note: 'Never write what was said there. Say whether the child was seen alone. A missed one is a task to book again, and no fault of the child.',
    input: z.strictObject({
      booking: idInput(),
      bookingEnd: z.enum(bookingEnds),
      bookingReason: z.enum(bookingReasons).optional(),
      /** Needed where it was kept. */
      seenAlone: z.enum(aloneAnswers).optional(),
      at: actInstant(),
    }),
    restsOn: bookingNamed,
    decide(decision, { booking: id, bookingEnd, bookingReason, seenAlone, ...input }, person) {
      if (!mayBook(decision.state(), person)) return refuse('not-a-booker');
      const before = bookingIn(decision, id);
      if (!before) return refuse('no-such-booking');
      if (!isRunning(before)) return refuse('booking-over');
      const { now } = decision.context;
      const { startsAt } = before;
      if (bookingEnd !== 'booking-canceled') {
        if (startsAt === undefined) return refuse('booking-without-time');
        if (isAfter(startsAt, now)) return refuse('booking-ahead', { startsAt: formatInstant(startsAt) });
      }
      if (bookingEnd === 'booking-kept' && bookingReason !== undefined) return refuse('booking-reason-unasked');
      if (bookingEnd !== 'booking-kept' && bookingReason === undefined) return refuse('booking-reason-missing');
      const wrong = aloneUnsaid(bookingEnd === 'booking-kept', seenAlone);
      if (wrong) return wrong;
      const at = actAt(decision, input.at ?? (bookingEnd === 'booking-kept' ? startsAt : now), true);
      if (isRefusal(at)) return at;
      const sequence = before.sequence + (bookingEnd === 'booking-canceled' ? 1 : 0);
      decision.add('booking-ended', {
        booking: id,
        sequence,
        bookingEnd,
        at,
        ...whereKnown({ bookingReason, seenAlone }),
      });
      if (bookingEnd === 'booking-canceled') tellOfBooking(decision, id, 'meeting-cancelled');
      return undefined;
    },
  }),
};
