/** What the steps of all kinds of states have in common. */
import type { Definition, Exit, Field } from '../language/definition.ts';
import {
  after,
  type Maybe,
  type Scope,
  StateFailure,
  type Surroundings,
  unexpectedType,
} from '../language/expressions.ts';
import { type Failure, type NewEvent, stateEntered, stateExited } from './history.ts';
import { type Move, type Position, type Run, stateOf } from './run.ts';

export interface Tools {
  /** Epoch milliseconds. */
  now(): number;
  newToken(): string;
  /** From 0 (included) to 1 (excluded), for the full jitter of a retry. */
  jitter(): number;
}

/** Bytes of UTF-8 that a state's input or output may have. */
export const maxPayload = 262_144;
/** Events of one execution; the last is the one that closes it. */
const maxEvents = 25_000;

export const tooLarge = (text: string) => text.length > maxPayload / 4 && Buffer.byteLength(text) > maxPayload;

/** `name`: of the state, or of the resource whose result it is. */
export const limitExceeded = (name: string, what: string) =>
  new StateFailure(
    'States.DataLimitExceeded',
    `The state/task '${name}' ${what} with a size exceeding the maximum number of bytes service limit.`,
  );

export const placeOf = ({ state, enteredAt, retries }: Position) => ({ state, enteredAt, retries });

const iso = (instant: number) => new Date(instant).toISOString();

/** As recorded: a timeout has an empty cause, and what any other failure does not say is null. */
export const errorOutput = ({ error, cause }: Failure) => ({
  Error: error ?? null,
  Cause: cause ?? (error === 'States.Timeout' ? '' : null),
});

interface More {
  readonly token?: string;
  readonly result?: unknown;
  readonly failure?: Failure;
}

function contextOf(run: Run, { token }: More): unknown {
  const { state, enteredAt, retries } = run.position;
  const canRetry = stateOf(run).type === 'Task';
  return {
    Execution: {
      Id: run.arn,
      Input: JSON.parse(run.input) as unknown,
      Name: run.name,
      RoleArn: run.roleArn,
      StartTime: iso(run.startedAt),
      RedriveCount: 0,
    },
    State: {
      Name: state,
      EnteredTime: iso(enteredAt),
      ...(canRetry ? { RetryCount: retries.reduce((sum, count) => sum + (count ?? 0), 0) } : {}),
    },
    StateMachine: { Id: run.machineArn, Name: run.machineName },
    ...(token === undefined ? {} : { Task: { Token: token } }),
  };
}

/** `$states`: the context is only made where an expression looks at it. */
export function scopeOf(run: Run, more: More = {}): Scope {
  run.parsed ??= { input: JSON.parse(run.stateInput) as unknown };
  let context: unknown;
  return {
    input: run.parsed.input,
    get context() {
      context ??= contextOf(run, more);
      return context;
    },
    ...('result' in more ? { result: more.result } : {}),
    ...(more.failure ? { errorOutput: errorOutput(more.failure) } : {}),
  };
}

export const surroundings = (tools: Tools): Surroundings => ({ now: tools.now() });

/** Evaluates a field that must give one kind of value. */
export const single = <T>(
  field: Field,
  wanted: string,
  is: (value: unknown) => value is T,
  scope: Scope,
  around: Surroundings,
): Maybe<T> =>
  after(field.value(scope, around), (value) => {
    if (is(value)) return value;
    throw unexpectedType(field.name, field.written, wanted, value);
  });

/** A whole number from `least` to 99999999, such as a number of seconds. */
export const wholeFrom =
  (least: number) =>
  (value: unknown): value is number =>
    typeof value === 'number' && Number.isInteger(value) && value >= least && value <= 99_999_999;

/** The part of a move by which a state is entered. `input` is JSON text. */
export function entering({ states }: Definition, name: string, input: string, at: number) {
  const state = states.get(name);
  if (!state) throw new Error(`The definition has no state "${name}".`);
  const position: Position = { phase: 'entered', state: name, enteredAt: at, retries: [] };
  return { events: [stateEntered(state, input)], position };
}

/** The scope of Output, and the output where there is no Output. */
interface Leaving {
  readonly scope: Scope;
  readonly output: () => string;
}

/** Leaves the state by `exit`. Throws or rejects with `StateFailure`. */
export function leave(run: Run, exit: Exit, leaving: Leaving, tools: Tools): Maybe<Move[]> {
  return after(exit.output?.(leaving.scope, surroundings(tools)), (value) => {
    const state = stateOf(run);
    const output = exit.output ? JSON.stringify(value) : leaving.output();
    if (tooLarge(output)) throw limitExceeded(state.name, 'returned a result');
    const exited = stateExited(state, output);
    if (exit.next === undefined) {
      const events = [exited, { type: 'ExecutionSucceeded', details: { output } }];
      return [{ events, position: { ...placeOf(run.position), phase: 'ended' } }];
    }
    const entered = entering(run.definition, exit.next, output, tools.now());
    return [{ events: [exited, ...entered.events], position: entered.position }];
  });
}

/** The step that closes the execution. What comes from outside follows from no event. */
export function closing(
  type: 'ExecutionFailed' | 'ExecutionTimedOut' | 'ExecutionAborted',
  failure: Failure = {},
  before: readonly NewEvent[] = [],
): Move[] {
  const outside = type === 'ExecutionFailed' ? {} : { after: 0 };
  const details = type === 'ExecutionTimedOut' ? { error: 'States.Timeout' } : failure;
  return [{ ...outside, events: [...before, { type, details }] }];
}

/** The step, or what ends the execution in its place: event 25,000 is the last of an execution. */
export function withinLimits(run: Run, moves: readonly Move[]): readonly Move[] {
  const events = moves.flatMap((move) => move.events ?? []);
  const closes = events.at(-1)?.type.startsWith('Execution') ?? false;
  const room = maxEvents - run.events.length;
  if (events.length < room || (closes && events.length === room)) return moves;
  const cause = `The execution reached the maximum number of history events (${maxEvents}).`;
  const kept = events.slice(0, room - 1);
  return [
    { events: kept },
    {
      after: run.events.length + kept.length,
      events: [{ type: 'ExecutionFailed', details: { error: 'States.Runtime', cause } }],
    },
  ];
}
