import type { Problem } from '../../../shared/application/input/problems.ts';

/** What the page shows of a form that was sent and refused. */
export interface ShiftAttempt {
  readonly form: 'import' | 'swap' | 'hand-over' | 'remove';
  readonly typed?: URLSearchParams;
  readonly problems?: readonly Problem[];
  readonly refusal?: string;
}
