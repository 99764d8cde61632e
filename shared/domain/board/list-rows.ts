/**
 * The lists in which people search for a referral. While it is open: by region. After that too: by stage, region and
 * the day of the report.
 */

import { reachesNobody } from '../alerts/unreached-rows.ts';
import { openDutiesOf, openRuns } from '../deadlines/deadline-runs.ts';
import { soonest } from '../deadlines/open-deadlines.ts';
import type { Referral } from '../referral.ts';
import type { BoardRow } from './board-row.ts';

export const regionNumbers = ['1', '2', '3', '4', '5', '6', 'unknown'] as const;
export type RegionNumber = (typeof regionNumbers)[number];

/** The work to do, ordered by harm (`harm-order.ts`). */
export const openList = (region?: RegionNumber): string => (region === undefined ? 'open' : `open#${region}`);
/** The ended referrals of a stage that still owe something by law. */
export const owedList = (stage: Referral['stage']): string => `owed#${stage}`;
/** Every referral of a stage by the instant of its report. */
export const stageList = (stage: Referral['stage'], region?: RegionNumber): string =>
  `stage#${stage}${region === undefined ? '' : `#${region}`}`;
/** Referrals with an unreachable alert, by the instant of the report. */
export const bouncedList = 'bounced';

/** Open referrals with a run that was started again, because the one before was lost or too old. */
export const restartedList = 'restarted';

const regionOf = ({ places: { routing } }: Referral): RegionNumber =>
  regionNumbers.find((number) => number === String(routing?.region)) ?? 'unknown';

/** `row`: the row of the referral itself. The result has no row for a list that the referral is not in. */
export function listRows(state: Referral, row: BoardRow): readonly BoardRow[] {
  const {
    id,
    stage,
    report: { receivedAt },
  } = state;
  const { queue, ...rest } = row;
  const region = regionOf(state);
  const found = { ...rest, nextDue: row.due, due: receivedAt, order: receivedAt };
  const isBounced = Object.values(state.alerts).some((alert) => reachesNobody(alert, state));
  return [
    { ...rest, kind: 'place', id, ...(queue !== undefined && { queue: openList(region) }) },
    { ...rest, kind: 'owed', id, ...(queue !== undefined && stage !== 'open' && { queue: owedList(stage) }) },
    { ...found, kind: 'found', id, queue: stageList(stage) },
    { ...found, kind: 'found-here', id, queue: stageList(stage, region) },
    { ...found, kind: 'bounced', id, ...(isBounced && { queue: bouncedList }) },
    ...restartedRows(state, rest),
  ];
}

/** A run of deadlines has the due instant and the rule of the open one that is due first. */
const restartedRows = (state: Referral, row: Omit<BoardRow, 'queue'>): readonly BoardRow[] =>
  [...(state.stage === 'open' ? [state] : []), ...openRuns(state)]
    .filter(({ generation }) => generation > 1)
    .map(({ id, generation }): BoardRow => {
      const first = soonest(openDutiesOf(state, id));
      return {
        ...row,
        kind: 'restarted',
        id,
        generation,
        ...(first && { due: first.due, deadlineId: first.id, rule: first.rule }),
        order: first?.due ?? row.due,
        queue: restartedList,
      };
    });
