/** The holders of seats in one referral's team, and which of them may see the case. */
import type { Discipline } from '../core/vocabulary.ts';
import type { Referral } from '../referral.ts';
import type { Seat } from './team-state.ts';

/** Who comes for a seat: the person who accepted it. Until then, the first holder who has not declined. */
export const comesFor = ({ personId, deputyId, answered, declinedBy = [] }: Seat): string | undefined =>
  answered?.answer === 'accepted'
    ? answered.by
    : [personId, deputyId].find((id) => id !== undefined && !declinedBy.includes(id));

/** Whether a person accepted the seat. */
export const isTaken = ({ answered }: Pick<Seat, 'answered'>): boolean => answered?.answer === 'accepted';

/** Whether a person is asked for the seat and has not accepted it. */
export const isAwaited = (seat: Seat): boolean => !isTaken(seat) && comesFor(seat) !== undefined;

/** The people who come for these seats, each once. */
export const peopleFor = (seats: readonly Seat[]): string[] => [
  ...new Set(seats.flatMap((seat) => comesFor(seat) ?? [])),
];

/** The seats for which no person comes: each holder declined. */
export const declinedSeats = ({ team: { seats } }: Pick<Referral, 'team'>): readonly Seat[] =>
  seats.filter((seat) => comesFor(seat) === undefined);

/** The required disciplines without a person: vacant, or declined by each holder. */
export const emptySeats = (state: Pick<Referral, 'team'>): readonly Discipline[] => [
  ...state.team.vacant,
  ...declinedSeats(state).flatMap(({ discipline, required }) => (required ? [discipline] : [])),
];

/** The seats of which no holder has answered the invitation. */
export const unansweredSeats = ({ team: { seats } }: Pick<Referral, 'team'>): readonly Seat[] =>
  seats.filter(({ answered }) => answered === undefined);

/** Whether this person is the holder of the seat or the deputy. */
export const isHolder = ({ personId, deputyId }: Pick<Seat, 'personId' | 'deputyId'>, id: string): boolean =>
  personId === id || deputyId === id;

/** Whether this person declared a conflict of interest against work on this referral. */
export const hasConflict = (
  { team: { confidentialityAgreements } }: { readonly team: Pick<Referral['team'], 'confidentialityAgreements'> },
  id: string,
): boolean => confidentialityAgreements[id]?.conflict === 'yes';

/**
 * Whether this person has signed the confidentiality agreement and declared no conflict of interest. Unknown is not
 * "no".
 */
export const hasSignedAgreement = (
  { team: { confidentialityAgreements } }: { readonly team: Pick<Referral['team'], 'confidentialityAgreements'> },
  id: string,
): boolean => confidentialityAgreements[id]?.conflict === 'no';
