/** The fold of the runs that keep deadlines. */
import { whereKnown } from '../core/where-known.ts';
import type { PartFold } from '../part-fold.ts';
import type { Referral } from '../referral.ts';
import { openDutiesOf, runIdOf } from './deadline-runs.ts';

type Runs = Referral['runs'];

/** A run that ended before its time is followed by one of the next generation. */
function startNewRun(state: Runs, lost: { readonly run: string; readonly generation: number }): Runs {
  const run = state[lost.run];
  return run ? { ...state, [run.id]: { ...run, generation: Math.max(run.generation, lost.generation + 1) } } : state;
}

/** Deadlines open again after a merge. A run that had no other open deadline had ended: its next generation takes over. */
function reopenRuns(state: Runs, reopened: readonly string[], before: Referral): Runs {
  const ids = reopened.flatMap((id) => before.deadlines[id] ?? []).map(runIdOf);
  const ended = new Set(ids.filter((runId) => openDutiesOf(before, runId).length === 0));
  return Object.fromEntries(
    Object.entries(state).map(([id, run]) => [id, ended.has(id) ? { ...run, generation: run.generation + 1 } : run]),
  );
}

export const runFold: PartFold<'runs'> = {
  'deadline-opened': (state, { deadlineId, group }, _, { deadlines }) => {
    // Only an unproved opening repeats one. It gives the duty no second run.
    if (deadlines[deadlineId]) return state;
    const id = group?.id ?? deadlineId;
    const known = state[id];
    return {
      ...state,
      [id]: known
        ? { ...known, deadlineIds: [...known.deadlineIds, deadlineId] }
        : { id, ...whereKnown({ group: group?.kind }), generation: 1, deadlineIds: [deadlineId] },
    };
  },
  'run-lost': startNewRun,
  'run-handed-over': startNewRun,
  'merge-undone': (state, { reopened }, _, before) => reopenRuns(state, reopened, before),
};
