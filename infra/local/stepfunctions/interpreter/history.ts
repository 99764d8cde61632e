/** The events of an execution, in the shape of AWS's HistoryEvent. Ids are positions: the first event has id 1. */
import { localRegion } from '../../endpoint/service.ts';
import type { State, TaskState } from '../language/definition.ts';

interface Details {
  readonly name?: string;
  readonly state?: string;
  readonly location?: string;
  readonly input?: string;
  readonly output?: string;
  readonly roleArn?: string;
  readonly error?: string;
  readonly cause?: string;
  readonly resource?: string;
  readonly resourceType?: string;
  readonly region?: string;
  readonly parameters?: string;
  readonly timeoutInSeconds?: number;
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

/** No later event follows from it: the next one names no event as its previous. */
export const isBeside = (type: string): boolean => type === 'ExecutionStarted';

export const executionStarted = (input: string, roleArn: string): NewEvent => ({
  type: 'ExecutionStarted',
  details: { input, roleArn },
});

export const stateEntered = (state: State, input: string): NewEvent => ({
  type: `${state.type}StateEntered`,
  details: { name: state.name, input },
});

export const stateExited = (state: State, output: string): NewEvent => ({
  type: `${state.type}StateExited`,
  details: { name: state.name, output },
});

export const evaluationFailed = (state: string, location: string | undefined, failure: Failure): NewEvent => ({
  type: 'EvaluationFailed',
  details: { ...failure, ...(location === undefined ? {} : { location }), state },
});

type TaskEnd = 'Succeeded' | 'Failed' | 'TimedOut';

export const waitsForToken = ({ resource }: TaskState): boolean => resource.endsWith('.waitForTaskToken');

const service = (state: TaskState) => ({
  resource: waitsForToken(state) ? 'invoke.waitForTaskToken' : 'invoke',
  resourceType: 'lambda',
});

/** A task's two first events. `parameters` is what the function is called with, as JSON text. */
export const taskScheduled = (
  state: TaskState,
  parameters: string,
  limits: { timeoutInSeconds?: number },
): NewEvent[] => [
  { type: 'TaskScheduled', details: { ...service(state), region: localRegion, parameters, ...limits } },
  { type: 'TaskStarted', details: service(state) },
];

export const taskSubmitted = (state: TaskState, output: string): NewEvent => ({
  type: 'TaskSubmitted',
  details: { ...service(state), output },
});

/** `details`: an output, or error and cause. */
export const taskEnded = (end: TaskEnd, state: TaskState, details: Details): NewEvent => ({
  type: `Task${end}`,
  details: { ...service(state), ...details },
});

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
  const { input, output, parameters, ...rest } = details;
  const data = {
    ...(input === undefined ? {} : { input, inputDetails: { truncated: false } }),
    ...(output === undefined ? {} : { output, outputDetails: { truncated: false } }),
    ...(parameters === undefined ? {} : { parameters }),
  };
  return { ...event, [detailsKey(type)]: withData ? { ...rest, ...data } : rest };
}
