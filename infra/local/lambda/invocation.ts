/** What Lambda offers to the rest of the embedded cloud. */
import type { AwsService } from '../endpoint/service.ts';
import type { RunFailure } from './worker-messages.ts';

export type InvokeResult = { readonly ok: true; readonly payload: unknown } | RunFailure;

export interface Lambda {
  /**
   * Invokes a function by name or ARN (a version or alias in it is ignored) and waits for its result, tracked as
   * activity. `payload` must be JSON. Never rejects for what the function does: errorType is the name of the error it
   * threw (then `trace` is its stack), `Sandbox.Timedout`, `Runtime.…` or `Function.ResponseSizeTooLarge`, and for what is not the function's
   * doing `Lambda.ResourceNotFoundException`, `Lambda.RequestTooLargeException` or `Lambda.ServiceException` (stopping).
   */
  invoke(functionName: string, payload: unknown): Promise<InvokeResult>;
  readonly service: AwsService;
  /** Ends all workers; what is running or waiting answers `Lambda.ServiceException`. */
  stop(): Promise<void>;
  /** Invocations since the start by logical id of the function. */
  counts(): Readonly<Record<string, number>>;
}
