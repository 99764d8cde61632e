import { signedIn } from '../core/commit-head.ts';
import type { PartFold } from '../part-fold.ts';
import type { Screening, ScreeningState } from './screening-state.ts';

/** What is new about the child makes a lower outcome that waits for a second reviewer void. */
const withoutDowngrade = ({ downgrade: _, ...state }: ScreeningState): ScreeningState => state;

export const screeningFold: PartFold<'screening'> = {
  screened: ({ downgrade: _, checklist: __, ...state }, screened, commit) => {
    const { at, actor } = commit;
    const { number, outcome, checklist, indicators, instrument } = screened;
    const { answers, answeredBy, proposed } = screened;
    const screening: Screening = {
      number,
      outcome,
      by: actor.id,
      ...signedIn(commit),
      signedOff: false,
      checklist,
      indicators,
      ...(answers && { answers }),
      ...(answeredBy !== undefined && { answeredBy }),
      ...(proposed && { proposed }),
    };
    return {
      ...state,
      list: [...state.list, screening],
      ...(instrument && {
        instruments: [
          ...state.instruments,
          { ...instrument, administeredBy: 'unknown', recordedAt: at, recordedBy: actor.id },
        ],
      }),
    };
  },
  'checklist-answered': (state, { checklist, answers }, { at, actor }) => ({
    ...withoutDowngrade(state),
    checklist: { checklist, answers, at, by: actor.id },
  }),
  'instrument-recorded': (state, { type: _, v: __, ...result }, { at, actor }) => ({
    ...withoutDowngrade(state),
    instruments: [...state.instruments, { ...result, recordedAt: at, recordedBy: actor.id }],
  }),
  // The answers went into the proposal. Another screening has answers of its own.
  'downgrade-proposed': ({ checklist: _, ...state }, downgrade, commit) => ({
    ...state,
    downgrade: { ...downgrade, ...signedIn(commit) },
  }),
  'screening-signed-off': (state, { number }) => ({
    ...state,
    list: state.list.map((screening) => (screening.number === number ? { ...screening, signedOff: true } : screening)),
  }),
  'child-missing': withoutDowngrade,
  'child-returned': withoutDowngrade,
  'proposal-refused': (state, { proposal }) => (proposal === 'downgrade' ? withoutDowngrade(state) : state),
};
