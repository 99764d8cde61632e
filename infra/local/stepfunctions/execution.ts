/**
 * The interpreter: from where an execution stands to what happens next. It changes nothing itself: it answers with a
 * step (events and a new position) that the service writes down before it acts on it.
 */
import { AccessDenied, localAccount, localRegion } from '../service.ts';
import type { Definition, State, TaskState } from './definition.ts';
import { type Scope, StateFailure, type Template } from './expressions.ts';
import {
  evaluationFailed,
  executionClosed,
  type Failure,
  type NewEvent,
  type RunEvent,
  type Status,
  stateEntered,
  stateExited,
  taskEvent,
  taskScheduled,
} from './history.ts';
import { matches, retryDelay } from './retry.ts';

/** `retries` counts, for each rule of the state's Retry, how often it was used since the state was entered. */
interface Place {
  readonly state: string;
  readonly enteredAt: number;
  readonly retries: readonly number[];
}

/** Where a running execution stands. `until` is in epoch milliseconds: a task's timeout, or the end of a wait. */
export type Position = Place &
  (
    | { readonly phase: 'entered' }
    | { readonly phase: 'invoking'; readonly until: number; readonly token?: string }
    | { readonly phase: 'submitted'; readonly until: number; readonly token: string }
    | { readonly phase: 'waiting'; readonly until: number }
    | { readonly phase: 'done' }
    | ({ readonly phase: 'failed' } & Failure)
  );

/** What an execution is, folded from its journal entries. Instants in epoch milliseconds. */
export interface Run {
  readonly arn: string;
  readonly name: string;
  readonly machineArn: string;
  readonly machineName: string;
  readonly roleArn: string;
  readonly definition: Definition;
  readonly input: string;
  readonly startedAt: number;
  /** When the whole execution times out: after one year, or the definition's TimeoutSeconds. */
  readonly expiresAt: number;
  readonly events: readonly RunEvent[];
  readonly status: Status;
  readonly stoppedAt: number | undefined;
  readonly position: Position | undefined;
}

/** Without a position the execution is closed. */
export interface Step {
  readonly events: readonly NewEvent[];
  readonly position?: Position;
}

type Opening = Step & { readonly position: Position };

/** What a Lambda function answered: the same shape as the Lambda room's InvokeResult. */
export type InvokeAnswer =
  | { readonly ok: true; readonly payload: unknown }
  | { readonly ok: false; readonly errorType: string; readonly errorMessage: string };

export interface Tools {
  now(): number;
  newToken(): string;
  /** Rejects with `AccessDenied` where the machine's role may not invoke the function. */
  invoke(functionArn: string, payload: unknown): Promise<InvokeAnswer>;
}

/** Bytes of UTF-8 that a state's input or output may have. */
export const maxPayload = 262_144;
/** Events of one execution; the last is the one that closes it. */
export const maxEvents = 25_000;

const tooLarge = (text: string) => text.length > maxPayload / 4 && Buffer.byteLength(text) > maxPayload;

const stateOf = (run: Run, name: string): State => {
  const state = run.definition.states.get(name);
  if (!state) throw new Error(`The definition of ${run.arn} has no state "${name}".`);
  return state;
};

const taskOf = (run: Run, name: string): TaskState => {
  const state = stateOf(run, name);
  if (state.type !== 'Task') throw new Error(`State "${name}" of ${run.arn} is no task.`);
  return state;
};

const inputOf = (run: Run): string =>
  run.events.findLast((event) => event.type.endsWith('StateEntered'))?.details.input ?? run.input;

/** The first step of an execution: its first state is entered. */
export function firstStep(definition: Definition, input: string, at: number): Opening {
  return enter(definition, definition.startAt, input, at);
}

function enter(definition: Definition, name: string, input: string, at: number): Opening {
  const state = definition.states.get(name);
  if (!state) throw new Error(`There is no state "${name}".`);
  return {
    events: [stateEntered(state, input)],
    position: { phase: 'entered', state: name, enteredAt: at, retries: [] },
  };
}

