/** The appointments for exams and interviews: when, where, who interprets, and whether an advocate comes. */
import type { BookingView } from '../../../shared/application/read/bookings.ts';
import { Table } from '../app/components/table.tsx';
import { useWording } from '../app/spoken.ts';

export function Bookings({
  bookings,
  providerNameOf,
}: {
  readonly bookings: readonly BookingView[] | undefined;
  readonly providerNameOf: (providerId: string) => string;
}) {
  const { say, code, inside, at } = useWording();
  if (!bookings) return null;
  return (
    <Table
      caption={say('Exams and interviews')}
      heads={[say('What'), say('State'), say('When'), say('Where'), say('Interpreter'), say('Advocate')]}
      rows={bookings.map((booking) => {
        const {
          service,
          status,
          startsAt,
          providerId,
          interpreter,
          advocate,
          moved,
          bookingReason,
          seenAlone,
          secondReason,
        } = booking;
        return [
          <>
            {code(service)}
            {secondReason !== undefined && <div>{say('A second one: {reason}', { reason: inside(secondReason) })}</div>}
          </>,
          [
            code(status),
            ...(bookingReason === undefined ? [] : [inside(bookingReason)]),
            ...(seenAlone === undefined ? [] : [say('Seen alone: {answer}', { answer: inside(seenAlone) })]),
            ...(moved > 0 ? [say('moved: {count}', { count: moved })] : []),
          ].join(', '),
          startsAt === undefined ? say('no time yet') : at(startsAt),
          providerNameOf(providerId),
          code(interpreter),
          code(advocate),
        ];
      })}
    />
  );
}
