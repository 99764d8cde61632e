/** The fold of a proposal that is declined or taken back. */
import type { Evolvers } from '../core/event-shape.ts';
import type { Referral } from '../referral.ts';
import type { approvalEvents } from './approval-events.ts';

export const approvalEvolvers: Evolvers<Referral, typeof approvalEvents> = {
  'proposal-refused': (state, { proposal }) => {
    const { [proposal]: _, ...rest } = state;
    return rest;
  },
};