/** The step that ends an execution as failed. */
export const failExecution = (failure: Failure): Step => ({ events: [executionClosed('ExecutionFailed', failure)] });

/**
 * What follows from where the run stands; undefined where it waits for a token or an instant. Rejects only where the
 * interpreter itself is at fault.
 */
export async function nextStep(run: Run, here: Position, tools: Tools): Promise<Step | undefined> {
  try {
    switch (here.phase) {
      case 'entered':
        return await begin(run, here, tools);
      case 'invoking':
        return await invoke(run, here, tools);
      case 'done':
        return await complete(run, here, tools);
      case 'failed':
        return await recover(run, here, tools);
      case 'submitted':
      case 'waiting':
        return undefined;
    }
  } catch (error) {
    if (error instanceof StateFailure) return failState(run, here, error);
    throw error;
  }
}

/** What follows when the clock has reached the position's `until` or the execution's end. */
export function elapsedStep(run: Run, here: Position, now: number): Step | undefined {
  if (now >= run.expiresAt) return { events: [executionClosed('ExecutionTimedOut')] };
  const { state, enteredAt, retries } = here;
  if (here.phase === 'waiting') {
    const phase = stateOf(run, state).type === 'Task' ? 'entered' : 'done';
    return { events: [], position: { phase, state, enteredAt, retries } };
  }
  if (here.phase !== 'invoking' && here.phase !== 'submitted') return undefined;
  return failTask(run, here, 'TaskTimedOut', { error: 'States.Timeout' });
}

/** What follows from SendTaskSuccess; `output` is JSON text. */
export const succeedTask = (run: Run, here: Position, output: string): Step => ({
  events: [taskEvent('TaskSucceeded', taskOf(run, here.state), { output })],
  position: { ...placeOf(here), phase: 'done' },
});

/** What follows from SendTaskFailure, a failed invocation or a timeout. */
export const failTask = (run: Run, here: Position, type: 'TaskFailed' | 'TaskTimedOut', failure: Failure): Step => ({
  events: [taskEvent(type, taskOf(run, here.state), failure)],
  position: { ...placeOf(here), phase: 'failed', ...failure },
});

const placeOf = ({ state, enteredAt, retries }: Place): Place => ({ state, enteredAt, retries });

function failState(run: Run, here: Position, failure: StateFailure): Step {
  const { error, message: cause, location } = failure;
  const events = location === undefined ? [] : [evaluationFailed(here.state, location, error, cause)];
  const enteredId = run.events.findLastIndex((event) => event.type.endsWith('StateEntered')) + 1;
  const explained =
    location === undefined
      ? cause
      : `An error occurred while executing the state '${here.state}' (entered at the event id #${enteredId}). ${cause}`;
  // A failure while an earlier one is being handled (a Catch's Output) is not handled again.
  if (here.phase === 'failed') {
    return { events: [...events, executionClosed('ExecutionFailed', { error, cause: explained })] };
  }
  return { events, position: { ...placeOf(here), phase: 'failed', error, cause: explained } };
}

function scopeOf(
  run: Run,
  here: Position,
  now: number,
  more: { token?: string; result?: unknown; failure?: Failure },
): Scope {
  const isTask = stateOf(run, here.state).type === 'Task';
  const iso = (instant: number) => new Date(instant).toISOString();
  return {
    now,
    input: JSON.parse(inputOf(run)),
    context: {
      Execution: {
        Id: run.arn,
        Input: JSON.parse(run.input),
        Name: run.name,
        RoleArn: run.roleArn,
        StartTime: iso(run.startedAt),
        RedriveCount: 0,
      },
      State: {
        Name: here.state,
        EnteredTime: iso(here.enteredAt),
        ...(isTask ? { RetryCount: retryCount(here) } : {}),
      },
      StateMachine: { Id: run.machineArn, Name: run.machineName },
      ...(more.token === undefined ? {} : { Task: { Token: more.token } }),
    },
    ...('result' in more ? { result: more.result } : {}),
    ...(more.failure ? { errorOutput: errorOutput(more.failure) } : {}),
  };
}

