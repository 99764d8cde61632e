/**
 * Executions of the two workflows: started under a fixed name, resumed with a token. Doing either twice does no harm.
 */
import {
  DescribeExecutionCommand,
  ExecutionAlreadyExists,
  ExecutionDoesNotExist,
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

    /** Whether the run of this name has begun and not ended. */
    async isRunning(machineArn: string, name: string): Promise<boolean> {
      const executionArn = `${machineArn.replace(':stateMachine:', ':execution:')}:${name}`;
      try {
        const { status } = await client.send(new DescribeExecutionCommand({ executionArn }));
        return status === 'RUNNING';
      } catch (error) {
        if (error instanceof ExecutionDoesNotExist) return false;
        throw error;
      }
    },

    /** A token that was answered, timed out or gone counts as done. Its run went on another way and will ask again. */
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
