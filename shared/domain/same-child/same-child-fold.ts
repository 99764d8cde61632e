/** The fold of what is recorded of referrals about the same child. */
import type { Evolvers } from '../core/event-shape.ts';
import { changeDeadline } from '../deadlines/change-deadline.ts';
import type { EventOf } from '../events.ts';
import type { Referral } from '../referral.ts';
import type { sameChildEvents } from './same-child-events.ts';

const withoutClaim = ({ attachments }: Referral, of: string) => attachments.filter(({ from }) => from !== of);

/** Its runs ended with the attaching: the next generation of each takes over. */
function detached(
  { attachedTo: _, endedAt: __, erasure: ___, ...state }: Referral,
  { reopened }: EventOf<'attachment-undone'>,
): Referral {
  const alone: Referral = { ...state, stage: 'open', generation: state.generation + 1 };
  return reopened.reduce(
    (next, id) => changeDeadline(next, id, ({ generation }) => ({ status: 'open', generation: generation + 1 })),
    alone,
  );
}

export const sameChildEvolvers: Evolvers<Referral, typeof sameChildEvents> = {
  'candidates-found': (state, { candidates, scores }) => ({
    ...state,
    candidates,
    ...(scores && { candidateScores: scores }),
  }),
  'candidate-taken-back': ({ candidateScores = {}, ...state }, { of }) => {
    const { [of]: _, ...scores } = candidateScores;
    return { ...state, candidates: state.candidates.filter((each) => each !== of), candidateScores: scores };
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
  attached: (state, { to }, { at }) => ({ ...state, stage: 'attached', attachedTo: to, endedAt: at }),
  'attachment-claimed': (state, { from }, { at }) => ({
    ...state,
    attachments: [...withoutClaim(state, from), { from, at }],
  }),
  'attachment-released': (state, { from }) => ({ ...state, attachments: withoutClaim(state, from) }),
  'attachment-undone': detached,
};