const retryCount = (here: Place) => here.retries.reduce((sum, count) => sum + (count ?? 0), 0);

const errorOutput = ({ error, cause }: Failure) => ({
  ...(error === undefined ? {} : { Error: error }),
  ...(cause === undefined ? {} : { Cause: cause }),
});

async function begin(run: Run, here: Position, tools: Tools): Promise<Step> {
  const state = stateOf(run, here.state);
  const now = tools.now();
  const scope = scopeOf(run, here, now, {});
  switch (state.type) {
    case 'Task':
      return schedule(run, here, state, tools);
    case 'Pass':
    case 'Succeed':
      return complete(run, here, tools);
    case 'Choice': {
      for (const [index, choice] of state.choices.entries()) {
        const answer = await choice.condition(scope);
        if (typeof answer !== 'boolean') {
          const field = `Choices/${index}/Condition`;
          throw unexpected(field, 'a boolean', answer);
        }
        if (answer) return leave(run, state, inputOf(run), choice.next, now);
      }
      if (state.otherwise !== undefined) return leave(run, state, inputOf(run), state.otherwise, now);
      throw new StateFailure(
        'States.NoChoiceMatched',
        `No condition of the state "${state.name}" is true and it has no Default.`,
      );
    }
    case 'Wait':
      return {
        events: [],
        position: { ...placeOf(here), phase: 'waiting', until: await instantOf(state, scope) },
      };
    case 'Fail': {
      const text = async (field: string, template: Template | undefined) => {
        const value = await template?.(scope);
        if (value !== undefined && typeof value !== 'string') throw unexpected(field, 'a string', value);
        return value;
      };
      const [error, cause] = [await text('Error', state.error), await text('Cause', state.cause)];
      return failExecution({ ...(error === undefined ? {} : { error }), ...(cause === undefined ? {} : { cause }) });
    }
  }
}

const unexpected = (field: string, wanted: string, value: unknown) =>
  new StateFailure(
    'States.QueryEvaluationError',
    `The field '${field}' must give ${wanted}, but it gave ${JSON.stringify(value)}.`,
    field,
  );

async function secondsOf(field: string, least: number, template: Template, scope: Scope): Promise<number> {
  const value = await template(scope);
  if (typeof value !== 'number' || !Number.isInteger(value) || value < least || value > 99_999_999) {
    throw unexpected(field, `a whole number of seconds from ${least} to 99999999`, value);
  }
  return value;
}

async function instantOf(state: State & { type: 'Wait' }, scope: Scope): Promise<number> {
  if (state.seconds) return scope.now + 1000 * (await secondsOf('Seconds', 0, state.seconds, scope));
  const value = await state.timestamp?.(scope);
  const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(String(value))
    ? Date.parse(String(value))
    : Number.NaN;
  if (Number.isNaN(instant)) throw unexpected('Timestamp', 'an instant as 2026-01-31T12:00:00Z', value);
  return instant;
}

async function schedule(run: Run, here: Position, state: TaskState, tools: Tools): Promise<Step> {
  const now = tools.now();
  const token = state.waitsForToken ? { token: tools.newToken() } : {};
  const scope = scopeOf(run, here, now, token);
  const timeout = state.timeoutSeconds && (await secondsOf('TimeoutSeconds', 1, state.timeoutSeconds, scope));
  const parameters = JSON.stringify(await state.arguments(scope));
  if (tooLarge(parameters)) throw limitExceeded(state, 'arguments');
  return {
    events: [taskScheduled(state, parameters, timeout), taskEvent('TaskStarted', state)],
    position: {
      ...placeOf(here),
      phase: 'invoking',
      until: timeout === undefined ? run.expiresAt : now + 1000 * timeout,
      ...token,
    },
  };
}

const limitExceeded = (state: State, what: string) =>
  new StateFailure(
    'States.DataLimitExceeded',
    `The state/task '${state.name}' has ${what} with a size exceeding the maximum number of bytes service limit.`,
  );

