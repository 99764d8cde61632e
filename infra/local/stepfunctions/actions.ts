/** What each action of the Step Functions API does: who may call it, what it refuses and what it answers. */
import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { Clock } from '../clock.ts';
import type { Authorize, Principal } from '../service.ts';
import { type Engine, executionArn, type Machine, roleArnOf } from './engine.ts';
import { failTask, maxPayload, type Position, type Run, succeedTask } from './execution.ts';
import { executionClosed, type Failure, historyEvent } from './history.ts';

/** An error of the service: its name goes over the wire as `__type`. */
export class ServiceError extends Error {
  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}

export interface Action {
  readonly input: z.ZodType;
  run(input: unknown, principal: Principal): object;
}

const arn = z.string().min(1).max(256);
const payload = z
  .string()
  .refine((text) => Buffer.byteLength(text) <= maxPayload, 'Member must have length less than or equal to 262144');
const failure = { error: z.string().max(256).optional(), cause: z.string().max(32_768).optional() };
const paging = { maxResults: z.int().min(0).max(1000).optional(), nextToken: z.string().optional() };
const taskToken = z.string().min(1).max(2048);
const status = z.enum(['RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED', 'PENDING_REDRIVE']);

const isJson = (text: string) => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

const secondsOf = (instant: number) => instant / 1000;

/** The failure's members that are there. */
const failureOf = ({ error, cause }: { error?: string | undefined; cause?: string | undefined }): Failure => ({
  ...(error === undefined ? {} : { error }),
  ...(cause === undefined ? {} : { cause }),
});

const invalidPage = () => new ServiceError('InvalidToken', "Invalid Token: 'Invalid pagination token'");

/** A page token holds the position at which the next page begins. */
function pageStart(token: string | undefined, first: number): number {
  if (token === undefined) return first;
  const start = Number(Buffer.from(token, 'base64').toString());
  if (!/^[A-Za-z0-9+/=]+$/.test(token) || !Number.isInteger(start)) throw invalidPage();
  return start;
}
const pageToken = (start: number) => ({ nextToken: Buffer.from(String(start)).toString('base64') });

