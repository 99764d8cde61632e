// @ts-nocheck
import type { Member } from '../../shared/domain/steps.ts';
import { disciplines } from '../../shared/domain/vocabulary.ts';
import type { SeatHolder } from '../../shared/store/directory.ts';

/** One member a discipline, with the deputy, of a team's seats as the directory lists them. A discipline without a holder is left out. */
export function membersOf(seats: readonly SeatHolder[]): readonly Member[] {
  return disciplines.flatMap((discipline) => {
    const [holder, deputy] = seats
      .filter((seat) => seat.discipline === discipline)
      .toSorted((one, other) => one.order - other.order);
    if (!holder) return [];
    return [{ discipline, personId: holder.personId, ...(deputy && { deputyId: deputy.personId }) }];
  });
}
