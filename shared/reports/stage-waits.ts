/** How long each referral of a cohort waited for a stage, and how that wait stands at the watermark. */
import type { FactRow, FactStage } from '../domain/facts/fact-row-shape.ts';
import { type Cohort, perCohort } from './cohort.ts';
import type { Wait } from './survival.ts';
import { isUpTo } from './utc-instants.ts';

const hour = 3_600_000;

/** These come before, or with, the screening that ends a pathway. */
const beforeScreening: readonly FactStage[] = ['classified', 'police', 'response', 'seen', 'screened'];

/** When the stage became impossible: withdrawn, merged, closed without it, or nothing indicated. */
function endedAt({ stage, endedAt: ended, screenings }: FactRow, wanted: FactStage): string | undefined {
  const last = screenings.at(-1);
  const isOver = last?.outcome === 'not-indicated' && wanted !== 'closed' && !beforeScreening.includes(wanted);
  const ends = [...(stage === 'open' || ended === undefined ? [] : [ended]), ...(isOver && last ? [last.at] : [])];
  return ends.toSorted((one, other) => Date.parse(one) - Date.parse(other))[0];
}

/** When each referral of a cohort was received, in epoch milliseconds. */
const receiptsOf = perCohort(({ rows }) => rows.map(({ receivedAt }) => Date.parse(receivedAt)));

/** A wait for each referral of the cohort, in hours since it was received. */
export function waitsFor(wanted: FactStage, cohort: Cohort): readonly (Wait & { readonly id: string })[] {
  const { rows, asOf } = cohort;
  const receipts = receiptsOf(cohort);
  return rows.map((row, index) => {
    const since = (at: string): number => Math.max(0, (Date.parse(at) - (receipts[index] ?? 0)) / hour);
    const isPast = (at: string | undefined): at is string => isUpTo(at, asOf);
    const reached = row.stages[wanted];
    if (isPast(reached)) return { id: row.id, hours: since(reached), end: 'reached' };
    const ended = endedAt(row, wanted);
    return isPast(ended)
      ? { id: row.id, hours: since(ended), end: 'competing' }
      : { id: row.id, hours: since(asOf), end: 'waiting' };
  });
}
