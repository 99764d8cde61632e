/** The events of an execution, in the shape of AWS's HistoryEvent. Ids are positions: the first event has id 1. */
import { localRegion } from '../service.ts';
import type { State, TaskState } from './definition.ts';

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
  readonly details: Details;
}

/** `at` in epoch milliseconds. */
export interface RunEvent extends NewEvent {
  readonly at: number;
}

export interface Failure {
  readonly error?: string;
  readonly cause?: string;
}

/** Type of the last event of a closed execution, and the status it gives. */
export const closingStatus: Readonly<Record<string, Status>> = {
  ExecutionSucceeded: 'SUCCEEDED',
  ExecutionFailed: 'FAILED',
  ExecutionTimedOut: 'TIMED_OUT',
  ExecutionAborted: 'ABORTED',
};
export type Status = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';

export const executionStarted = (input: string, roleArn: string): NewEvent => ({
  type: 'ExecutionStarted',
  details: { input, roleArn },
});

export const executionClosed = (type: keyof typeof closingStatus, details: Details = {}): NewEvent => ({
  type,
  details,
});

export const stateEntered = (state: State, input: string): NewEvent => ({
  type: `${state.type}StateEntered`,
  details: { name: state.name, input },
});

export const stateExited = (state: State, output: string): NewEvent => ({
  type: `${state.type}StateExited`,
  details: { name: state.name, output },
});

export const evaluationFailed = (state: string, location: string, error: string, cause: string): NewEvent => ({
  type: 'EvaluationFailed',
  details: { state, location, error, cause },
});

const resource = (state: TaskState) => ({
  resource: state.waitsForToken ? 'invoke.waitForTaskToken' : 'invoke',
  resourceType: 'lambda',
});

export const taskScheduled = (state: TaskState, parameters: string, timeoutInSeconds?: number): NewEvent => ({
  type: 'TaskScheduled',
  details: {
    ...resource(state),
    region: localRegion,
    parameters,
    ...(timeoutInSeconds === undefined ? {} : { timeoutInSeconds }),
  },
});

/** `details` holds what the kind of event adds: an output, or error and cause. */
export const taskEvent = (
  type: 'TaskStarted' | 'TaskSubmitted' | 'TaskSucceeded' | 'TaskFailed' | 'TaskTimedOut',
  state: TaskState,
  details: Details = {},
): NewEvent => ({ type, details: { ...resource(state), ...details } });

/** TaskStateEntered and its kin share one key; the others have a key of their own. */
function detailsKey(type: string): string {
  const shared = /State(Entered|Exited)$/.exec(type);
  return shared ? `state${shared[1]}EventDetails` : `${type.charAt(0).toLowerCase()}${type.slice(1)}EventDetails`;
}

/** The wire form of the event at `index` (from 0): timestamps in epoch seconds. The first state's predecessor is 0. */
export function historyEvent(event: RunEvent, index: number): Record<string, unknown> {
  const { input, output } = event.details;
  return {
    timestamp: event.at / 1000,
    type: event.type,
    id: index + 1,
    previousEventId: index === 1 ? 0 : index,
    [detailsKey(event.type)]: {
      ...event.details,
      ...(input === undefined ? {} : { inputDetails: { truncated: false } }),
      ...(output === undefined ? {} : { outputDetails: { truncated: false } }),
    },
  };
}
