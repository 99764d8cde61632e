/** Who is told of an exam or interview: the caseworker, the seats concerned, and the provider that serves the child. */
import { tellOfAppointment } from '../appointments/tell-of-appointment.ts';
import type { Decision } from '../core/decision.ts';
import { isAfter } from '../core/instants.ts';
import type { Bookable, Discipline } from '../core/vocabulary.ts';
import { peopleFor } from '../team/seats.ts';

const seatsOf: Readonly<Record<Bookable, readonly Discipline[]>> = {
  'medical-acute-forensic': ['victim-advocate', 'medical'],
  'medical-nonacute': ['victim-advocate', 'medical'],
  'forensic-interview': ['victim-advocate', 'forensic-interviewer', 'law-enforcement'],
};

/** After its time was set, moved or cancelled. Of one in the past, or without a time, no one is told. */
export function tellOfBooking(
  decision: Decision,
  id: string,
  kind: 'meeting-scheduled' | 'meeting-moved' | 'meeting-cancelled',
): void {
  const { bookings = [], team, services } = decision.state();
  const booking = bookings.find((each) => each.id === id);
  const { startsAt } = booking ?? {};
  if (!booking || startsAt === undefined || !isAfter(startsAt, decision.context.now)) return;
  const seats = team.seats.filter(({ discipline }) => seatsOf[booking.service].includes(discipline));
  // A provider that was not referred the child has no part in the referral. People call it.
  const serves = services.linkages[booking.service]?.contactId === booking.contactId ? [booking.contactId] : [];
  const people = [...new Set([...peopleFor(seats), ...serves])];
  tellOfAppointment(decision, kind, { appointment: id, startsAt, to: ['caseworker'], people });
}
