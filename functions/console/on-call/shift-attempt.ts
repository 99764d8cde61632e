import type { Problem } from '../../../shared/application/input/problems.ts';

/** What is shown of a form that was sent and not done. */
export interface ShiftAttempt {
  readonly form: 'import' | 'swap' | 'hand-over' | 'remove';
  readonly typed?: URLSearchParams;
  readonly problems?: readonly Problem[];
  readonly refusal?: string;
}
