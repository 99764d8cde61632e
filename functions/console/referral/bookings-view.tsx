/** The appointments for exams and interviews: when, where, who interprets, and whether an advocate comes. */
import type { BookingView } from '../../../shared/application/read/bookings.ts';
import { formatInstant } from '../../../shared/domain/policy/due.ts';
import { words, wordsInside } from '../../../shared/domain/words/code-words.ts';
import { Table } from '../app/components/table.tsx';

export function Bookings({
  bookings,
  providerNameOf,
}: {
  readonly bookings: readonly BookingView[] | undefined;
  readonly providerNameOf: (providerId: string) => string;
}) {
  if (!bookings) return null;
  return (
    <Table
      caption="Exams and interviews"
      heads={['What', 'State', 'When', 'Where', 'Interpreter', 'Advocate']}
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
            {words(service)}
            {secondReason !== undefined && <div>A second one: {wordsInside(secondReason)}</div>}
          </>,
          [
            words(status),
            ...(bookingReason === undefined ? [] : [wordsInside(bookingReason)]),
            ...(seenAlone === undefined ? [] : [`Seen alone: ${wordsInside(seenAlone)}`]),
            ...(moved > 0 ? [`moved: ${moved}`] : []),
          ].join(', '),
          startsAt === undefined ? 'no time yet' : formatInstant(startsAt),
          providerNameOf(providerId),
          words(interpreter),
          words(advocate),
        ];
      })}
    />
  );
}
