/** Executions of the two workflows: started under a fixed name, resumed with a token. Doing either twice does no harm. */
// @ts-nocheck

import {
  ExecutionAlreadyExists,
  InvalidToken,
  SendTaskSuccessCommand,
  type SFNClient,
  StartExecutionCommand,
  TaskDoesNotExist,
  TaskTimedOut,
} from '@aws-sdk/client-sfn';

export type Runs = ReturnType<typeof createRuns>;

export function createRuns({ client }: { readonly client: SFNClient }) {
  return {
    /** The same name is the same run, however often it is started. */
    async start(machineArn: string, name: string, input: object): Promise<void> {
      try {
        await client.send(
          new StartExecutionCommand({ stateMachineArn: machineArn, name, input: JSON.stringify(input) }),
        );
      } catch (error) {
        if (!(error instanceof ExecutionAlreadyExists)) throw error;
      }
    },

    /** A token that was answered, has timed out or is gone counts as done: the run went on another way and will ask again. */
    async resume(token: string, output: object): Promise<void> {
      try {
        await client.send(new SendTaskSuccessCommand({ taskToken: token, output: JSON.stringify(output) }));
      } catch (error) {
        if (error instanceof TaskTimedOut || error instanceof InvalidToken || error instanceof TaskDoesNotExist) return;
        throw error;
      }
    },
  };
}
