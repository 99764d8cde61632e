/** Rows of two lists: referrals found, and runs. Instants are UTC. */
import * as z from 'zod';
import { runStates } from '../domain/audit/run-states.ts';
import { boardRow } from '../domain/board/board-row.ts';
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
  about: boardRow.shape.about,
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
  office: z.string().optional(),
  state: z.enum(runStates),
  generation: z.number().describe('1 for the first; each one that had to be started again is one more.'),
  rule: z.string().describe('Of the duty that is due first. Absent for the run of the referral itself.').optional(),
  duty: z.string().describe('That duty in the words of pages and mail.').optional(),
  obligation: z.string().describe('That duty as the policy words it.').optional(),
  duties: z.number().describe('Open duties of the run, where there are several.').optional(),
  since: z.string().describe('Since when it stands where it stands, or has ended.'),
  waitsFor: z.array(z.string()).describe('Recipients, or "screening" and "resolution".').optional(),
  endedAs: z.string().optional(),
  next: z.string().describe('What it does next if no one acts: a kind of checkpoint, or "step".').optional(),
  nextAt: z.string().optional(),
  due: z.string().describe('When the next duty is due; absent where none is open.').optional(),
  overdue: z.boolean(),
  endedBefore: z.string().describe('When its last generation was lost or handed over.').optional(),
  says: z.array(z.string()).describe('The same in short sentences, with New York times.'),
});
export type RunLine = z.infer<typeof runLine>;
