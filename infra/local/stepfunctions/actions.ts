/** What each action of the Step Functions API does: who may call it, what it refuses and what it answers. */
import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { Clock } from '../clock/clock.ts';
import { JsonRefusal } from '../endpoint/json.ts';
import type { Authorize } from '../endpoint/service.ts';
import {
  type Action,
  arn,
  checkName,
  type Define,
  defineIn,
  failure,
  jsonFault,
  machineOf,
  pageStart,
  pageToken,
  paging,
  payload,
  runOf,
  secondsOf,
} from './action-table.ts';
import { type Engine, executionArn } from './interpreter/engine.ts';
import { failureOf, historyEvent } from './interpreter/history.ts';
import { isRunning, type Run } from './interpreter/run.ts';
import { closing } from './interpreter/step.ts';
import { failTask, isOutstanding, succeedTask } from './interpreter/task.ts';
import { defineMachineActions } from './machine-actions.ts';

const taskToken = z.string().min(1).max(2048);
const status = z.enum(['RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED', 'PENDING_REDRIVE']);

/** The action table. Every action authorizes its caller before it tells anything. */
export function createActions(engine: Engine, clock: Clock, authorize: Authorize): ReadonlyMap<string, Action> {
  const actions = new Map<string, Action>();
  const define = defineIn(actions, authorize);
  defineExecutionActions(define, engine, clock);
  defineTaskActions(define, engine);
  defineMachineActions(define, engine);
  return actions;
}

function defineExecutionActions(define: Define, engine: Engine, clock: Clock): void {
  define(
    'StartExecution',
    z.strictObject({ stateMachineArn: arn, name: z.string().optional(), input: payload.default('{}') }),
    ({ stateMachineArn, name = randomUUID(), input }, allow) => {
      allow(stateMachineArn);
      const machine = machineOf(engine, stateMachineArn);
      checkName(name);
      const fault = jsonFault(input);
      if (fault !== undefined) {
        const why = input.trim() === '' ? 'Invalid execution input.' : fault;
        throw new JsonRefusal('InvalidExecutionInput', `Invalid State Machine Execution Input: '${why}'`);
      }
      const arnOfRun = executionArn(stateMachineArn, name);
      const earlier = engine.run(arnOfRun);
      if (earlier && (earlier.status !== 'RUNNING' || earlier.input !== input)) {
        throw new JsonRefusal('ExecutionAlreadyExists', `Execution Already Exists: '${arnOfRun}'`);
      }
      const run = earlier ?? engine.start(machine, name, input);
      return { executionArn: arnOfRun, startDate: secondsOf(run.startedAt) };
    },
  );

  define('StopExecution', z.strictObject({ executionArn: arn, ...failure }), ({ executionArn, ...why }, allow) => {
    allow(executionArn);
    const run = runOf(engine, executionArn);
    if (isRunning(run)) engine.move(run, closing('ExecutionAborted', failureOf(why)));
    return { stopDate: secondsOf(run.stoppedAt ?? clock.now()) };
  });

  define('DescribeExecution', z.strictObject({ executionArn: arn }), ({ executionArn }, allow) => {
    allow(executionArn);
    const run = runOf(engine, executionArn);
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
  });

  define(
    'ListExecutions',
    z.strictObject({ stateMachineArn: arn, statusFilter: status.optional(), ...paging }),
    ({ stateMachineArn, statusFilter, maxResults, nextToken }, allow) => {
      allow(stateMachineArn);
      machineOf(engine, stateMachineArn);
      const executions: object[] = [];
      for (let index = pageStart(nextToken, engine.runs.length - 1, engine.runs.length); index >= 0; index--) {
        const run = engine.runs[index];
        if (run?.machineArn !== stateMachineArn || run.status !== (statusFilter ?? run.status)) continue;
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
      includeExecutionData: z.boolean().default(true),
      ...paging,
    }),
    ({ executionArn, reverseOrder, includeExecutionData, maxResults, nextToken }, allow) => {
      allow(executionArn);
      const { events } = runOf(engine, executionArn);
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
  );
}

function defineTaskActions(define: Define, engine: Engine): void {
  /**
   * The task that waits for the token. The resource of these actions is the token's state machine. A token that was
   * never made here has none. To learn that, the caller must be allowed the action on one of the machines.
   */
  const waiting = (token: string, allow: (resource: string) => void) => {
    const run = engine.issuedTo(token);
    if (!run) {
      allowOnAny(
        engine.machines.list().map((machine) => machine.arn),
        allow,
      );
      throw /^[A-Za-z0-9+/]{64,}={0,2}$/.test(token)
        ? new JsonRefusal('TaskDoesNotExist', "Task Does Not Exist: 'Provided task does not exist'")
        : new JsonRefusal('InvalidToken', "Invalid Token: 'Invalid token'");
    }
    allow(run.machineArn);
    const { position } = run;
    if (isRunning(run) && isOutstanding(position) && position.token === token) return run;
    throw new JsonRefusal('TaskTimedOut', "Task Timed Out: 'Provided task does not exist anymore'");
  };

  define('SendTaskSuccess', z.strictObject({ taskToken, output: payload }), ({ taskToken: token, output }, allow) => {
    const run = waiting(token, allow);
    const fault = jsonFault(output);
    if (fault !== undefined) throw new JsonRefusal('InvalidOutput', `Invalid Output: '${fault}'`);
    engine.move(run, succeedTask(run, output));
    return {};
  });

  define('SendTaskFailure', z.strictObject({ taskToken, ...failure }), ({ taskToken: token, ...why }, allow) => {
    const run = waiting(token, allow);
    engine.move(run, failTask(run, failureOf(why)));
    return {};
  });
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
  if (denial) throw denial;
}
