/** The fold of the steps and runs of a pathway. */
import type { CommitHead } from '../core/commit-head.ts';
import type { Routing } from '../intake/intake-state.ts';
import type { PartFold } from '../part-fold.ts';
import type { Referral } from '../referral.ts';
import type { PathwayState, RunEnd, RunEnds } from './pathway-state.ts';

/** For another team, the pathway's steps have work to do again. */
const applyRouting = (state: PathwayState, routing: Routing, { team }: Referral): PathwayState =>
  routing.team === team.id ? state : { ...state, screening: 0 };

export const pathwayFold: PartFold<'pathway'> = {
  swept: ({ clocksMissing: _, ...state }, { found }, __, { pathway }) => (found === 'no-clocks' ? state : pathway),
  'pathway-opened': (state, { screening }) => ({ ...state, screening: Math.max(state.screening, screening) }),
  'routing-confirmed': (state, { routing }, _, before) => applyRouting(state, routing, before),
  'place-corrected': (state, { routing }, _, before) => (routing ? applyRouting(state, routing, before) : state),
  // Another version of the policy may ask for more.
  'policy-migrated': (state, { reopens }) => (reopens ? { ...state, screening: 0 } : state),
};

/** A run that ended before its time is followed by one of the next generation. */
const startNewRun = (
  generation: number,
  lost: { readonly run: string; readonly generation: number },
  _: unknown,
  { id }: Referral,
): number => (lost.run === id ? Math.max(generation, lost.generation + 1) : generation);

export const generationFold: PartFold<'generation'> = {
  'run-lost': startNewRun,
  'run-handed-over': startNewRun,
  // Its run ended with the merge.
  'merge-undone': (generation) => generation + 1,
};

/** The end of a generation, once: two observers may tell of the same. */
const endRun =
  (because: RunEnd['because']) =>
  (
    ends: RunEnds | undefined,
    { run, generation }: { readonly run: string; readonly generation: number },
    { at }: CommitHead,
  ): RunEnds | undefined => {
    const before = ends?.[run] ?? [];
    return before.some((end) => end.generation >= generation)
      ? ends
      : { ...ends, [run]: [...before, { generation, because, at }] };
  };

export const runEndsFold: PartFold<'runEnds'> = {
  'run-lost': endRun('lost'),
  // Of one commit, the order stands before the hand-over that carries it out.
  'restart-ordered': endRun('ordered'),
  'run-handed-over': endRun('handed-over'),
};
