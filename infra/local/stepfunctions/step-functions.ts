/** The local Step Functions: state machines of the template, run on the movable clock and kept in a folder. */
import type { Activity, Clock } from '../clock.ts';
import type { Authorize, AwsService, Principal } from '../service.ts';
import { createActions } from './actions.ts';
import { createEngine, type Machine, type StatusChange } from './engine.ts';
import type { InvokeAnswer } from './execution.ts';
import { createWire } from './wire.ts';

export interface StepFunctions {
  readonly service: AwsService;
  stop(): Promise<void>;
  /** State transitions as AWS bills them: each state entered, and each retry. Counted since the folder was new. */
  transitions(): number;
}

export interface StepFunctionsOptions {
  readonly clock: Clock;
  readonly activity: Activity;
  /** Where executions are kept; without it they are gone when the process ends. */
  readonly folder?: string;
  readonly machines: readonly Machine[];
  readonly invoke: (functionArn: string, payload: unknown) => Promise<InvokeAnswer>;
  readonly authorize: Authorize;
  /** Whose policies decide which functions a state machine may invoke. */
  readonly principalOf: (machineArn: string) => Principal;
  /** Told of each start and end of an execution. A rejection is not caught: delivering events is the caller's part. */
  readonly onStatusChange: (event: StatusChange) => void | Promise<void>;
  /** Executions found in the folder go on when this resolves (the endpoint answers); at once where it is left out. */
  readonly ready?: Promise<unknown>;
}

/**
 * Loads the machines' definitions and the executions of the folder. Throws `DefinitionRefused`, a sentence with
 * machine, state and field, where a definition holds what the interpreter does not run exactly as Step Functions does.
 */
export function createStepFunctions(options: StepFunctionsOptions): StepFunctions {
  const { clock, activity, folder, machines, ready, onStatusChange, authorize } = options;
  const engine = createEngine({
    clock,
    activity,
    folder,
    machines,
    ready,
    onStatusChange,
    async invoke(machineArn, functionArn, payload) {
      authorize(options.principalOf(machineArn), 'lambda:InvokeFunction', functionArn);
      return options.invoke(functionArn, payload);
    },
  });
  let stopped = false;
  const stop = () => {
    if (!stopped) engine.stop();
    stopped = true;
  };
  return {
    service: createWire(createActions(engine, clock, authorize), stop),
    stop: async () => stop(),
    transitions: engine.transitions,
  };
}
