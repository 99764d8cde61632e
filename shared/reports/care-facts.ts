/** What is lacking for the federal elements on a child in care (45 CFR 1355.44). Pure. */
import type { FactRow } from '../domain/facts/fact-row-shape.ts';
import { hasOutcome, isScreened } from './cases.ts';

/** What the facts of a child lack for the elements. Empty where they are complete. */
export function lackOf(rows: readonly FactRow[]): string | undefined {
  if (!isScreened(rows)) return 'No screening is recorded. Record its outcome.';
  if (!hasOutcome('confirmed')(rows)) {
    return hasOutcome('insufficient-info')(rows) ? 'The last screening found too little. Screen again.' : undefined;
  }
  const timing = timingOf(rows);
  if (timing === 'unknown')
    return 'It is not known whether it happened before care or during it. Record it with the facts.';
  if (timing === 'never-in-care')
    return 'The facts say that the child was never in care, and that the child is. Correct one.';
  return undefined;
}

/** The last referral that says when it happened, relative to care. */
export const timingOf = (rows: readonly FactRow[]): FactRow['careTiming'] =>
  rows.findLast(({ careTiming }) => careTiming !== 'unknown')?.careTiming ?? 'unknown';
