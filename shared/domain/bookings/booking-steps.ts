/** What appointments ask for: a time, an advocate, whether one was kept, and another one after a miss. Pure. */
import { dayAfter, isAfter } from '../core/instants.ts';
import type { Act, AskedStep } from '../next-steps/acts.ts';
import { formatInstant } from '../policy/due.ts';
import type { Referral } from '../referral.ts';
import { wordsInside } from '../words/code-words.ts';
import { type ListedStep, stepTitle } from '../words/step-titles.ts';
import { partner } from '../words/words.ts';
import type { Booking } from './booking-state.ts';

const setTime = (booking: string): Act => ({
  command: 'move-booking',
  input: { booking },
  button: partner('Set the time', 'Fijar la hora'),
});

/** Whether the service has started, or is not wanted, so that nothing is booked again. */
const isSettled = ({ services: { linkages } }: Referral, { service }: Pick<Booking, 'service'>): boolean =>
  ['started', 'declined'].includes(linkages[service]?.status ?? '');

/** Whether an appointment that was not kept is to be booked again. */
export const isBookedAgain = (state: Referral, { id, service, status }: Booking): boolean =>
  (status === 'missed' || status === 'canceled') &&
  state.bookings?.findLast((each) => each.service === service)?.id === id &&
  !isSettled(state, { service });

/** The steps for people who book. `now` is a UTC instant. */
export function bookingSteps(state: Referral, now: string): readonly AskedStep[] {
  const { bookings = [] } = state;
  return bookings.flatMap((booking, index): readonly AskedStep[] => {
    const { id, service, status, startsAt, advocate } = booking;
    const what = wordsInside(service);
    const listed = (step: ListedStep) => ({ step, key: `${id}-${step}`, subject: service });
    if (status === 'asked')
      return [{ title: stepTitle('get-time', what), listed: listed('get-time'), acts: [setTime(id)] }];
    if (status === 'booked' && startsAt !== undefined) {
      if (!isAfter(startsAt, now)) {
        return [
          {
            title: `${stepTitle('record-kept', what)}, ${formatInstant(startsAt)}`,
            listed: { ...listed('record-kept'), from: startsAt },
            due: dayAfter(startsAt),
            acts: [
              {
                command: 'end-booking',
                input: { booking: id },
                asks: ['bookingReason'],
                button: partner('Record whether it was kept', 'Registrar si se cumplió'),
              },
            ],
          },
        ];
      }
      return advocate === 'no-advocate-yet'
        ? [
            {
              title: `${stepTitle('find-advocate', what)}, ${formatInstant(startsAt)}`,
              listed: listed('find-advocate'),
              due: startsAt,
              acts: [{ ...setTime(id), asks: ['advocate'], input: { booking: id, startsAt } } as Act],
            },
          ]
        : [];
    }
    if (status === 'kept') {
      const isLast = !bookings.slice(index + 1).some((later) => later.service === service);
      return !isLast || isSettled(state, booking) || state.services.linkages[service] === undefined
        ? []
        : [
            {
              title: stepTitle('record-start', what),
              listed: listed('record-start'),
              acts: [
                {
                  command: 'start-linkage',
                  input: { service },
                  button: partner('Record that the service has started', 'Registrar que comenzó el servicio'),
                },
              ],
            },
          ];
    }
    if (!isBookedAgain(state, booking)) return [];
    return [
      {
        title: stepTitle('book-again', what),
        listed: listed('book-again'),
        note: 'The appointment was not kept. Ask the child what would help.',
        acts: [{ command: 'ask-booking', input: { service }, button: partner('Book it again', 'Reservar otra vez') }],
      },
    ];
  });
}
