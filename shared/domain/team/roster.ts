/** The roster of a team in the directory, and the part of it that a referral draws. */

import { type Discipline, everyDiscipline } from '../core/vocabulary.ts';
import { whereKnown } from '../core/where-known.ts';
import type { Referral } from '../referral.ts';

/** A seat's holder and the deputy. */
export interface Member {
  readonly discipline: Discipline;
  readonly personId: string;
  readonly deputyId?: string;
}

/** A row of the directory: who holds which seat, in which order. */
export interface Sitting {
  readonly discipline: Discipline;
  readonly personId: string;
  readonly order: number;
}

/** The holders of one seat in their order: the first is asked, the second is the deputy. */
export const holdersOf = (seats: readonly Sitting[], discipline: Discipline): readonly Sitting[] =>
  seats.filter((seat) => seat.discipline === discipline).toSorted((one, other) => one.order - other.order);

/**
 * One member for each discipline, with the deputy, from the seats that the directory lists. A discipline without a
 * holder is left out.
 */
export function membersOf(seats: readonly Sitting[]): readonly Member[] {
  return everyDiscipline.flatMap((discipline) => {
    const [holder, deputy] = holdersOf(seats, discipline);
    if (!holder) return [];
    return [{ discipline, personId: holder.personId, ...(deputy && { deputyId: deputy.personId }) }];
  });
}

/**
 * The members of the required seats. Where one of the two may not sit, the other is left. Where neither may, the seat
 * is vacant.
 */
export function rosterOf(
  members: readonly Member[],
  required: readonly Discipline[],
  mayNotSit: (personId: string) => boolean,
): readonly Member[] {
  return members
    .filter(({ discipline }) => required.includes(discipline))
    .flatMap(({ discipline, personId, deputyId }) => {
      const [holder, deputy] = [personId, deputyId].filter((id) => id !== undefined && !mayNotSit(id));
      if (holder === undefined) return [];
      return [{ discipline, personId: holder, ...whereKnown({ deputyId: deputy }) }];
    });
}

/**
 * Whether the roster needs no new drawing. A complete team stays as drawn. One with a vacancy is drawn again when the
 * directory changes.
 */
export function isDrawn(state: Referral, team: string, members: readonly Member[]): boolean {
  if (state.team.id !== team) return false;
  if (state.team.vacant.length === 0) return true;
  const seats = state.team.seats.filter((seat) => seat.required && !seat.invited);
  const isSeated = ({ discipline, personId, deputyId }: Member) =>
    seats.some(
      (seat) =>
        seat.discipline === discipline &&
        (seat.delegatedBy === personId || (seat.personId === personId && seat.deputyId === deputyId)),
    );
  return seats.length === members.length && members.every(isSeated);
}

/** Whether a person of the directory is away at `now`. Both are UTC instants. */
export const isAway = ({ absentUntil }: { readonly absentUntil?: string | undefined }, now: string): boolean =>
  absentUntil !== undefined && Date.parse(absentUntil) > Date.parse(now);
