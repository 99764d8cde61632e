/** Input and output of each task of the workflows. Both definitions in `workflows` use exactly these. */
import * as z from 'zod';
import { idPattern } from '../domain/core/ids.ts';

const id = z.string().regex(idPattern);
const run = {
  referralId: id,
  generation: z.int().min(1),
  /** The request that the run began with, or goes on for. `none` where there is none. */
  requestId: z.string().max(64).optional(),
};

/** Input of every step of a referral's run. */
export const stepInput = z.object(run);
export type StepInput = z.infer<typeof stepInput>;

/** The steps that need the referral alone, with one function for all. A state of the definition names its step. */
export const stepNames = [
  'invite-mdt',
  'open-services',
  'open-prevention-services',
  'open-rescreening',
  'open-sign-off',
  'open-closure',
] as const;
export type StepName = (typeof stepNames)[number];

export const takeStepInput = stepInput.extend({ step: z.enum(stepNames) });

/** Of the run of a deadline, or of a group of them. */
export const checkpointInput = z.object({ ...run, runId: id, checkpointAt: z.iso.datetime() });
export type CheckpointInput = z.infer<typeof checkpointInput>;

const entered = {
  ...run,
  token: z.string().min(1).max(2048),
  enteredAt: z.iso.datetime(),
  retryCount: z.int().min(0),
  startedAt: z.iso.datetime(),
};

export const waitInput = z.discriminatedUnion('run', [
  z.object({
    run: z.literal('deadline'),
    runId: id,
    checkpointAt: z.iso.datetime(),
    /** The definition of the run hears of a moved checkpoint by the failure `Moved`. An earlier one hears by success. */
    catchesMoved: z.literal(true).optional(),
    ...entered,
  }),
  z.object({ run: z.literal('referral'), waitsFor: z.enum(['screening', 'resolution']), ...entered }),
]);
export type WaitInput = z.infer<typeof waitInput>;

/** What a step, or the code that resumes a wait, tells the run. The next choice of the run compares `outcome`. */
export const taskOutput = z.object({
  outcome: z.string(),
  checkpointAt: z.iso.datetime().optional(),
  askAgainAt: z.iso.datetime().optional(),
  /** Of the request that woke the run. */
  requestId: z.string().max(64).optional(),
});
export type TaskOutput = z.infer<typeof taskOutput>;

export const executionName = (runId: string, generation: number): string => `${runId}-g${generation}`;

/** Reads the run's id and generation from an execution's name. Undefined for a name that this product did not give. */
export function readExecutionName(
  name: string,
): { readonly runId: string; readonly referralId: string; readonly generation: number } | undefined {
  const match = /^((CR-[0-9A-Z]{5}-[0-9A-Z]{6})(?:\.G\d+|\.[A-Za-z0-9]+\.\d+)?)-g(\d+)$/.exec(name);
  if (!match) return undefined;
  return { runId: match[1] ?? '', referralId: match[2] ?? '', generation: Number(match[3]) };
}
