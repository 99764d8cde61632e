/** The lists in which a referral is looked for: by region while it is worked on, by stage, region and the day of the report after that too. */

import { reachesNobody } from '../alerts/unreached-rows.ts';
import { openDeadlines } from '../deadlines/open-deadlines.ts';
import type { Referral } from '../referral.ts';
import type { BoardRow } from './board-row.ts';

export const regionNumbers = ['1', '2', '3', '4', '5', '6', 'unknown'] as const;
export type RegionNumber = (typeof regionNumbers)[number];

/** What people are asked to see to, by harm (`harm-order.ts`). */
export const openList = (region?: RegionNumber): string => (region === undefined ? 'open' : `open#${region}`);
/** Of a stage that is none of work any more, those of which something of law is owed. */
export const owedList = (stage: Referral['stage']): string => `owed#${stage}`;
/** Every referral of a stage by the instant of its report. */
export const stageList = (stage: Referral['stage'], region?: RegionNumber): string =>
  `stage#${stage}${region === undefined ? '' : `#${region}`}`;
/** Referrals with an alert that reaches nobody, by the instant of the report. */
export const bouncedList = 'bounced';

/** Runs of what is open that had to be started again: the one before was lost, or worn out. */
export const restartedList = 'restarted';

export const regionOf = ({ places: { routing } }: Referral): RegionNumber =>
  regionNumbers.find((number) => number === String(routing?.region)) ?? 'unknown';

/** `row`: the one of the referral itself. A list it is not on has none of it. */
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

const restartedRows = (state: Referral, row: Omit<BoardRow, 'queue'>): readonly BoardRow[] =>
  [...(state.stage === 'open' ? [state] : []), ...openDeadlines(state)]
    .filter(({ generation }) => generation > 1)
    .map((run) => ({
      ...row,
      kind: 'restarted',
      id: run.id,
      generation: run.generation,
      ...('due' in run && { due: run.due, deadlineId: run.id, rule: run.rule }),
      order: 'due' in run ? run.due : row.due,
      queue: restartedList,
    }));
