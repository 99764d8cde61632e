/** What the main thread and a function's worker thread say to each other. Payloads travel as JSON text, as on AWS. */
// @ts-nocheck


/** Given to the worker at its start. */
export interface WorkerBoot {
  /** The bundle, a CommonJS file that exports `handler`. */
  readonly file: string;
  /** The cells of the movable clock: see `followClock`. */
  readonly clock: SharedArrayBuffer;
  readonly functionName: string;
  readonly functionArn: string;
  readonly memoryMb: number;
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
}

/** `payload` is JSON. The answer to the start has the payload `null`. */
export type RunOutcome = { readonly ok: true; readonly payload: string } | RunFailure;
