/**
 * The local Step Functions. It runs the state machines of the template and of the API on the movable clock. It keeps
 * them in a folder.
 */
import { randomBytes } from 'node:crypto';
import type { Activity, Clock } from '../clock/clock.ts';
import { createJsonService } from '../endpoint/json.ts';
import type { Authorize, Principal } from '../endpoint/service.ts';
import { createActions } from './actions.ts';
import { createEngine } from './interpreter/engine.ts';
import type { InvokeAnswer } from './interpreter/task.ts';
import type { DeployedMachine } from './machines.ts';
import type { StatusChange } from './status-change.ts';

export interface StepFunctionsOptions {
  readonly clock: Clock;
  readonly activity: Activity;
  /** Where executions are kept; without it they are gone when the process ends. */
  readonly folder?: string;
  /** Those that cannot be changed by the API, beside those that it creates. */
  readonly machines: readonly DeployedMachine[];
  readonly invoke: (functionArn: string, payload: unknown) => Promise<InvokeAnswer>;
  readonly authorize: Authorize;
  /** Whose policies decide which functions a state machine may invoke, by its ARN and its role's. */
  readonly principalOf: (machineArn: string, roleArn: string) => Principal;
  /** Told of each start and end of an execution. A rejection is not caught: delivering events is the caller's part. */
  readonly onStatusChange: (event: StatusChange) => void | Promise<void>;
  /** Executions found in the folder go on when this resolves (the endpoint answers); at once where it is left out. */
  readonly ready?: Promise<unknown>;
}

/**
 * Loads the machines' definitions and the executions of the folder. Throws `DefinitionRefused` where a definition holds
 * what the interpreter does not run exactly as Step Functions does. Its sentence names machine, state and field.
 */
export function createStepFunctions(options: StepFunctionsOptions) {
  const { clock, activity, folder, machines, ready, onStatusChange, authorize } = options;
  const engine = createEngine({
    clock,
    activity,
    folder,
    machines,
    ready,
    onStatusChange,
    random: undefined,
    newToken: () => randomBytes(96).toString('base64'),
    async invoke({ machineArn, roleArn }, functionArn, payload) {
      authorize(options.principalOf(machineArn, roleArn), 'lambda:InvokeFunction', functionArn);
      return options.invoke(functionArn, payload);
    },
  });
  let stopped = false;
  const stop = () => {
    if (!stopped) engine.stop();
    stopped = true;
  };
  return {
    service: createJsonService({
      client: 'sfn',
      prefix: 'states',
      title: 'Step Functions',
      target: 'AWSStepFunctions.',
      authorize,
      actions: createActions(engine, clock),
      stop,
    }),
    stop: async () => stop(),
    /** State transitions as AWS bills them: each state entered, and each retry. Counted since the folder was new. */
    transitions: engine.transitions,
  };
}
