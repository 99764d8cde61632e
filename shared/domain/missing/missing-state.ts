/** What the state of a referral remembers of the child's absences. */
import type { AloneAnswer, Outcome } from '../core/vocabulary.ts';

export interface Absence {
  /** From 1, in the order in which they were recorded. */
  readonly number: number;
  /** When the news came that the child was missing, a UTC instant. */
  readonly missingSince: string;
  readonly returnedAt?: string;
  readonly debriefedAt?: string;
  /** Whether the child was seen alone in that interview. */
  readonly seenAlone?: AloneAnswer;
  readonly screenedAt?: string;
  /** The number and the outcome of that screening. */
  readonly screening?: number;
  readonly outcome?: Outcome;
}

export interface MissingState {
  /** The absences, the first one at the top. The child is missing while the last one has no return. */
  readonly absences: readonly Absence[];
  /** When someone last asked whether the child is missing and could not find out, a UTC instant. */
  readonly missingAskedAt?: string;
}
