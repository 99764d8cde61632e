/** The fold of warm handoffs. */
import type { PartFold } from '../part-fold.ts';

export const handoffFold: PartFold<'handoffs'> = {
  'handoff-recorded': (handoffs = [], { type: _, v: __, ...handoff }) => [...handoffs, handoff],
};