/** The action table. Every action authorizes its caller before it tells anything. */
export function createActions(engine: Engine, clock: Clock, authorize: Authorize): ReadonlyMap<string, Action> {
  const actions = new Map<string, Action>();
  const createdAt = clock.now();

  const define = <Schema extends z.ZodType>(
    name: string,
    input: Schema,
    run: (input: z.infer<Schema>, allow: (resource: string) => void, principal: Principal) => object,
  ) =>
    actions.set(name, {
      input,
      run: (value, principal) =>
        run(value as z.infer<Schema>, (resource) => authorize(principal, `states:${name}`, resource), principal),
    });

  const checkArn = (value: string, kind: 'stateMachine' | 'execution') => {
    if (!new RegExp(`^arn:aws:states:[a-z0-9-]+:\\d{12}:${kind}:.+`).test(value)) {
      throw new ServiceError('InvalidArn', `Invalid Arn: '${value}' is not the ARN of a ${kind}.`);
    }
  };
  const machineOf = (stateMachineArn: string): Machine => {
    checkArn(stateMachineArn, 'stateMachine');
    const machine = engine.machines.get(stateMachineArn);
    if (machine) return machine;
    throw new ServiceError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${stateMachineArn}'`);
  };
  const runOf = (executionArn: string): Run => {
    checkArn(executionArn, 'execution');
    const run = engine.run(executionArn);
    if (run) return run;
    throw new ServiceError('ExecutionDoesNotExist', `Execution Does Not Exist: '${executionArn}'`);
  };

  define(
    'StartExecution',
    z.strictObject({ stateMachineArn: arn, name: z.string().optional(), input: payload.default('{}') }),
    ({ stateMachineArn, name = randomUUID(), input }, allow) => {
      allow(stateMachineArn);
      const machine = machineOf(stateMachineArn);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: the service forbids control characters in names.
      if (name.length < 1 || name.length > 80 || /[\s<>{}[\]?*"#%\\^|~`$&,;:/\u0000-\u001f\u007f-\u009f]/.test(name)) {
        throw new ServiceError('InvalidName', `Invalid Name: '${name}'`);
      }
      if (!isJson(input)) {
        throw new ServiceError('InvalidExecutionInput', 'Invalid State Machine Execution Input: it is not JSON.');
      }
      const arnOfRun = executionArn(stateMachineArn, name);
      const earlier = engine.run(arnOfRun);
      if (earlier && (earlier.status !== 'RUNNING' || earlier.input !== input)) {
        throw new ServiceError('ExecutionAlreadyExists', `Execution Already Exists: '${arnOfRun}'`);
      }
      const run = earlier ?? engine.start(machine, name, input);
      return { executionArn: arnOfRun, startDate: secondsOf(run.startedAt) };
    },
  );

  define('StopExecution', z.strictObject({ executionArn: arn, ...failure }), ({ executionArn, ...why }, allow) => {
    allow(executionArn);
    const run = runOf(executionArn);
    if (run.position) engine.move(run, { events: [executionClosed('ExecutionAborted', failureOf(why))] });
    return { stopDate: secondsOf(run.stoppedAt ?? clock.now()) };
  });

  define(
    'DescribeExecution',
    z.strictObject({ executionArn: arn, includedData: z.literal('ALL_DATA').optional() }),
    ({ executionArn }, allow) => {
      allow(executionArn);
      const run = runOf(executionArn);
      const closing = run.position ? undefined : run.events.at(-1)?.details;
      return {
        ...summary(run),
        input: run.input,
        inputDetails: { included: true },
        ...(closing?.output === undefined ? {} : { output: closing.output, outputDetails: { included: true } }),
        ...failureOf(closing ?? {}),
      };
    },
  );

  define(
    'ListExecutions',
    z.strictObject({ stateMachineArn: arn, statusFilter: status.optional(), ...paging }),
    ({ stateMachineArn, statusFilter, maxResults, nextToken }, allow) => {
      allow(stateMachineArn);
      machineOf(stateMachineArn);
      const executions: object[] = [];
      for (let index = pageStart(nextToken, engine.runs.length - 1); index >= 0; index--) {
        const run = engine.runs[index];
        if (!run) throw invalidPage();
        if (run.machineArn !== stateMachineArn || run.status !== (statusFilter ?? run.status)) continue;
        if (executions.length === (maxResults || 100)) return { executions, ...pageToken(index) };
        executions.push(summary(run));
      }
      return { executions };
    },
  );

  define(
    'GetExecutionHistory',
    z.strictObject({
      executionArn: arn,
      reverseOrder: z.boolean().default(false),
      includeExecutionData: z.literal(true).optional(),
      ...paging,
    }),
    ({ executionArn, reverseOrder, maxResults, nextToken }, allow) => {
      allow(executionArn);
      const { events } = runOf(executionArn);
      const step = reverseOrder ? -1 : 1;
      const start = pageStart(nextToken, reverseOrder ? events.length - 1 : 0);
      const page: object[] = [];
      for (let index = start; index >= 0 && index < events.length; index += step) {
        const event = events[index];
        if (page.length === (maxResults || 100)) return { events: page, ...pageToken(index) };
        if (event) page.push(historyEvent(event, index));
      }
      return { events: page };
    },
  );

  define('ListStateMachines', z.strictObject(paging), ({ nextToken, maxResults }, allow) => {
    allow('*');
    const all = [...engine.machines.values()];
    const start = pageStart(nextToken, 0);
    const end = start + (maxResults || 100);
    const stateMachines = all.slice(start, end).map((machine) => describeMachine(machine));
    return { stateMachines, ...(end < all.length ? pageToken(end) : {}) };
  });

  define(
    'DescribeStateMachine',
    z.strictObject({ stateMachineArn: arn, includedData: z.literal('ALL_DATA').optional() }),
    ({ stateMachineArn }, allow) => {
      allow(stateMachineArn);
      const machine = machineOf(stateMachineArn);
      const { definition } = machine;
      return { ...describeMachine(machine), status: 'ACTIVE', definition, roleArn: roleArnOf(machine) };
    },
  );

  const describeMachine = ({ arn: stateMachineArn, name }: Machine) => ({
    stateMachineArn,
    name,
    type: 'STANDARD',
    creationDate: secondsOf(createdAt),
  });

  /**
   * The execution that waits for the token. The resource of these actions is the token's state machine; a token that
   * was never made here has none, so the caller must be allowed the action on one of them to learn that.
   */
  const waiting = (token: string, allow: (resource: string) => void): { run: Run; here: Position } => {
    const run = engine.issuedTo(token);
    if (!run) {
      allowOnAny([...engine.machines.keys()], allow);
      throw /^[A-Za-z0-9+/]{64,}={0,2}$/.test(token)
        ? new ServiceError('TaskDoesNotExist', 'Task Does Not Exist: the token belongs to no task.')
        : new ServiceError('InvalidToken', "Invalid Token: 'Invalid token'");
    }
    allow(run.machineArn);
    const here = run.position;
    if (here && 'token' in here && here.token === token) return { run, here };
    throw new ServiceError('TaskTimedOut', "Task Timed Out: 'Provided task does not exist anymore'");
  };

  define('SendTaskSuccess', z.strictObject({ taskToken, output: payload }), ({ taskToken: token, output }, allow) => {
    const { run, here } = waiting(token, allow);
    if (!isJson(output)) throw new ServiceError('InvalidOutput', 'Invalid Output: it is not JSON.');
    engine.move(run, succeedTask(run, here, output));
    return {};
  });

  define('SendTaskFailure', z.strictObject({ taskToken, ...failure }), ({ taskToken: token, ...why }, allow) => {
    const { run, here } = waiting(token, allow);
    engine.move(run, failTask(run, here, 'TaskFailed', failureOf(why)));
    return {};
  });

  define('SendTaskHeartbeat', z.strictObject({ taskToken }), ({ taskToken: token }, allow) => {
    waiting(token, allow);
    throw new ServiceError(
      'ValidationException',
      'The local Step Functions has no heartbeats: no state can set HeartbeatSeconds, so there is nothing to prolong.',
    );
  });

  return actions;
}

const summary = (run: Run) => ({
  executionArn: run.arn,
  stateMachineArn: run.machineArn,
  name: run.name,
  status: run.status,
  startDate: secondsOf(run.startedAt),
  ...(run.stoppedAt === undefined ? {} : { stopDate: secondsOf(run.stoppedAt) }),
  redriveCount: 0,
});

function allowOnAny(resources: readonly string[], allow: (resource: string) => void): void {
  let denial: unknown;
  for (const resource of resources) {
    try {
      allow(resource);
      return;
    } catch (error) {
      denial = error;
    }
  }
  throw denial;
}
