/** What the main thread and a function's worker thread say to each other. Payloads travel as JSON text, as on AWS. */

/** Given to the worker at its start. */
export interface WorkerBoot {
  /** Where the bundle lies, a CommonJS file that exports `handler`. */
  readonly file: string;
  /** The bundle's text, and what the engine has compiled of it before; undefined where there is none. */
  readonly source: Uint8Array | undefined;
  readonly compiled: Uint8Array | undefined;
  /** The cells of the movable clock: see `followClock`. */
  readonly clock: SharedArrayBuffer;
  readonly functionName: string;
  readonly functionVersion: string;
  readonly functionArn: string;
  readonly memoryMb: number;
  /** `http://127.0.0.1:4566`: calls to it are handed over to the main thread. */
  readonly endpointUrl: string;
}

export interface RunRequest {
  readonly requestId: string;
  /** JSON. */
  readonly event: string;
  readonly timeoutMs: number;
}

export interface RunFailure {
  readonly ok: false;
  readonly errorType: string;
  readonly errorMessage: string;
  /** The stack of what the function threw, line by line; absent where it did not come to throw. */
  readonly trace?: readonly string[];
}

/** `payload` is JSON. The answer to the start has the payload `null`. */
export type RunOutcome = { readonly ok: true; readonly payload: string } | RunFailure;

/** An AWS call that the worker hands over instead of sending it. Its number tells the answer's. */
export interface HandedCall {
  readonly call: number;
  readonly method: string;
  /** With the query string. */
  readonly path: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** A byte a character: a short Buffer is a view of 64 KB, all of which a message would copy. */
  readonly body: string;
}

export interface CallAnswer {
  readonly call: number;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

/** What the engine has compiled of the bundle up to now, where it was given nothing that it could use. */
export interface CompiledCode {
  readonly compiled: Uint8Array;
}

/** What a worker says: how its start or an invocation ended, calls, or compiled code for the next instances. */
export type WorkerMessage = RunOutcome | { readonly calls: readonly HandedCall[] } | CompiledCode;

/** What a worker is told: to run an invocation, or the answers to calls. */
export type MainMessage = RunRequest | { readonly answers: readonly CallAnswer[] };

/**
 * Gives out together, as one message, what is given in one turn of the event loop. Each message wakes the other thread, which
 * costs more than a call.
 */
export function together<Item>(send: (items: readonly Item[]) => void): (item: Item) => void {
  let waiting: Item[] = [];
  return (item) => {
    waiting.push(item);
    if (waiting.length > 1) return;
    setImmediate(() => {
      const items = waiting;
      waiting = [];
      send(items);
    });
  };
}