/** `arn:aws:lambda:region:account:function:name[:version]` or a bare name, as an ARN without version. */
const functionArn = (name: string) =>
  name.startsWith('arn:')
    ? name.split(':').slice(0, 7).join(':')
    : `arn:aws:lambda:${localRegion}:${localAccount}:function:${name}`;

async function invoke(run: Run, here: Position & { phase: 'invoking' }, tools: Tools): Promise<Step> {
  const state = taskOf(run, here.state);
  const scheduled = run.events.findLast((event) => event.type === 'TaskScheduled');
  const { FunctionName, Payload } = JSON.parse(scheduled?.details.parameters ?? '{}') as Record<string, unknown>;
  if (typeof FunctionName !== 'string') throw unexpected('Arguments/FunctionName', 'a string', FunctionName);

  let answer: InvokeAnswer;
  try {
    answer = await tools.invoke(functionArn(FunctionName), Payload ?? {});
  } catch (error) {
    const name = error instanceof AccessDenied ? 'Lambda.AWSLambdaException' : 'Lambda.Unknown';
    return failTask(run, here, 'TaskFailed', { error: name, cause: (error as Error).message });
  }
  if (!answer.ok) {
    const { errorType, errorMessage } = answer;
    return failTask(run, here, 'TaskFailed', { error: errorType, cause: JSON.stringify({ errorType, errorMessage }) });
  }
  const output = JSON.stringify({ ExecutedVersion: '$LATEST', Payload: answer.payload ?? null, StatusCode: 200 });
  if (tooLarge(output)) {
    const { error, message: cause } = limitExceeded(state, 'a result');
    return failTask(run, here, 'TaskFailed', { error, cause });
  }
  if (here.token === undefined) return succeedTask(run, here, output);
  return {
    events: [taskEvent('TaskSubmitted', state, { output })],
    position: { ...placeOf(here), phase: 'submitted', until: here.until, token: here.token },
  };
}

async function complete(run: Run, here: Position, tools: Tools): Promise<Step> {
  const state = stateOf(run, here.state);
  if (state.type === 'Choice' || state.type === 'Fail') throw new Error(`State "${state.name}" has no output.`);
  const result = state.type === 'Task' ? run.events.at(-1)?.details.output : undefined;
  const now = tools.now();
  const output = state.output
    ? JSON.stringify(
        await state.output(scopeOf(run, here, now, result === undefined ? {} : { result: JSON.parse(result) })),
      )
    : (result ?? inputOf(run));
  return leave(run, state, output, state.next, now);
}

/** `output` is JSON text. */
function leave(run: Run, state: State, output: string, next: string | undefined, at: number): Step {
  if (tooLarge(output)) throw limitExceeded(state, 'an output');
  const exited = stateExited(state, output);
  if (next === undefined) return { events: [exited, executionClosed('ExecutionSucceeded', { output })] };
  const entering = enter(run.definition, next, output, at);
  return { ...entering, events: [exited, ...entering.events] };
}

async function recover(run: Run, here: Position & { phase: 'failed' }, tools: Tools): Promise<Step> {
  const failure: Failure = {
    ...(here.error === undefined ? {} : { error: here.error }),
    ...(here.cause === undefined ? {} : { cause: here.cause }),
  };
  const state = stateOf(run, here.state);
  if (state.type !== 'Task') return failExecution(failure);
  const now = tools.now();

  const index = state.retry.findIndex((rule) => matches(rule.errors, here.error));
  const rule = state.retry[index];
  const used = here.retries[index] ?? 0;
  if (rule && used < rule.maxAttempts) {
    const retries = state.retry.map((_, each) => (here.retries[each] ?? 0) + (each === index ? 1 : 0));
    return {
      events: [],
      position: { ...placeOf(here), retries, phase: 'waiting', until: now + retryDelay(rule, used) },
    };
  }
  const catcher = state.catch.find((each) => matches(each.errors, here.error));
  if (!catcher) return failExecution(failure);
  const output = catcher.output ? await catcher.output(scopeOf(run, here, now, { failure })) : errorOutput(failure);
  return leave(run, state, JSON.stringify(output), catcher.next, now);
}
