/** The figures of a year for readers who cannot open the cases. Each read by them is in the log of operations before it is answered. */
import * as z from 'zod';
import type { Role } from '../../domain/core/vocabulary.ts';
import { lastSettledYear } from '../../reports/year-end.ts';
import { type YearlyFigures, yearlyFigures } from '../../reports/yearly.ts';
import type { Ledger } from '../../store/ledger.ts';
import { personFrame } from '../access/person-frame.ts';
import { isOneOf, type Visitor } from '../access/visitor.ts';
import { once, type ReadRows } from './report-rows.ts';
import { reportFilters, reportReaders } from './reports.ts';

/** Who reads the figures of a year: beside those who can open the cases, who evaluates the program. */
export const yearlyReaders: readonly Role[] = [...reportReaders, 'evaluator'];

export const yearlyFilters = z.strictObject({
  year: reportFilters.shape.year.meta({
    description: 'The state fiscal year. Without it: the last one that can be read.',
    example: '2026',
  }),
});

/** The chain of a day's reads of figures, which belong to no referral: `FIGURES-2026-11-25`, a UTC day. */
const figuresOn = (instant: string): string => `FIGURES-${instant.slice(0, 10)}`;

export interface YearlyDoor {
  readonly ledger: Pick<Ledger, 'recordAccess'>;
  readonly read: ReadRows;
  /** UTC instant. */
  readonly now: string;
  readonly requestId?: string | undefined;
}

/**
 * The figures of the year that is asked for. Undefined for one that has not settled. It rejects where the read cannot be recorded.
 * `kind`: in which form they go out.
 */
export async function readYearly(
  { ledger, read, now, requestId }: YearlyDoor,
  visitor: Visitor,
  { year = lastSettledYear(now) }: z.infer<typeof yearlyFilters>,
  kind: 'page' | 'csv' | 'json' | 'api',
): Promise<YearlyFigures | undefined> {
  if (year > lastSettledYear(now)) return undefined;
  if (!isOneOf(visitor, reportReaders)) {
    const day = figuresOn(now);
    const frame = personFrame({ now, requestId }, visitor, 'read-yearly-figures', day);
    await ledger.recordAccess(day, frame, ['yearly-figures', String(year), kind]);
  }
  const readNow = await read(now);
  return once(readNow, `yearly ${year}`, () => yearlyFigures(readNow.rows, year));
}
