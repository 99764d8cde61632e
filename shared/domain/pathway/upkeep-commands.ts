/**
 * What an administrator orders where the work on a referral stands still. Neither act can lose anything, so neither needs a
 * second person. See docs/decisions/057-orders-of-an-administrator.md.
 */
import * as z from 'zod';
import { runNameOf, runsOf } from '../board/run-rows.ts';
import { anyStage, command } from '../core/command.ts';
import { idPattern } from '../core/ids.ts';
import { upkeepReasons } from '../core/vocabulary.ts';
import type { Policy } from '../policy/policy.ts';
import type { Referral } from '../referral.ts';
import { refuse } from '../refusals.ts';
import { generationDue } from './runs.ts';

/** In milliseconds. By then a new generation surely stands in its wait. A second start would only end it. */
const settles = 600_000;

/** The runs that may be started again: those that live and are in the lists of runs. The referral's own run comes first. */
export const restartableRuns = (state: Referral, policy: Policy) =>
  runsOf(state, policy)
    .filter(({ is }) => is !== 'ended')
    .map((run) => ({ ...run, name: runNameOf(state.id, run) }));

export const upkeepCommands = {
  'restart-run': command({
    title: 'Start a run again',
    inEmergency: 'refused',
    note: 'Its next generation begins, and the one before ends by itself. No duty changes and no mail goes out twice.',
    roles: ['administrator'],
    // Duties of law outlive an ended referral, and so do their runs.
    stages: anyStage,
    input: z.strictObject({
      run: z.string().regex(idPattern, 'Give the id of a run, such as CR-7F3KD-9QXMTQ.D15.1.'),
      because: z.enum(upkeepReasons),
    }),
    decide(decision, { run, because }) {
      const state = decision.state();
      const { policy, now } = decision.context;
      const generation = generationDue(state, run);
      if (generation === undefined || !restartableRuns(state, policy).some(({ name }) => name === run)) {
        return refuse('run-not-living');
      }
      const last = state.runEnds?.[run]?.at(-1);
      if (last && Date.parse(now) - Date.parse(last.at) < settles) return refuse('run-just-begun');
      decision.add('restart-ordered', { run, generation, because });
      decision.add('run-handed-over', { run, generation });
      return undefined;
    },
  }),
  'repair-referral': command({
    title: 'Take up what was left undone',
    inEmergency: 'refused',
    note: 'Runs and mail that were left undone are taken up, and its rows in all lists are written anew. No mail goes out twice.',
    roles: ['administrator'],
    stages: anyStage,
    input: z.strictObject({ because: z.enum(upkeepReasons) }),
    decide(decision, { because }) {
      decision.add('repair-ordered', { because });
      return undefined;
    },
  }),
};
