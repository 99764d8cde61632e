/** The fold of the events about the same child. */
import type { PartFold } from '../part-fold.ts';
import type { SameChildState } from './same-child-state.ts';

const withoutReservation = ({ merges }: SameChildState, of: string) => merges.filter(({ from }) => from !== of);

export const sameChildFold: PartFold<'sameChild'> = {
  'candidates-found': (state, { candidates, scores }) => ({ ...state, candidates, ...(scores && { scores }) }),
  'candidate-taken-back': (state, { of }) => {
    const { [of]: _, ...scores } = state.scores ?? {};
    return { ...state, candidates: state.candidates.filter((each) => each !== of), scores };
  },
  'match-found': (state, { of, score }, { at }) => ({
    ...state,
    matches: [...(state.matches ?? []), { of, score, at }],
  }),
  'names-not-compared': (state, _, { at, isUnproved }) => ({
    ...state,
    uncomparedSince: (isUnproved && state.uncomparedSince) || at,
  }),
  'names-compared': ({ uncomparedSince: _, ...state }) => state,
  // An answer that names no referral is about all of them.
  'duplicate-answered': (state, { of }) => ({
    ...state,
    answered: [...new Set([...(state.answered ?? []), ...(of === undefined ? state.candidates : [of])])],
  }),
  merged: (state, { to }) => ({ ...state, mergedInto: to }),
  'merge-reserved': (state, { from }, { at, isUnproved }) => ({
    ...state,
    merges:
      isUnproved && state.merges.some((each) => each.from === from)
        ? state.merges
        : [...withoutReservation(state, from), { from, at }],
  }),
  'merge-reservation-ended': (state, { from }) => ({ ...state, merges: withoutReservation(state, from) }),
  'merge-undone': ({ mergedInto: _, ...state }) => state,
};
