/** The fold of telephone calls. */
import type { Evolvers } from '../core/event-shape.ts';
import type { Referral } from '../referral.ts';
import type { callEvents } from './call-events.ts';

export const callEvolvers: Evolvers<Referral, typeof callEvents> = {
  'call-recorded': (state, { deadlineId, result, personId, agencyId, at, notes }, { actor }) => ({
    ...state,
    calls: [...(state.calls ?? []), { deadlineId, result, personId, agencyId, at, notes, by: actor.id }],
  }),
};
