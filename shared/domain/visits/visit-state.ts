/** What the state of a referral remembers of the safety of workers who go there. */
import type { VisitConcern } from '../core/vocabulary.ts';

export interface VisitsState {
  readonly concerns: readonly VisitConcern[];
  readonly safetyWords?: string;
  readonly notedAt: string;
}
