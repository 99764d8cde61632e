/** The events of an execution, in the shape of AWS's HistoryEvent. Ids are positions: the first event has id 1. */
import { localRegion } from '../../endpoint/service.ts';
import type { MapState, State, TaskState } from '../language/definition.ts';

interface Details {
  readonly name?: string;
  readonly index?: number;
  readonly length?: number;
  readonly state?: string;
  readonly location?: string;
  readonly input?: string;
  readonly output?: string;
  readonly assignedVariables?: Readonly<Record<string, string>>;
  readonly roleArn?: string;
  readonly error?: string;
  readonly cause?: string;
  readonly resource?: string;
  readonly resourceType?: string;
  readonly region?: string;
  readonly parameters?: string;
  readonly timeoutInSeconds?: number;
  readonly heartbeatInSeconds?: number;
}

export interface NewEvent {
  readonly type: string;
  readonly details?: Details;
}

/** `at` in epoch milliseconds; `previous` is the id of the event that this one followed from. */
export interface RunEvent extends NewEvent {
  readonly at: number;
  readonly previous: number;
}

export interface Failure {
  readonly error?: string;
  readonly cause?: string;
}

/** The failure's members that are there. */
export const failureOf = (from: { error?: string | undefined; cause?: string | undefined }): Failure => ({
  ...(from.error === undefined ? {} : { error: from.error }),
  ...(from.cause === undefined ? {} : { cause: from.cause }),
});

/** Type of the last event of a closed execution, and the status it gives. */
export const closingStatus: Readonly<Record<string, Status>> = {
  ExecutionSucceeded: 'SUCCEEDED',
  ExecutionFailed: 'FAILED',
  ExecutionTimedOut: 'TIMED_OUT',
  ExecutionAborted: 'ABORTED',
};
export type Status = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';

const beside = new Set([
  'ExecutionStarted',
  'ParallelStateSucceeded',
  'MapStateSucceeded',
  'MapIterationSucceeded',
  'MapIterationFailed',
  'MapIterationAborted',
]);

/** Events that no later one follows from: the next one names the event before them as its previous. */
export const isBeside = (type: string): boolean => beside.has(type) || type.endsWith('StateAborted');

export const executionStarted = (input: string, roleArn: string): NewEvent => ({
  type: 'ExecutionStarted',
  details: { input, roleArn },
});

export const stateEntered = (state: State, input: string): NewEvent => ({
  type: `${state.type}StateEntered`,
  details: { name: state.name, input },
});

/** `assigned`: each variable's value as JSON text. */
export const stateExited = (
  state: State,
  output: string,
  assigned: Readonly<Record<string, string>> | undefined,
): NewEvent => ({
  type: `${state.type}StateExited`,
  details: { name: state.name, output, ...(assigned === undefined ? {} : { assignedVariables: assigned }) },
});

export const evaluationFailed = (state: string, location: string | undefined, failure: Failure): NewEvent => ({
  type: 'EvaluationFailed',
  details: { ...failure, ...(location === undefined ? {} : { location }), state },
});

export const iteration = (kind: 'Started' | 'Succeeded' | 'Failed' | 'Aborted', { name }: MapState, index: number) => ({
  type: `MapIteration${kind}`,
  details: { name, index },
});

type TaskEnd = 'Succeeded' | 'Failed' | 'TimedOut';

/** Whether a task is a function's ARN, whose events are named for Lambda, or `lambda:invoke`. */
export const isFunction = ({ resource }: TaskState): boolean => resource.startsWith('arn:aws:lambda:');
export const waitsForToken = ({ resource }: TaskState): boolean => resource.endsWith('.waitForTaskToken');

const service = (state: TaskState) => ({
  resource: waitsForToken(state) ? 'invoke.waitForTaskToken' : 'invoke',
  resourceType: 'lambda',
});

/** A task's two first events. `given` is what the function is called with, as JSON text. */
export function taskScheduled(
  state: TaskState,
  given: string,
  limits: { timeoutInSeconds?: number; heartbeatInSeconds?: number },
): NewEvent[] {
  const { timeoutInSeconds } = limits;
  if (isFunction(state)) {
    const timeout = timeoutInSeconds === undefined ? {} : { timeoutInSeconds };
    return [
      { type: 'LambdaFunctionScheduled', details: { resource: state.resource, input: given, ...timeout } },
      { type: 'LambdaFunctionStarted' },
    ];
  }
  const details = { ...service(state), region: localRegion, parameters: given, ...limits };
  return [
    { type: 'TaskScheduled', details },
    { type: 'TaskStarted', details: service(state) },
  ];
}

export const taskSubmitted = (state: TaskState, output: string): NewEvent => ({
  type: 'TaskSubmitted',
  details: { ...service(state), output },
});

/** `details`: an output, or error and cause. */
export const taskEnded = (end: TaskEnd, state: TaskState, details: Details): NewEvent =>
  isFunction(state)
    ? { type: `LambdaFunction${end}`, details }
    : { type: `Task${end}`, details: { ...service(state), ...details } };

/** TaskStateEntered and its kin share one key; the others have a key of their own. */
function detailsKey(type: string): string {
  const shared = /State(Entered|Exited)$/.exec(type);
  return shared ? `state${shared[1]}EventDetails` : `${type.charAt(0).toLowerCase()}${type.slice(1)}EventDetails`;
}

/** The wire form of the event at `index` (from 0): timestamps in epoch seconds; `withData` false leaves payloads out. */
export function historyEvent(
  { type, at, previous, details }: RunEvent,
  index: number,
  withData: boolean,
): Record<string, unknown> {
  const event = { timestamp: at / 1000, type, id: index + 1, previousEventId: previous };
  if (details === undefined) return event;
  const { input, output, assignedVariables, parameters, ...rest } = details;
  const data = {
    ...(input === undefined ? {} : { input, inputDetails: { truncated: false } }),
    ...(output === undefined ? {} : { output, outputDetails: { truncated: false } }),
    ...(parameters === undefined ? {} : { parameters }),
    ...(assignedVariables === undefined ? {} : { assignedVariables, assignedVariablesDetails: { truncated: false } }),
  };
  return { ...event, [detailsKey(type)]: withData ? { ...rest, ...data } : rest };
}
