/** What an execution is, folded from what was written down of it. */
import type { Definition, State } from '../language/definition.ts';
import { closingStatus, type Failure, isBeside, type NewEvent, type RunEvent, type Status } from './history.ts';

/** `retries` counts, for each rule of the state's Retry, how often it was used since the state was entered. */
interface Place {
  readonly state: string;
  readonly enteredAt: number;
  readonly retries: readonly number[];
}

/** `until`: the timeout, in epoch milliseconds. */
interface Running {
  readonly until?: number;
  readonly token?: string;
}

/** Where an execution stands. `terminal`: a limit of the service. */
export type Position = Place &
  (
    | { readonly phase: 'entered' }
    | ({ readonly phase: 'invoking' } & Running)
    | ({ readonly phase: 'submitted' } & Running)
    | { readonly phase: 'waiting'; readonly until: number }
    | { readonly phase: 'done' }
    | ({ readonly phase: 'failed'; readonly terminal?: true } & Failure)
    | { readonly phase: 'ended' }
  );

/** One thing that happens to an execution. */
export interface Move {
  /** The event that the first of these follows from, where it is not the last one. */
  readonly after?: number;
  readonly events?: readonly NewEvent[];
  readonly position?: Position;
}

/** Instants in epoch milliseconds. */
export interface Run {
  readonly arn: string;
  readonly name: string;
  readonly machineArn: string;
  readonly machineName: string;
  readonly roleArn: string;
  readonly definition: Definition;
  readonly input: string;
  readonly startedAt: number;
  /** When the whole execution times out: after one year. */
  readonly expiresAt: number;
  readonly events: readonly RunEvent[];
  readonly status: Status;
  readonly stoppedAt: number | undefined;
  readonly position: Position;
  /** The input of the state it is in, as JSON text, and the id of the event that entered it. */
  readonly stateInput: string;
  readonly enteredId: number;
  /** The id of the event that the next one follows from. */
  readonly chain: number;
  /** What the state's input is, parsed once. */
  parsed?: { readonly input: unknown } | undefined;
}

type Open<T> = { -readonly [Key in keyof T]: T[Key] };

export type OpenRun = Open<Omit<Run, 'events'>> & { readonly events: RunEvent[] };

export function stateOf({ definition, position }: Run): State {
  const state = definition.states.get(position.state);
  if (!state) throw new Error(`The definition has no state "${position.state}".`);
  return state;
}

export const isRunning = ({ status }: Run): boolean => status === 'RUNNING';

/** Changes the run by one move. Throws where the move comes after the run's end: then the journal is damaged. */
export function apply(run: OpenRun, move: Move, at: number): void {
  if (!isRunning(run)) throw new Error(`the execution ${run.name} has ended`);
  if (move.after !== undefined) run.chain = move.after;
  for (const { type, details } of move.events ?? []) {
    run.events.push({ type, at, previous: run.chain, ...(details === undefined ? {} : { details }) });
    if (!isBeside(type)) run.chain = run.events.length;
    if (type.endsWith('StateEntered')) {
      run.stateInput = details?.input ?? '';
      run.enteredId = run.events.length;
      run.parsed = undefined;
    }
    const status = closingStatus[type];
    if (status) {
      run.status = status;
      run.stoppedAt = at;
    }
  }
  if (move.position) run.position = move.position;
}
