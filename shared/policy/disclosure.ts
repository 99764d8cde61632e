/** What may be told of children to readers who cannot open their cases. The one place that says how few are too few. */
import type { Confidence } from '../domain/policy/confidence.ts';

export interface Disclosure {
  /** A number about fewer distinct children than this is not shown. Every count is shown as a span of so many numbers. */
  readonly fewest: number;
  /** The one calendar whose years are counted. */
  readonly calendar: 'state-fiscal';
  /** So many hours after a year has ended, its figures can be read. By then all its rows are written. */
  readonly settledAfter: number;
  readonly source: string;
  readonly confidence: Confidence;
}

export const disclosure: Disclosure = {
  fewest: 6,
  calendar: 'state-fiscal',
  settledAfter: 24,
  source: 'Assumption of this project: no standard of Connecticut was found (docs/domain.md#small-cells)',
  confidence: 'assumed',
};
