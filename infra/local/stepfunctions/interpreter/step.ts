/** What the steps of all kinds of states have in common. */
import type { Exit, Field, Workflow } from '../language/definition.ts';
import {
  after,
  type Maybe,
  type Scope,
  StateFailure,
  type Surroundings,
  unexpectedType,
} from '../language/expressions.ts';
import { type Failure, iteration, type NewEvent, stateEntered, stateExited } from './history.ts';
import { type Branch, type Move, type Position, parentState, type Run, stateOf } from './run.ts';

export interface Tools {
  /** Epoch milliseconds. */
  now(): number;
  newToken(): string;
  /** From 0 (included) to 1 (excluded): for `$random`, and for the full jitter of a retry. */
  random(): number;
  jitter(): number;
}

/** Bytes of UTF-8 that a state's input or output may have, and one Assign. */
export const maxPayload = 262_144;
/** Events of one execution; the last is the one that closes it. */
const maxEvents = 25_000;
/** Bytes of JSON of all the variables of an execution. */
const maxVariables = 10_485_760;

export const tooLarge = (text: string, limit = maxPayload) =>
  text.length > limit / 4 && Buffer.byteLength(text) > limit;

/** `name`: of the state, or of the resource whose result it is. */
export const limitExceeded = (name: string, what: string) =>
  new StateFailure(
    'States.DataLimitExceeded',
    `The state/task '${name}' ${what} with a size exceeding the maximum number of bytes service limit.`,
  );

export const placeOf = ({ state, enteredAt, retries }: Position) => ({ state, enteredAt, retries });

/** The step of a branch that does nothing but change where it stands. */
export const turn = (branch: Branch, position: Position): Move[] => [{ branch: branch.id, position }];

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
  /** Of a Map, for its ItemSelector. */
  readonly item?: number;
}

/** The item of the innermost Map around the branch. */
function itemAround(branch: Branch): { Index: number; Value: unknown } | undefined {
  for (let at = branch; at.parent; at = at.parent) {
    if (stateOf(at.parent).type === 'Map') return { Index: at.index, Value: at.parent.items[at.index] };
  }
  return undefined;
}

function contextOf(run: Run, branch: Branch, { token, item }: More): unknown {
  const { state, enteredAt, retries } = branch.position;
  const { type } = stateOf(branch);
  const canRetry = type === 'Task' || type === 'Parallel' || type === 'Map';
  const inMap = item === undefined ? itemAround(branch) : { Index: item, Value: branch.items[item] };
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
    ...(inMap === undefined ? {} : { Map: { Item: inMap } }),
  };
}

/** `$states`: the context is only made where an expression looks at it. */
export function scopeOf(run: Run, branch: Branch, more: More = {}): Scope {
  branch.parsed ??= { input: JSON.parse(branch.input) as unknown };
  let context: unknown;
  return {
    input: branch.parsed.input,
    get context() {
      context ??= contextOf(run, branch, more);
      return context;
    },
    ...('result' in more ? { result: more.result } : {}),
    ...(more.failure ? { errorOutput: errorOutput(more.failure) } : {}),
  };
}

/** The clock's instant, and the variables of the branch and of those around it. */
export function surroundings(branch: Branch, tools: Tools): Surroundings {
  let variables = branch.variables;
  for (let at = branch.parent; at; at = at.parent) variables = { ...at.variables, ...variables };
  return { now: tools.now(), variables, random: tools.random };
}

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
export function entering({ states }: Workflow, name: string, input: string, at: number) {
  const state = states.get(name);
  if (!state) throw new Error(`The definition has no state "${name}".`);
  const position: Position = { phase: 'entered', state: name, enteredAt: at, retries: [] };
  return { events: [stateEntered(state, input)], position };
}

/** The scope that Output and Assign share, and the output where there is no Output. */
interface Leaving {
  readonly scope: Scope;
  readonly output: () => string;
  readonly before?: readonly NewEvent[];
}

/** Leaves the state by `exit`. Throws or rejects with `StateFailure`. */
export function leave(run: Run, branch: Branch, exit: Exit, leaving: Leaving, tools: Tools): Maybe<Move[]> {
  const around = surroundings(branch, tools);
  return after(exit.output?.(leaving.scope, around), (value) =>
    after(exit.assign?.(leaving.scope, around), (assigned) => {
      const output = exit.output ? JSON.stringify(value) : leaving.output();
      if (tooLarge(output)) throw limitExceeded(stateOf(branch).name, 'returned a result');
      return [left(run, branch, exit.next, output, assigned as Variables | undefined, leaving.before ?? [], tools)];
    }),
  );
}

