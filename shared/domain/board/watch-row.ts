/** The row by which the watchdog finds a run that shows no life when it must. */
import { openRuns } from '../deadlines/deadline-runs.ts';
import { hasStepToTake, nextOfRun } from '../pathway/runs.ts';
import type { Policy } from '../policy/policy.ts';
import type { Referral } from '../referral.ts';
import type { BoardRow } from './board-row.ts';

/** The list of referrals by the instant at which one of their runs must act next. No interface reads it. */
export const watchQueue = 'watch';

/**
 * The row of a referral in that list. It stands at the earliest checkpoint. While the own run of the referral has a step
 * to take, it stands at the beginning. A run acts within seconds and so moves the row. A row that stays ten minutes too
 * long has its referral looked at in each round, at any age. The row tells nothing of the case. Without a run to wait
 * for it is in no list.
 */
export function watchRow(state: Referral, policy: Policy): BoardRow {
  const { recordedAt } = state.report;
  const checkpoints = openRuns(state).flatMap(({ id }) => nextOfRun(state, id, policy)?.at ?? []);
  const instants = [...checkpoints, ...(hasStepToTake(state, policy) ? [recordedAt] : [])];
  return {
    kind: 'watch',
    id: state.id,
    referralId: state.id,
    seq: state.seq,
    stage: state.stage,
    due: new Date(Math.min(...instants.map(Date.parse), latest)).toISOString(),
    missed: 0,
    open: 0,
    ...(instants.length > 0 && { queue: watchQueue }),
  };
}

/** A row that waits for nothing. In epoch milliseconds. */
const latest = Date.parse('9999-12-31T23:59:59Z');
