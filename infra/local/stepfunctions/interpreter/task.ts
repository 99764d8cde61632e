/** The steps of a Task: it is scheduled, its function invoked, its token answered, its time run out. */
import { AccessDenied } from '../../endpoint/service.ts';
import { functionArnOf } from '../../lambda/function-name.ts';
import type { TaskState } from '../language/definition.ts';
import { after, type Maybe, StateFailure } from '../language/expressions.ts';
import {
  type Failure,
  failureOf,
  isFunction,
  taskEnded,
  taskScheduled,
  taskSubmitted,
  waitsForToken,
} from './history.ts';
import { type Branch, type Move, type Position, type Run, stateOf } from './run.ts';
import {
  limitExceeded,
  placeOf,
  scopeOf,
  single,
  surroundings,
  type Tools,
  tooLarge,
  turn,
  wholeFrom,
} from './step.ts';

/** What a Lambda function answered: the same shape as the Lambda room's InvokeResult. */
export type InvokeAnswer =
  | { readonly ok: true; readonly payload: unknown; readonly version?: string }
  | {
      readonly ok: false;
      readonly errorType: string;
      readonly errorMessage: string;
      readonly trace?: readonly string[];
      readonly version?: string;
    };

/** Characters of a failure's cause. */
const maxCause = 32_768;

/** A function is running for it, or a token is awaited. */
export type Outstanding = Position & { phase: 'invoking' | 'submitted' };

export const isOutstanding = (position: Position): position is Outstanding =>
  position.phase === 'invoking' || position.phase === 'submitted';

const taskOf = (branch: Branch): TaskState => {
  const state = stateOf(branch);
  if (state.type !== 'Task') throw new Error(`State "${state.name}" is no task.`);
  return state;
};

export function schedule(run: Run, branch: Branch, state: TaskState, tools: Tools): Maybe<Move[]> {
  const token = waitsForToken(state) ? { token: tools.newToken() } : {};
  const scope = scopeOf(run, branch, token);
  const around = surroundings(branch, tools);
  const seconds = (field: TaskState['timeoutSeconds']) =>
    field && single(field, 'whole number from 1 to 99999999', wholeFrom(1), scope, around);
  return after(seconds(state.timeoutSeconds), (timeoutInSeconds) =>
    after(seconds(state.heartbeatSeconds), (heartbeatInSeconds) =>
      after(state.arguments ? state.arguments(scope, around) : scope.input, (given) => {
        if (!isFunction(state)) checkInvoke(given);
        if (Number(heartbeatInSeconds) >= Number(timeoutInSeconds)) {
          throw new StateFailure(
            'States.Runtime',
            `The field 'HeartbeatSeconds' gave ${heartbeatInSeconds}, which is not smaller than the ${timeoutInSeconds} of 'TimeoutSeconds'.`,
          );
        }
        const text = JSON.stringify(given);
        if (tooLarge(text)) throw limitExceeded(state.name, 'was given arguments');
        const limits = {
          ...(timeoutInSeconds === undefined ? {} : { timeoutInSeconds }),
          ...(heartbeatInSeconds === undefined ? {} : { heartbeatInSeconds }),
        };
        const position: Position = {
          ...placeOf(branch.position),
          phase: 'invoking',
          ...token,
          ...(timeoutInSeconds === undefined ? {} : { until: around.now + 1000 * timeoutInSeconds }),
          ...(heartbeatInSeconds === undefined ? {} : { beat: nextBeat(1000 * heartbeatInSeconds, around.now) }),
        };
        return [{ branch: branch.id, events: taskScheduled(state, text, limits), position }];
      }),
    ),
  );
}

const nextBeat = (every: number, now: number) => ({ every, until: now + every });

