/**
 * The runs of deadlines. One run keeps one deadline, or a group of deadlines that one task answers. Each deadline of a
 * group has its own due instant, checkpoints and status: a tick of one changes no other.
 */
import type { DutyGroup } from '../core/vocabulary.ts';
import type { EventOf } from '../events.ts';
import type { Referral } from '../referral.ts';
import type { Deadline, DeadlineRun } from './deadline-state.ts';

type State = Pick<Referral, 'runs' | 'deadlines'>;

/** The id of the run that keeps this deadline: that of its group, or its own. */
export const runIdOf = ({ id, group }: Pick<Deadline, 'id' | 'group'>): string => group?.id ?? id;

/**
 * The run that a deadline starts when it is opened. Undefined for one that joins a group, because the group's run is
 * there already.
 */
export function runStartedBy({ runs }: State, { deadlineId, group }: EventOf<'deadline-opened'>): string | undefined {
  const run = runs[group?.id ?? deadlineId];
  return run?.deadlineIds[0] === deadlineId ? run.id : undefined;
}

/** The deadlines that this run keeps, in the order in which they were opened. None where the run is unknown. */
export const dutiesOf = ({ runs, deadlines }: State, runId: string): readonly Deadline[] =>
  (runs[runId]?.deadlineIds ?? []).flatMap((id) => deadlines[id] ?? []);

export const openDutiesOf = (state: State, runId: string): readonly Deadline[] =>
  dutiesOf(state, runId).filter(({ status }) => status === 'open');

/** The runs that still have a deadline to keep. */
export const openRuns = (state: State): readonly DeadlineRun[] =>
  Object.values(state.runs).filter(({ id }) => openDutiesOf(state, id).length > 0);

/** The group that a new deadline of this kind joins: the last one of its kind that is open. */
export const openGroupOf = (state: State, kind: DutyGroup): DeadlineRun | undefined =>
  openRuns(state).findLast(({ group }) => group === kind);

/** How a run without an open deadline ended: as all its deadlines did, or `settled` where they ended differently. */
export function endOfRun(state: State, runId: string): string {
  const [one = 'ended', ...others] = new Set(dutiesOf(state, runId).map(({ status }) => status));
  return others.length === 0 ? one : 'settled';
}
