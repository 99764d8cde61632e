/** What each action of the Step Functions API does: who may call it, what it refuses and what it answers. */
import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { Clock } from '../clock/clock.ts';
import { type Asked, action } from '../endpoint/json.ts';
import { localAccount, localRegion, Refusal } from '../endpoint/service.ts';
import { type Engine, executionArn } from './interpreter/engine.ts';
import { failureOf, historyEvent } from './interpreter/history.ts';
import { isRunning, type Run } from './interpreter/run.ts';
import { closing, maxPayload } from './interpreter/step.ts';
import { failTask, isOutstanding, succeedTask } from './interpreter/task.ts';
import { DefinitionRefused } from './language/schema.ts';

const arn = z.string().min(1).max(256);
const payload = z
  .string()
  .refine((text) => Buffer.byteLength(text) <= maxPayload, 'Member must have length less than or equal to 262144');
const failure = { error: z.string().max(256).optional(), cause: z.string().max(32_768).optional() };
const paging = { maxResults: z.int().min(0).max(1000).optional(), nextToken: z.string().optional() };
const taskToken = z.string().min(1).max(2048);
const status = z.enum(['RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED', 'PENDING_REDRIVE']);

const secondsOf = (instant: number) => instant / 1000;

/** Throws a refusal with what is wrong with a JSON text. */
function requireJson(text: string, name: string, what: string): void {
  try {
    JSON.parse(text);
  } catch (error) {
    throw new Refusal(name, `${what}: '${(error as Error).message}'`);
  }
}