type Variables = Readonly<Record<string, unknown>>;

function left(
  run: Run,
  branch: Branch,
  next: string | undefined,
  output: string,
  assigned: Variables | undefined,
  before: readonly NewEvent[],
  tools: Tools,
): Move {
  const state = stateOf(branch);
  const texts = assigned && Object.entries(assigned).map(([name, value]) => [name, JSON.stringify(value)] as const);
  const assigns = texts !== undefined && texts.length > 0;
  if (assigns) checkSizes(run, state.name, texts);
  const events = [...before, stateExited(state, output, assigns ? Object.fromEntries(texts) : undefined)];
  const entered = next === undefined ? undefined : entering(branch.workflow, next, output, tools.now());
  return {
    branch: branch.id,
    events: [...events, ...(entered?.events ?? endOf(branch, output))],
    position: entered?.position ?? { ...placeOf(branch.position), phase: 'ended', output },
    // Through JSON, so that a variable is now what it will be after a restart.
    ...(assigns ? { assign: Object.fromEntries(texts.map(([name, text]) => [name, JSON.parse(text)])) } : {}),
  };
}

/** What follows the last state of a branch. */
function endOf(branch: Branch, output: string): NewEvent[] {
  const around = parentState(branch);
  if (!around) return [{ type: 'ExecutionSucceeded', details: { output } }];
  return around.type === 'Map' ? [iteration('Succeeded', around, branch.index)] : [];
}

function checkSizes(run: Run, state: string, texts: readonly (readonly [string, string])[]): void {
  const sum = (sizes: readonly number[]) => sizes.reduce((total, size) => total + size, 0);
  const assigned = sum(texts.map(([, text]) => Buffer.byteLength(text)));
  const held = [...run.branches.values()].flatMap(({ variables }) =>
    Object.values(variables).map((value) => Buffer.byteLength(JSON.stringify(value))),
  );
  if (assigned > maxPayload || assigned + sum(held) > maxVariables) throw limitExceeded(state, 'assigned variables');
}

/** The step by which a branch fails for good. The main branch ends the execution, another one its Parallel or Map. */
export function failBranch(branch: Branch, failure: Failure, before: readonly NewEvent[] = []): Move[] {
  const around = parentState(branch);
  const isFatal = failure.error === 'States.Runtime';
  if (!around || isFatal) return closing(branch, 'ExecutionFailed', failure, before);
  const events = [...before];
  if (around.type === 'Map') events.push(iteration('Failed', around, branch.index));
  if (stateOf(branch).type === 'Task') events.push({ type: 'TaskStateAborted' });
  return [{ branch: branch.id, events, position: { ...placeOf(branch.position), phase: 'ended', failure } }];
}

/** The step that closes the execution. What comes from outside follows from no event. */
export function closing(
  branch: Branch,
  type: 'ExecutionFailed' | 'ExecutionTimedOut' | 'ExecutionAborted',
  failure: Failure = {},
  before: readonly NewEvent[] = [],
): Move[] {
  const outside = type === 'ExecutionFailed' ? {} : { after: 0 };
  const details = type === 'ExecutionTimedOut' ? { error: 'States.Timeout' } : failure;
  return [{ branch: branch.id, ...outside, events: [...before, { type, details }] }];
}

/**
 * The step, or what ends the execution in its place. Event 25,000 is the last of an execution. An execution whose
 * machine is being deleted ends where it would enter its next state.
 */
export function withinLimits(run: Run, moves: readonly Move[], isDeleting: boolean): readonly Move[] {
  const events = moves.flatMap((move) => move.events ?? []);
  const closes = events.at(-1)?.type.startsWith('Execution') ?? false;
  const [main] = run.branches.values();
  if (!main) return moves;
  const enters = events.some(({ type }) => type.endsWith('StateEntered'));
  if (enters && isDeleting) return closing(main, 'ExecutionAborted');
  const room = maxEvents - run.events.length;
  if (events.length < room || (closes && events.length === room)) return moves;
  const failed = {
    type: 'ExecutionFailed',
    details: {
      error: 'States.Runtime',
      cause: `The execution reached the maximum number of history events (${maxEvents}).`,
    },
  };
  const branch = run.branches.get(moves[0]?.branch ?? 0)?.id ?? main.id;
  const kept = events.slice(0, room - 1);
  return [
    { branch, events: kept },
    { branch, after: run.events.length + kept.length, events: [failed] },
  ];
}
