/** What the workflows hand to each task and what a task answers. Both definitions in `workflows` are written to these. */
import * as z from 'zod';
import { idPattern } from '../domain/core/ids.ts';

const id = z.string().regex(idPattern);
const run = { referralId: id, generation: z.int().min(1) };

/** Input of every step of a referral's run. */
export const stepInput = z.object(run);
export type StepInput = z.infer<typeof stepInput>;

export const checkpointInput = z.object({ ...run, deadlineId: id, checkpointAt: z.iso.datetime() });
export type CheckpointInput = z.infer<typeof checkpointInput>;

const entered = {
  ...run,
  token: z.string().min(1).max(2048),
  enteredAt: z.iso.datetime(),
  retryCount: z.int().min(0),
  startedAt: z.iso.datetime(),
};

export const waitInput = z.discriminatedUnion('run', [
  z.object({ run: z.literal('deadline'), deadlineId: id, checkpointAt: z.iso.datetime(), ...entered }),
  z.object({ run: z.literal('referral'), waitsFor: z.enum(['screening', 'resolution']), ...entered }),
]);
export type WaitInput = z.infer<typeof waitInput>;

/** What a step, or whoever resumes a wait, tells the run: the word that the next choice compares. */
export const taskOutput = z.object({
  outcome: z.string(),
  checkpointAt: z.iso.datetime().optional(),
  askAgainAt: z.iso.datetime().optional(),
});
export type TaskOutput = z.infer<typeof taskOutput>;

export const executionName = (runId: string, generation: number): string => `${runId}-g${generation}`;

/** Reads an execution's name: the run's id and its generation. Undefined for a name we did not give. */
export function readExecutionName(
  name: string,
): { readonly runId: string; readonly referralId: string; readonly generation: number } | undefined {
  const match = /^((CR-[0-9A-Z]{5}-[0-9A-Z]{6})(?:\.[A-Za-z0-9]+\.\d+)?)-g(\d+)$/.exec(name);
  if (!match) return undefined;
  return { runId: match[1] ?? '', referralId: match[2] ?? '', generation: Number(match[3]) };
}
