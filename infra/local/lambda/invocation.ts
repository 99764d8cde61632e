/** What Lambda offers to the rest of the embedded cloud. */
import type { AwsService } from '../endpoint/service.ts';
import type { RunFailure } from './worker-messages.ts';

/** `version`: the number of the version that ran. Absent where it was `$LATEST`. */
export type InvokeResult = ({ readonly ok: true; readonly payload: unknown } | RunFailure) & {
  readonly version?: string;
};

export interface Lambda {
  /**
   * Invokes a function by name or ARN and waits for its result, tracked as activity. Without a version or an alias in
   * the name it is the template's own code. `payload` must be JSON. Never rejects for what the function does. `errorType` is the name of the error it
   * threw, and `trace` its stack. Or it is `Sandbox.Timedout`, `Runtime.…` or `Function.ResponseSizeTooLarge`. For
   * Lambda's own failures it is `Lambda.ResourceNotFoundException`, `Lambda.RequestTooLargeException` or
   * `Lambda.ServiceException` (stopping).
   */
  invoke(functionName: string, payload: unknown): Promise<InvokeResult>;
  readonly service: AwsService;
  /** Ends all workers; what is running or waiting answers `Lambda.ServiceException`. */
  stop(): Promise<void>;
  /** Invocations since the start by logical id of the function. */
  counts(): Readonly<Record<string, number>>;
}
