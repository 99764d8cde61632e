/** The steps of a Task: it is scheduled, its function invoked, its token answered, its time run out. */
import { AccessDenied } from '../../endpoint/service.ts';
import { functionArnOf } from '../../lambda/function-name.ts';
import type { TaskState } from '../language/definition.ts';
import { after, type Maybe } from '../language/expressions.ts';
import { type Failure, failureOf, taskEnded, taskScheduled, taskSubmitted, waitsForToken } from './history.ts';
import { type Move, type Position, type Run, stateOf } from './run.ts';
import { limitExceeded, placeOf, scopeOf, single, surroundings, type Tools, tooLarge, wholeFrom } from './step.ts';

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

const taskOf = (run: Run): TaskState => {
  const state = stateOf(run);
  if (state.type !== 'Task') throw new Error(`State "${state.name}" is no task.`);
  return state;
};

export function schedule(run: Run, state: TaskState, tools: Tools): Maybe<Move[]> {
  const token = waitsForToken(state) ? { token: tools.newToken() } : {};
  const scope = scopeOf(run, token);
  const around = surroundings(tools);
  const seconds =
    state.timeoutSeconds &&
    single(state.timeoutSeconds, 'whole number from 1 to 99999999', wholeFrom(1), scope, around);
  return after(seconds, (timeoutInSeconds) =>
    after(state.arguments(scope, around), (given) => {
      const text = JSON.stringify(given);
      if (tooLarge(text)) throw limitExceeded(state.name, 'was given arguments');
      const position: Position = {
        ...placeOf(run.position),
        phase: 'invoking',
        ...token,
        ...(timeoutInSeconds === undefined ? {} : { until: around.now + 1000 * timeoutInSeconds }),
      };
      return [
        { events: taskScheduled(state, text, timeoutInSeconds === undefined ? {} : { timeoutInSeconds }), position },
      ];
    }),
  );
}

/** Which function is to be invoked, and with what, by what was written down when the task was scheduled. */
export function invocationOf(run: Run): { readonly arn: string; readonly payload: unknown } {
  const scheduled = run.events[run.chain - 2]?.details;
  const given = JSON.parse(scheduled?.parameters ?? '{}') as {
    readonly FunctionName: string;
    readonly Payload?: unknown;
  };
  return { arn: functionArnOf(given.FunctionName), payload: given.Payload ?? {} };
}

/** What follows from a function's answer. */
export function answered(run: Run, answer: InvokeAnswer): Move[] {
  const state = taskOf(run);
  const here = run.position as Outstanding;
  if (!answer.ok) {
    const { ok: _, version: _version, ...said } = answer;
    return failTask(run, { error: said.errorType, cause: JSON.stringify(said).slice(0, maxCause) });
  }
  const output = JSON.stringify({
    ExecutedVersion: answer.version ?? '$LATEST',
    Payload: answer.payload ?? null,
    StatusCode: 200,
  });
  if (tooLarge(output)) {
    const { error, message } = limitExceeded('lambda', 'returned a result');
    return failTask(run, { error, cause: message });
  }
  if (!waitsForToken(state)) return succeedTask(run, output);
  return [{ events: [taskSubmitted(state, output)], position: { ...here, phase: 'submitted' } }];
}

/** What follows where the function could not be invoked at all: an exception of Lambda's API keeps its name. */
export function notInvoked(run: Run, error: unknown): Move[] {
  const { name, message } = error as Error;
  const known = error instanceof AccessDenied ? 'AWSLambdaException' : name.endsWith('Exception') ? name : 'Unknown';
  return failTask(run, { error: `Lambda.${known}`, cause: message });
}

/** What follows from a result: a function's, or SendTaskSuccess. `output` is JSON text. */
export const succeedTask = (run: Run, output: string): Move[] => [
  { events: [taskEnded('Succeeded', taskOf(run), { output })], position: { ...placeOf(run.position), phase: 'done' } },
];

/** What follows from a failed invocation or SendTaskFailure. */
export const failTask = (run: Run, failure: Failure): Move[] => [
  {
    events: [taskEnded('Failed', taskOf(run), failure)],
    position: { ...placeOf(run.position), phase: 'failed', ...failureOf(failure) },
  },
];

/** What follows when the clock has reached the timeout. Undefined where it is later. */
export function timedOut(run: Run, here: Outstanding, now: number): Move[] | undefined {
  if (here.until === undefined || now < here.until) return undefined;
  const error = 'States.Timeout';
  return [
    {
      events: [taskEnded('TimedOut', taskOf(run), { error })],
      position: { ...placeOf(here), phase: 'failed', error },
    },
  ];
}
