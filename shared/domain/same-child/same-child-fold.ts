/** The fold of what is recorded of referrals about the same child. */
import type { PartFold } from '../part-fold.ts';
import type { SameChildState } from './same-child-state.ts';

const withoutClaim = ({ attachments }: SameChildState, of: string) => attachments.filter(({ from }) => from !== of);

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
  // One that names none answers about all.
  'duplicate-answered': (state, { of }) => ({
    ...state,
    answered: [...new Set([...(state.answered ?? []), ...(of === undefined ? state.candidates : [of])])],
  }),
  attached: (state, { to }) => ({ ...state, attachedTo: to }),
  'attachment-claimed': (state, { from }, { at }) => ({
    ...state,
    attachments: [...withoutClaim(state, from), { from, at }],
  }),
  'attachment-released': (state, { from }) => ({ ...state, attachments: withoutClaim(state, from) }),
  'attachment-undone': ({ attachedTo: _, ...state }) => state,
};
