/** The fold of seals and of emergency accesses. */
import type { PartFold } from '../part-fold.ts';

export const accessFold: PartFold<'access'> = {
  'referral-sealed': (state, { because, people }, { at, isUnproved }) =>
    isUnproved
      ? { ...state, seal: state.seal ?? { because, people, at, isUnproved } }
      : { ...state, seal: { because, people, at }, everNamed: [...new Set([...(state.everNamed ?? []), ...people])] },
  'seal-lifted': ({ seal: _, ...state }) => state,
  'emergency-access-taken': (state, { type: _, v: __, ...used }, { at }) => ({
    ...state,
    emergencyAccesses: [...(state.emergencyAccesses ?? []), { ...used, at }],
  }),
  'emergency-access-reviewed': (state, { use, finding, reason }, { at, actor }) => ({
    ...state,
    emergencyAccesses: (state.emergencyAccesses ?? []).map((each, index) =>
      index + 1 === use ? { ...each, review: { finding, reason, by: actor.id, at } } : each,
    ),
  }),
};
