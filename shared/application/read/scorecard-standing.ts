/** What the scorecard reads beside referrals: who is current in training, and which agreements on data are in force. */

import { agreementsInForce } from '../../domain/agreements/agreement-states.ts';
import type { Agreement } from '../../domain/agreements/agreements.ts';
import { whereKnown } from '../../domain/core/where-known.ts';
import { newYorkDate } from '../../domain/policy/due.ts';
import { coverageOf } from '../../domain/training/coverage.ts';
import type { TrainingState } from '../../domain/training/training.ts';
import type { GroupCode } from '../../domain/training/training-codes.ts';
import { trainingRules } from '../../policy/training-rules.ts';
import { shiftYears } from '../../reports/calendars.ts';
import type { Tally } from '../../reports/figures.ts';
import type { Standing } from '../../reports/scorecard.ts';
import type { Ledger } from '../../store/ledger.ts';

/** The record as it was on this New York day: without what was held later. Headcounts are those of today. */
const upTo = (state: TrainingState, day: string): TrainingState => ({
  ...state,
  imports: state.imports.map((each) => ({ ...each, sessions: each.sessions.filter(({ date }) => date <= day) })),
});

function currentAt(state: TrainingState, at: string) {
  const { groups } = coverageOf(upTo(state, newYorkDate(at)), trainingRules, at);
  /** Absent where a headcount is unknown, or older than the people it counts. */
  const tallyOf = (group: GroupCode): Tally | undefined => {
    const { current = 0, headcount } = groups.find((each) => each.group === group) ?? {};
    return headcount === undefined || headcount < current ? undefined : { count: current, of: headcount, unknown: 0 };
  };
  return whereKnown({
    caseworkers: tallyOf('caseworker'),
    careline: tallyOf('careline'),
    schools: tallyOf('school-employee'),
  });
}

/** Agreements on data that were signed by then, without those that ended early. Absent where there was none. */
function inForceAt(agreements: readonly Agreement[], at: string) {
  const day = newYorkDate(at);
  const made = agreements.filter(
    ({ data, signedOn, endedOn }) => data.length > 0 && signedOn <= day && (endedOn === undefined || endedOn > day),
  );
  const tally = { count: agreementsInForce(made, at).length, of: made.length, unknown: 0 };
  return made.length === 0 ? {} : { agreements: tally };
}

/** At `now`, a UTC instant, and a year before it. */
export async function readStanding(ledger: Pick<Ledger, 'training' | 'agreements'>, now: string): Promise<Standing> {
  const [training, agreements] = await Promise.all([ledger.training(), ledger.agreements()]);
  const at = (instant: string) => ({ ...currentAt(training, instant), ...inForceAt(agreements, instant) });
  return { now: at(now), before: at(shiftYears(now, -1)) };
}
