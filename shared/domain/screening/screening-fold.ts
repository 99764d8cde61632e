import { signedIn } from '../core/commit-head.ts';
import { whereKnown } from '../core/where-known.ts';
import type { PartFold } from '../part-fold.ts';
import type { Screening } from './screening-state.ts';

export const screeningFold: PartFold<'screening'> = {
  screened: ({ checklist: _, ...state }, screened, commit) => {
    const { number, outcome, definitionBasis, checklist, indicators, answers, answeredBy, proposed, screenedAt } =
      screened;
    const screening: Screening = {
      number,
      outcome,
      definitionBasis,
      by: commit.actor.id,
      ...signedIn(commit),
      at: screenedAt,
      recordedAt: commit.at,
      signedOff: false,
      checklist,
      indicators,
      answers,
      ...whereKnown({ answeredBy }),
      proposed,
    };
    return { ...state, list: [...state.list, screening] };
  },
  // Unproved answers take the place of none.
  'checklist-answered': (state, { checklist, answers }, { at, actor, isUnproved }) => ({
    ...state,
    checklist: (isUnproved && state.checklist) || { checklist, answers, at, by: actor.id },
  }),
  'instrument-recorded': (state, { type: _, v: __, at: ___, ...result }, { at, actor }) => ({
    ...state,
    instruments: [...state.instruments, { ...result, recordedAt: at, recordedBy: actor.id }],
  }),
  // The answers went into the proposal. Another screening has answers of its own.
  'downgrade-proposed': ({ checklist: _, ...state }) => state,
  'screening-signed-off': (state, { number }) => ({
    ...state,
    list: state.list.map((screening) => (screening.number === number ? { ...screening, signedOff: true } : screening)),
  }),
};
