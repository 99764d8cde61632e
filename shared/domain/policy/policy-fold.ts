/** The fold of a move to another version of the policy. */
import type { Evolvers } from '../core/event-shape.ts';
import type { EventOf } from '../events.ts';
import type { Referral } from '../referral.ts';
import type { policyEvents } from './policy-events.ts';

/** What is settled by now stays under the version it was settled under. */
const underNewPolicy = (state: Referral, { from, to, reopens, proposes }: EventOf<'policy-migrated'>): Referral => ({
  ...state,
  policy: to,
  deadlines: Object.fromEntries(
    Object.entries(state.deadlines).map(([id, deadline]) => [
      id,
      deadline.status === 'open' ? deadline : { settledUnder: from, ...deadline },
    ]),
  ),
  // Another version may ask for more: the pathway's steps have something to do again.
  ...(reopens && { pathwayScreening: 0 }),
  ...(proposes && state.proposal && { proposal: { ...state.proposal, screening: 0 } }),
});

export const policyEvolvers: Evolvers<Referral, typeof policyEvents> = {
  'policy-migrated': underNewPolicy,
};