const forbidden = /[\s<>{}[\]?*"#%\\^|~`$&,;:/\p{Cc}]/u;
function checkName(name: string): void {
  if (name.length < 1 || name.length > 80 || forbidden.test(name))
    throw new Refusal('InvalidName', `Invalid Name: '${name}'`);
}

function checkArn(value: string, kind: 'stateMachine' | 'execution'): void {
  if (!new RegExp(`^arn:aws:states:[a-z0-9-]+:\\d{12}:${kind}:.+`).test(value))
    throw new Refusal('InvalidArn', `Invalid Arn: 'Invalid ARN prefix: ${value}'`);
}

/** Every action authorizes its caller before it tells anything. */
export function createActions(engine: Engine, clock: Clock) {
  const machineOf = (stateMachineArn: string) => {
    checkArn(stateMachineArn, 'stateMachine');
    const machine = engine.machines.get(stateMachineArn);
    if (machine) return machine;
    throw new Refusal('StateMachineDoesNotExist', `State Machine Does Not Exist: '${stateMachineArn}'`);
  };
  const runOf = (arnOfRun: string) => {
    checkArn(arnOfRun, 'execution');
    const run = engine.run(arnOfRun);
    if (run) return run;
    throw new Refusal('ExecutionDoesNotExist', `Execution Does Not Exist: '${arnOfRun}'`);
  };
  /**
   * The task that waits for the token. The resource of these actions is the token's state machine. A token that was
   * never made here has none. To learn that, the caller must be allowed the action on one of the machines.
   */
  const waiting = (token: string, allow: Asked['allow']) => {
    const run = engine.issuedTo(token);
    if (!run) {
      const machines = engine.machines.list().map((machine) => machine.arn);
      allowOnAny(machines, allow);
      throw /^[A-Za-z0-9+/]{64,}={0,2}$/.test(token)
        ? new Refusal('TaskDoesNotExist', "Task Does Not Exist: 'Provided task does not exist'")
        : new Refusal('InvalidToken', "Invalid Token: 'Invalid token'");
    }
    allow(run.machineArn);
    const { position } = run;
    if (isRunning(run) && isOutstanding(position) && position.token === token) return run;
    throw new Refusal('TaskTimedOut', "Task Timed Out: 'Provided task does not exist anymore'");
  };

  return {
    StartExecution: action(
      z.strictObject({ stateMachineArn: arn, name: z.string().optional(), input: payload.default('{}') }),
      ({ stateMachineArn, name = randomUUID(), input }, { allow }) => {
        allow(stateMachineArn);
        const machine = machineOf(stateMachineArn);
        checkName(name);
        requireJson(input, 'InvalidExecutionInput', 'Invalid State Machine Execution Input');
        const arnOfRun = executionArn(stateMachineArn, name);
        const earlier = engine.run(arnOfRun);
        if (earlier && (earlier.status !== 'RUNNING' || earlier.input !== input))
          throw new Refusal('ExecutionAlreadyExists', `Execution Already Exists: '${arnOfRun}'`);
        const run = earlier ?? engine.start(machine, name, input);
        return { executionArn: arnOfRun, startDate: secondsOf(run.startedAt) };
      },
    ),

    StopExecution: action(z.strictObject({ executionArn: arn, ...failure }), ({ executionArn, ...why }, { allow }) => {
      allow(executionArn);
      const run = runOf(executionArn);
      if (isRunning(run)) engine.move(run, closing('ExecutionAborted', failureOf(why)));
      return { stopDate: secondsOf(run.stoppedAt ?? clock.now()) };
    }),

    DescribeExecution: action(z.strictObject({ executionArn: arn }), ({ executionArn }, { allow }) => {
      allow(executionArn);
      const run = runOf(executionArn);
      const closed = run.status === 'RUNNING' ? undefined : run.events.at(-1)?.details;
      return {
        ...summary(run),
        ...redriving(run),
        input: run.input,
        inputDetails: { included: true },
        ...(closed?.output === undefined ? {} : { output: closed.output, outputDetails: { included: true } }),
        // A timeout is told by the status alone; its error stands in the last event.
        ...(run.status === 'TIMED_OUT' ? {} : failureOf(closed ?? {})),
      };
    }),

    ListExecutions: action(
      z.strictObject({ stateMachineArn: arn, statusFilter: status.optional(), ...paging }),
      ({ stateMachineArn, statusFilter, maxResults, nextToken }, { allow }) => {
        allow(stateMachineArn);
        machineOf(stateMachineArn);
        const executions: object[] = [];
        for (let index = pageStart(nextToken, engine.runs.length - 1, engine.runs.length); index >= 0; index--) {
          const run = engine.runs[index];
          if (run?.machineArn !== stateMachineArn || run.status !== (statusFilter ?? run.status)) continue;
          if (executions.length === (maxResults || 100)) return { executions, ...pageToken(index) };
          executions.push(summary(run));
        }
        return { executions };
      },
    ),

    GetExecutionHistory: action(
      z.strictObject({
        executionArn: arn,
        reverseOrder: z.boolean().default(false),
        includeExecutionData: z.boolean().default(true),
        ...paging,
      }),
      ({ executionArn, reverseOrder, includeExecutionData, maxResults, nextToken }, { allow }) => {
        allow(executionArn);
        const { events } = runOf(executionArn);
        const step = reverseOrder ? -1 : 1;
        const start = pageStart(nextToken, reverseOrder ? events.length - 1 : 0, events.length);
        const page: object[] = [];
        for (let index = start; index >= 0 && index < events.length; index += step) {
          const event = events[index];
          if (page.length === (maxResults || 100)) return { events: page, ...pageToken(index) };
          if (event) page.push(historyEvent(event, index, includeExecutionData));
        }
        return { events: page };
      },
    ),

    SendTaskSuccess: action(
      z.strictObject({ taskToken, output: payload }),
      ({ taskToken: token, output }, { allow }) => {
        const run = waiting(token, allow);
        requireJson(output, 'InvalidOutput', 'Invalid Output');
        engine.move(run, succeedTask(run, output));
        return {};
      },
    ),

    SendTaskFailure: action(z.strictObject({ taskToken, ...failure }), ({ taskToken: token, ...why }, { allow }) => {
      const run = waiting(token, allow);
      engine.move(run, failTask(run, failureOf(why)));
      return {};
    }),

    /** Tests create some of their own. */
    CreateStateMachine: action(
      z.strictObject({ name: z.string(), definition: z.string().min(1).max(1_048_576), roleArn: arn }),
      ({ name, definition, roleArn }, { allow }) => {
        const machineArn = `arn:aws:states:${localRegion}:${localAccount}:stateMachine:${name}`;
        allow(machineArn);
        checkName(name);
        const earlier = engine.machines.get(machineArn);
        if (earlier && engine.textOf(earlier) !== definition)
          throw new Refusal('StateMachineAlreadyExists', `State Machine Already Exists: '${machineArn}'`);
        try {
          const { createdAt } = earlier ?? engine.createMachine({ arn: machineArn, name, definition, roleArn });
          return { stateMachineArn: machineArn, creationDate: secondsOf(createdAt) };
        } catch (error) {
          if (!(error instanceof DefinitionRefused)) throw error;
          throw new Refusal('InvalidDefinition', `Invalid State Machine Definition: '${error.message}'`);
        }
      },
    ),

    ListStateMachines: action(z.strictObject({}), (_, { allow }) => {
      allow('*');
      const stateMachines = engine.machines.list().map(({ arn: stateMachineArn, name, createdAt }) => ({
        stateMachineArn,
        name,
        type: 'STANDARD',
        creationDate: secondsOf(createdAt),
      }));
      return { stateMachines };
    }),
  };
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

/** Nothing is redriven here, so nothing says that it could be. */
const redriving = ({ status: is }: Run) => ({
  redriveStatus: 'NOT_REDRIVABLE',
  redriveStatusReason:
    is === 'RUNNING' || is === 'SUCCEEDED'
      ? `Execution is ${is} and cannot be redriven`
      : 'The local Step Functions does not redrive executions',
});

function allowOnAny(resources: readonly string[], allow: Asked['allow']): void {
  let denial: unknown;
  for (const resource of resources) {
    try {
      allow(resource);
      return;
    } catch (error) {
      denial = error;
    }
  }
  if (denial) throw denial;
}

/** A page token holds the position at which the next page begins, from 0 up to `end`. */
function pageStart(token: string | undefined, first: number, end: number): number {
  if (token === undefined) return first;
  const start = Number(Buffer.from(token, 'base64').toString());
  if (/^[A-Za-z0-9+/=]+$/.test(token) && Number.isInteger(start) && start >= 0 && start < end) return start;
  throw new Refusal('InvalidToken', "Invalid Token: 'Invalid pagination token'");
}
const pageToken = (start: number) => ({ nextToken: Buffer.from(String(start)).toString('base64') });
