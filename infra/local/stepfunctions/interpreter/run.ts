/**
 * What an execution is, folded from what was written down of it. It has one branch, the main line. It has one more for
 * each branch of a Parallel and each iteration of a Map under way.
 */
import type { Definition, MapState, ParallelState, State, Workflow } from '../language/definition.ts';
import { closingStatus, type Failure, isBeside, type NewEvent, type RunEvent, type Status } from './history.ts';

/** `retries` counts, for each rule of the state's Retry, how often it was used since the state was entered. */
interface Place {
  readonly state: string;
  readonly enteredAt: number;
  readonly retries: readonly number[];
}

/** Instants in epoch milliseconds. `until` of a task: its timeout; `beat`: by when a heartbeat must come. */
interface Running {
  readonly until?: number;
  readonly beat?: { readonly every: number; readonly until: number };
  readonly token?: string;
}

/** `heartbeat`: none came. `inside`: a branch failed, or the Map itself. `terminal`: a limit of the service. */
interface FailureKind {
  readonly heartbeat?: true;
  readonly inside?: true;
  readonly terminal?: true;
}

/** Where a branch stands. */
export type Position = Place &
  (
    | { readonly phase: 'entered' }
    | ({ readonly phase: 'invoking' } & Running)
    | ({ readonly phase: 'submitted' } & Running)
    | { readonly phase: 'waiting'; readonly until: number }
    | { readonly phase: 'forked' }
    | { readonly phase: 'done' }
    | ({ readonly phase: 'failed' } & FailureKind & Failure)
    | { readonly phase: 'ended'; readonly output?: string; readonly failure?: Failure }
  );

/** One thing that happens to one branch. A branch that is not there yet begins with it. */
export interface Move {
  readonly branch: number;
  /** Of a branch that begins: its parent, and which of the parent's branches or items it is. */
  readonly under?: { readonly parent: number; readonly index: number };
  /** The event that the first of these follows from, where it is not the branch's own last one. */
  readonly after?: number;
  readonly events?: readonly NewEvent[];
  readonly position?: Position;
  readonly assign?: Readonly<Record<string, unknown>>;
  /** Of a Map or Parallel that starts its branches (anew). */
  readonly fork?: { readonly items?: readonly unknown[]; readonly limit?: number };
}

export interface Branch {
  readonly id: number;
  readonly parent: Branch | undefined;
  readonly index: number;
  readonly workflow: Workflow;
  readonly position: Position;
  /** The input of the state it is in, as JSON text, and the id of the event that entered it. */
  readonly input: string;
  readonly enteredId: number;
  /** The id of the event that its next one follows from, and of its last event. */
  readonly chain: number;
  readonly tail: number;
  readonly variables: Readonly<Record<string, unknown>>;
  /** Of a Map or Parallel: in the order of its branches or items. */
  readonly children: readonly Branch[];
  readonly items: readonly unknown[];
  readonly limit: number;
  /** What its input is, parsed once. */
  parsed?: { readonly input: unknown } | undefined;
}

/** Instants in epoch milliseconds. */
export interface Run {
  readonly arn: string;
  readonly name: string;
  readonly machineArn: string;
  readonly machineName: string;
  readonly roleArn: string;
  readonly definition: Definition;
  /** Names the text of the definition. */
  readonly definitionId: string;
  readonly input: string;
  readonly startedAt: number;
  /** When the whole execution times out: after one year, or the definition's TimeoutSeconds. */
  readonly expiresAt: number;
  readonly events: readonly RunEvent[];
  readonly status: Status;
  readonly stoppedAt: number | undefined;
  /** Those under way, by id: parents before their children. Empty once the execution is closed. */
  readonly branches: ReadonlyMap<number, Branch>;
  readonly nextBranch: number;
}

type Open<T> = { -readonly [Key in keyof T]: T[Key] };

export type OpenRun = Open<Omit<Run, 'events' | 'branches'>> & {
  readonly events: RunEvent[];
  readonly branches: Map<number, Open<Branch>>;
};

export function stateOf({ workflow, position }: Branch): State {
  const state = workflow.states.get(position.state);
  if (!state) throw new Error(`The definition has no state "${position.state}".`);
  return state;
}

/** The Parallel or Map that the branch is inside of. */
export function parentState({ parent }: Branch): ParallelState | MapState | undefined {
  if (!parent) return undefined;
  const state = stateOf(parent);
  if (state.type === 'Parallel' || state.type === 'Map') return state;
  throw new Error(`State "${state.name}" has no branches.`);
}

function begin(run: OpenRun, { branch: id, under, position }: Move): Open<Branch> {
  const parent = under && run.branches.get(under.parent);
  if (!position || (under && !parent) || (!under && run.nextBranch > 0)) throw new Error(`There is no branch ${id}.`);
  const index = under?.index ?? 0;
  const around = parent && stateOf(parent);
  const workflow =
    around?.type === 'Parallel' ? around.branches[index] : around?.type === 'Map' ? around.processor : run.definition;
  if (!workflow) throw new Error(`There is no branch ${index}.`);
  const branch: Open<Branch> = {
    id,
    parent,
    index,
    workflow,
    position,
    input: '',
    enteredId: 0,
    chain: parent?.chain ?? 0,
    tail: 0,
    variables: {},
    children: [],
    items: [],
    limit: Number.POSITIVE_INFINITY,
  };
  if (parent) parent.children = [...parent.children, branch];
  run.branches.set(id, branch);
  run.nextBranch = Math.max(run.nextBranch, id + 1);
  return branch;
}

/** Changes the run by one move. Throws where the move does not fit what came before it: then the journal is damaged. */
export function apply(run: OpenRun, move: Move, at: number): void {
  const branch = run.branches.get(move.branch) ?? begin(run, move);
  if (move.after !== undefined) branch.chain = move.after;
  if (move.fork) {
    branch.children = [];
    branch.items = move.fork.items ?? [];
    branch.limit = move.fork.limit ?? Number.POSITIVE_INFINITY;
  }
  for (const event of move.events ?? []) {
    const { type, details } = event;
    run.events.push({ type, at, previous: branch.chain, ...(details === undefined ? {} : { details }) });
    branch.tail = run.events.length;
    if (!isBeside(event.type)) branch.chain = branch.tail;
    if (event.type.endsWith('StateEntered')) {
      branch.input = event.details?.input ?? '';
      branch.enteredId = branch.tail;
      branch.parsed = undefined;
      branch.children = [];
    }
    const status = closingStatus[event.type];
    if (status) {
      run.status = status;
      run.stoppedAt = at;
      run.branches.clear();
    }
  }
  if (move.assign) branch.variables = { ...branch.variables, ...move.assign };
  if (move.position) {
    branch.position = move.position;
    if (move.position.phase === 'ended') run.branches.delete(branch.id);
  }
}
