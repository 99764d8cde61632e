/** What the child needs now, and the questions to providers, as pages and API show them. */
import { isAfter } from '../../domain/core/instants.ts';
import type { NeedsState } from '../../domain/needs/need-state.ts';

/** In the order of recording. `now`: an open need whose time has come is overdue. Undefined where there is none. */
export function viewNeeds(needs: NeedsState | undefined, now: string | undefined) {
  if (!needs) return undefined;
  return {
    asked: needs.asked.map((need) => {
      const isOpen = need.ended === undefined;
      const isOverdue = isOpen && now !== undefined && !isAfter(need.neededBy, now);
      const status = need.ended?.needEnd ?? (isOverdue ? ('need-overdue' as const) : ('need-open' as const));
      return { ...need, status };
    }),
    places: needs.places,
  };
}
export type NeedsView = NonNullable<ReturnType<typeof viewNeeds>>;
