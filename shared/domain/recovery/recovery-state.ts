/** What the state of a referral remembers of the recovery plan, and of offered talks. */
import type * as z from 'zod';
import type { Discipline } from '../core/vocabulary.ts';
import type { planTexts } from './recovery-events.ts';

export interface RecoveryPlan {
  /** The seats that read the words. No other person does. */
  readonly readers: readonly Discipline[];
  readonly texts: z.infer<typeof planTexts>;
  readonly writtenAt: string;
}

export interface RecoveryState {
  readonly plan?: RecoveryPlan;
  /** The numbers of the absences after which a talk was offered. */
  readonly offered: readonly number[];
}

export const noRecovery: RecoveryState = { offered: [] };
