/** Rows of two lists: referrals found, and runs. Instants are UTC. */
import * as z from 'zod';
import { regionNumbers } from '../domain/board/list-rows.ts';
import { anyStage } from '../domain/core/command.ts';
import { answers, outcomes } from '../domain/core/vocabulary.ts';

export const searchLine = z.object({
  referralId: z.string(),
  stage: z.enum(anyStage),
  receivedAt: z.string().describe('Time of call.').optional(),
  region: z.enum(regionNumbers),
  office: z.string().optional(),
  outcome: z.enum(outcomes).optional(),
  danger: z.enum(answers).optional(),
  missing: z.boolean().optional(),
  due: z.string().describe('When the next deadline is due; absent where none is open.').optional(),
  rule: z.string().describe('Of the next deadline.').optional(),
  overdue: z.boolean(),
  open: z.number().describe('Deadlines that are open.'),
  missed: z.number().describe('Those of them that are missed.'),
});
export type SearchLine = z.infer<typeof searchLine>;

/** A run of a referral, or of one of its deadlines. */
export const runLine = z.object({
  run: z.string(),
  execution: z.string().describe('The name of the execution.'),
  referralId: z.string(),
  stage: z.string(),
  generation: z.number().describe('1 for the first; each one that had to be started again is one more.'),
  due: z.string().describe('When the next act is due; absent where no deadline is open.').optional(),
  rule: z.string().optional(),
  overdue: z.boolean(),
});
export type RunLine = z.infer<typeof runLine>;
