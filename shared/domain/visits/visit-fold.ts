/** The fold of the note on the safety of workers. */
import { whereKnown } from '../core/where-known.ts';
import type { PartFold } from '../part-fold.ts';

export const visitFold: PartFold<'visits'> = {
  'worker-safety-noted': (_, { concerns, safetyWords }, { at }) => ({
    concerns,
    notedAt: at,
    ...whereKnown({ safetyWords }),
  }),
};
