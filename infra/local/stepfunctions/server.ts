/** Step Functions alone, as a server: any AWS client on one side, any way to run functions on the other. */

import { type Activity, type Clock, createActivity } from '../clock/clock.ts';
import { claimFolder } from '../data-folder/claim-folder.ts';
import { startEndpoint } from '../endpoint/endpoint.ts';
import type { InvokeAnswer } from './interpreter/task.ts';
import type { DeployedMachine } from './machines.ts';
import { createStepFunctions } from './step-functions.ts';

export interface StepFunctionsServerOptions {
  /** 0 takes a free one. */
  readonly port: number;
  /** Where state machines and executions are kept and found again; without it, in memory. */
  readonly dataDir?: string;
  readonly clock: Clock;
  /**
   * Runs a function by its ARN (without a version). A rejection fails the task. Where the error's name is that of an
   * exception of Lambda's API, it fails as `Lambda.TooManyRequestsException`, else as `Lambda.Unknown`.
   */
  readonly invokeLambda: (functionArn: string, payload: unknown) => Promise<InvokeAnswer>;
  /** State machines that are there from the start and that the API does not change. */
  readonly machines?: readonly DeployedMachine[];
  /** The one that a movable clock waits for; a new one where it is left out. */
  readonly activity?: Activity;
  /** From 0 (included) to 1 (excluded), for full jitter and `$random`. */
  readonly random?: () => number;
}

export interface StepFunctionsServer {
  readonly url: string;
  readonly port: number;
  stop(): Promise<void>;
}

/**
 * Starts on 127.0.0.1. Each caller may do everything. Rejects with one sentence where the port is taken, another
 * process holds the folder, or a machine is refused. Also where the folder's journal is damaged or of another version.
 */
export async function startStepFunctions(options: StepFunctionsServerOptions): Promise<StepFunctionsServer> {
  const { port, dataDir, clock, invokeLambda, machines = [], activity = createActivity() } = options;
  const claim = dataDir === undefined ? undefined : claimFolder(dataDir);
  const listening = Promise.withResolvers<void>();
  try {
    const stepFunctions = createStepFunctions({
      clock,
      activity,
      machines,
      invoke: invokeLambda,
      authorize: () => undefined,
      principalOf: () => ({ kind: 'operator' }),
      onStatusChange: () => undefined,
      ready: listening.promise,
      random: options.random ?? Math.random,
      ...(dataDir === undefined ? {} : { folder: dataDir }),
    });
    try {
      const endpoint = await startEndpoint({ port, services: [stepFunctions.service], activity, portFlag: '--port' });
      listening.resolve();
      return {
        url: endpoint.url,
        port: endpoint.port,
        async stop() {
          await endpoint.stop();
          await stepFunctions.stop();
          claim?.release();
        },
      };
    } catch (error) {
      await stepFunctions.stop();
      throw error;
    }
  } catch (error) {
    claim?.undo();
    throw error;
  }
}
