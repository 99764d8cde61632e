import type { PartFold } from '../part-fold.ts';

export const callFold: PartFold<'calls'> = {
  'call-recorded': (calls = [], { deadlineId, result, personId, agencyId, at, notes }, { actor }) => [
    ...calls,
    { deadlineId, result, personId, agencyId, at, notes, by: actor.id },
  ],
};
