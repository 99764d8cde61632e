import type { Quiet } from '../../functions/sweep/look-at-referral.ts';
import type { Backlog } from '../../functions/sweep/sweep.ts';
import { nothingSeen } from '../../functions/sweep/watch-entries.ts';
import type { RunToAskFor } from '../../functions/sweep/watch-runs.ts';
import type { Role } from '../../shared/domain/core/vocabulary.ts';
import { released } from '../../shared/policy/policies.ts';
import type { Life } from '../../shared/store/executions.ts';
import type { Desk } from './desk.ts';

/** What the sweep is given at a desk, as a process that has just started. `ended`: the names of executions that do not run. */
export const sweepParts = (desk: Desk, ended: readonly string[] = []) => ({
  ...desk.parts(),
  directory: { ...desk.directoryRows, takeCode: desk.directory.takeCode },
  released,
  settled: new Map<string, number>(),
  held: new Map<Role, string>(),
  entries: nothingSeen(),
  countSeatsNotReached: () => {},
  machines: { referral: 'arn:stateMachine:referral', deadline: 'arn:stateMachine:deadline' },
  runs: {
    lifeOf: async (_machine: string, name: string): Promise<Life> => (ended.includes(name) ? 'ended' : 'running'),
  },
  quiet: new Map<string, Quiet>(),
  unasked: new Map<string, RunToAskFor>(),
  backlog: { looks: new Map(), round: undefined, wholeIn: new Map() } satisfies Backlog as Backlog,
  elapsed: () => 0,
  pause: async () => {},
});
