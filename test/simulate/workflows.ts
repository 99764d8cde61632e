/** Both state machines on the interpreter of the embedded cloud, and the client by which the functions reach it. */
import { fileURLToPath } from 'node:url';
import {
  DescribeExecutionCommand,
  ExecutionAlreadyExists,
  ExecutionDoesNotExist,
  InvalidToken,
  SendTaskFailureCommand,
  SendTaskSuccessCommand,
  SFNClient,
  StartExecutionCommand,
  TaskDoesNotExist,
  TaskTimedOut,
} from '@aws-sdk/client-sfn';
import { readDefinition } from '../../infra/constructs/machine-definition.ts';
import { createActivity } from '../../infra/local/clock/clock.ts';
import { localAccount, localRegion, Refusal } from '../../infra/local/endpoint/service.ts';
import { createActions } from '../../infra/local/stepfunctions/actions.ts';
import { createEngine } from '../../infra/local/stepfunctions/interpreter/engine.ts';
import type { Run } from '../../infra/local/stepfunctions/interpreter/run.ts';
import type { InvokeAnswer } from '../../infra/local/stepfunctions/interpreter/task.ts';
import type { Definition } from '../../infra/local/stepfunctions/language/definition.ts';
import type { Entry } from '../../infra/local/stepfunctions/records.ts';
import type { StatusChange } from '../../infra/local/stepfunctions/status-change.ts';
import { inPlaceOf } from './client.ts';
import type { VirtualTime } from './virtual-time.ts';

const arnOf = (kind: string, name: string) => `arn:aws:${kind}:${localRegion}:${localAccount}:${name}`;
export const machineArns = {
  referral: arnOf('states', 'stateMachine:referral'),
  deadline: arnOf('states', 'stateMachine:deadline'),
};

const kebab = (name: string) => name.replaceAll(/(?!^)[A-Z]/g, (letter) => `-${letter}`).toLowerCase();

const machines = (['referral', 'deadline'] as const).map((name) => ({
  arn: machineArns[name],
  name,
  definition: readDefinition(fileURLToPath(new URL(`../../workflows/${name}.asl.json`, import.meta.url))).replaceAll(
    /\$\{(\w+)FunctionArn\}/g,
    (_, id: string) => arnOf('lambda', `function:${kebab(id)}`),
  ),
}));

const definitions = new Map<string, Definition>();

const exceptions: Readonly<Record<string, (message: string) => Error>> = {
  ExecutionAlreadyExists: (message) => new ExecutionAlreadyExists({ message, $metadata: {} }),
  ExecutionDoesNotExist: (message) => new ExecutionDoesNotExist({ message, $metadata: {} }),
  TaskTimedOut: (message) => new TaskTimedOut({ message, $metadata: {} }),
  TaskDoesNotExist: (message) => new TaskDoesNotExist({ message, $metadata: {} }),
  InvalidToken: (message) => new InvalidToken({ message, $metadata: {} }),
};

export interface WorkflowOptions {
  readonly time: VirtualTime;
  /** What an earlier process wrote down. */
  readonly kept: Entry[];
  readonly random: () => number;
  readonly newToken: () => string;
  readonly invoke: (functionName: string, payload: unknown) => Promise<InvokeAnswer>;
  readonly onStatusChange: (event: StatusChange) => void;
}

export function startWorkflows({ time, kept, random, newToken, invoke, onStatusChange }: WorkflowOptions) {
  const engine = createEngine({
    clock: time,
    activity: createActivity(),
    folder: undefined,
    kept,
    definitions,
    machines,
    ready: undefined,
    random,
    newToken,
    invoke: (_run, arn, payload) => invoke(arn.split(':').at(-1) ?? '', payload),
    onStatusChange,
  });
  const actions = createActions(engine, time);
  const act = (name: keyof typeof actions, input: object): object => {
    const { input: form, run } = actions[name];
    try {
      return run(form.parse(input) as never, { principal: { kind: 'operator' }, allow: () => undefined });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      throw exceptions[error.name]?.(error.message) ?? error;
    }
  };
  return {
    client(isAlive: () => boolean): SFNClient {
      const send = async (command: unknown) => {
        await undefined;
        if (!isAlive()) throw new Error('The process has died.');
        if (command instanceof StartExecutionCommand) return act('StartExecution', command.input);
        if (command instanceof SendTaskSuccessCommand) return act('SendTaskSuccess', command.input);
        if (command instanceof SendTaskFailureCommand) return act('SendTaskFailure', command.input);
        if (command instanceof DescribeExecutionCommand) return act('DescribeExecution', command.input);
        throw new Error('This client does not know the command.');
      };
      return inPlaceOf(SFNClient.prototype, send);
    },
    abort: ({ arn }: Run) =>
      void act('StopExecution', { executionArn: arn, error: 'Lost', cause: 'The simulator took it.' }),
    running: (): readonly Run[] => engine.runs.filter(({ status }) => status === 'RUNNING'),
    runs: (): readonly Run[] => engine.runs,
    stop: () => engine.stop(),
  };
}
