/** The fold of the end of a referral. */
import type { PartFold } from '../part-fold.ts';

export const closureFold: PartFold<'closure'> = {
  'closure-opened': () => ({ opened: true }),
};

export const stageFold: PartFold<'stage'> = {
  merged: () => 'merged',
  closed: () => 'closed',
  withdrawn: () => 'withdrawn',
  'merge-undone': () => 'open',
};

/** Since when its work has ended. */
export const endedAtFold: PartFold<'endedAt'> = {
  merged: (_, __, { at }) => at,
  closed: (_, __, { at }) => at,
  withdrawn: (_, __, { at }) => at,
  'merge-undone': () => undefined,
};