/** The arguments of `lambda:invoke`, which an expression may have made. */
function checkInvoke(given: unknown): asserts given is { FunctionName: string; Payload?: unknown } {
  const { FunctionName, Payload: _payload, ...more } = (given ?? {}) as Record<string, unknown>;
  const [unknownName] = Object.keys(more);
  const wrong =
    typeof FunctionName !== 'string' || FunctionName === ''
      ? "the field 'FunctionName' must be a string"
      : unknownName !== undefined && `the field '${unknownName}' is not supported`;
  if (wrong) throw new StateFailure('States.Runtime', `The arguments of lambda:invoke are not valid: ${wrong}.`);
}

/** Which function is to be invoked, and with what, by what was written down when the task was scheduled. */
export function invocationOf(run: Run, branch: Branch): { readonly arn: string; readonly payload: unknown } {
  const state = taskOf(branch);
  const scheduled = run.events[branch.chain - 2]?.details;
  if (isFunction(state)) return { arn: functionArnOf(state.resource), payload: JSON.parse(scheduled?.input ?? '{}') };
  const given: unknown = JSON.parse(scheduled?.parameters ?? '{}');
  checkInvoke(given);
  return { arn: functionArnOf(given.FunctionName), payload: given.Payload ?? {} };
}

/** What follows from a function's answer. */
export function answered(branch: Branch, answer: InvokeAnswer): Move[] {
  const state = taskOf(branch);
  const here = branch.position as Outstanding;
  if (!answer.ok) {
    const { ok: _, version: _version, ...said } = answer;
    return failTask(branch, { error: said.errorType, cause: JSON.stringify(said).slice(0, maxCause) });
  }
  const payload = answer.payload ?? null;
  const output = JSON.stringify(
    isFunction(state) ? payload : { ExecutedVersion: answer.version ?? '$LATEST', Payload: payload, StatusCode: 200 },
  );
  if (tooLarge(output)) {
    const { error, message } = limitExceeded(isFunction(state) ? state.resource : 'lambda', 'returned a result');
    return failTask(branch, { error, cause: message });
  }
  if (!waitsForToken(state)) return succeedTask(branch, output);
  return [{ branch: branch.id, events: [taskSubmitted(state, output)], position: { ...here, phase: 'submitted' } }];
}

/** What follows where the function could not be invoked at all: an exception of Lambda's API keeps its name. */
export function notInvoked(branch: Branch, error: unknown): Move[] {
  const { name, message } = error as Error;
  const known = error instanceof AccessDenied ? 'AWSLambdaException' : name.endsWith('Exception') ? name : 'Unknown';
  return failTask(branch, { error: `Lambda.${known}`, cause: message });
}

/** What follows from a result: a function's, or SendTaskSuccess. `output` is JSON text. */
export const succeedTask = (branch: Branch, output: string): Move[] => [
  {
    branch: branch.id,
    events: [taskEnded('Succeeded', taskOf(branch), { output })],
    position: { ...placeOf(branch.position), phase: 'done' },
  },
];

/** What follows from a failed invocation or SendTaskFailure. */
export const failTask = (branch: Branch, failure: Failure): Move[] => [
  {
    branch: branch.id,
    events: [taskEnded('Failed', taskOf(branch), failure)],
    position: { ...placeOf(branch.position), phase: 'failed', ...failureOf(failure) },
  },
];

/** What follows from SendTaskHeartbeat: no event, only more time. */
export const heartbeat = (branch: Branch, here: Outstanding, now: number): Move[] | undefined =>
  here.beat && turn(branch, { ...here, beat: nextBeat(here.beat.every, now) });

/** What follows when the clock has reached a timeout, or the instant by which a heartbeat should have come. */
export function timedOut(branch: Branch, here: Outstanding, now: number): Move[] | undefined {
  const isOver = here.until !== undefined && now >= here.until;
  if (!isOver && !(here.beat && now >= here.beat.until)) return undefined;
  return [
    {
      branch: branch.id,
      events: [taskEnded('TimedOut', taskOf(branch), { error: 'States.Timeout' })],
      position: {
        ...placeOf(here),
        phase: 'failed',
        error: 'States.Timeout',
        ...(isOver ? {} : { heartbeat: true as const }),
      },
    },
  ];
}
