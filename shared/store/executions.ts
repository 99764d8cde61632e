/**
 * Executions of the two workflows: started under a fixed name, resumed with a token. Doing either twice does no harm.
 */
import {
  DescribeExecutionCommand,
  ExecutionAlreadyExists,
  ExecutionDoesNotExist,
  InvalidToken,
  SendTaskFailureCommand,
  SendTaskSuccessCommand,
  type SFNClient,
  StartExecutionCommand,
  TaskDoesNotExist,
  TaskTimedOut,
} from '@aws-sdk/client-sfn';

export type Life = 'running' | 'ended' | 'not-told';

/** The names under which the service says that it was asked too often. */
const throttles: readonly string[] = ['ThrottlingException', 'TooManyRequestsException', 'RequestLimitExceeded'];

export interface WaitToAnswer {
  readonly token: string;
  /** Whether the definition of the run catches the failure `Moved`. */
  readonly catchesMoved?: true | undefined;
}

export interface RunAnswer {
  readonly outcome: string;
}

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

    /** Whether the run of this name lives. One that never began has `ended`. `not-told`: the service is too busy to tell. */
    async lifeOf(machineArn: string, name: string): Promise<Life> {
      const executionArn = `${machineArn.replace(':stateMachine:', ':execution:')}:${name}`;
      try {
        const { status } = await client.send(new DescribeExecutionCommand({ executionArn }));
        return status === 'RUNNING' ? 'running' : 'ended';
      } catch (error) {
        if (error instanceof ExecutionDoesNotExist) return 'ended';
        if (error instanceof Error && throttles.includes(error.name)) return 'not-told';
        throw error;
      }
    },

    /**
     * Tells a wait its answer. A definition that catches `Moved` hears of a moved checkpoint by this failure. It leads back
     * into the wait by one transition. A token that was answered, timed out or gone counts as done. Its run went on
     * another way and will ask again.
     */
    async resume({ token: taskToken, catchesMoved }: WaitToAnswer, answer: RunAnswer): Promise<void> {
      const told = JSON.stringify(answer);
      try {
        await (catchesMoved && answer.outcome === 'moved'
          ? client.send(new SendTaskFailureCommand({ taskToken, error: 'Moved', cause: told }))
          : client.send(new SendTaskSuccessCommand({ taskToken, output: told })));
      } catch (error) {
        if (error instanceof TaskTimedOut || error instanceof InvalidToken || error instanceof TaskDoesNotExist) return;
        // AWS refuses what cannot be a token before it looks: too long, or empty. A person wrote that into the table.
        if (error instanceof Error && error.name === 'ValidationException') return;
        throw error;
      }
    },
  };
}
