/** What the parts of the AWS endpoint have in common: a request in, an answer out, and who is asking. */

/**
 * Who makes a call. `operator` is a person at the machine with any other access key: the AWS CLI, a test, the start-up.
 * It counts as the root of the account. A `service` is a part of AWS that acts by itself, such as
 * `cloudwatch.amazonaws.com` for the ARN of an alarm.
 */
export type Principal =
  | { readonly kind: 'operator' }
  | { readonly kind: 'function'; readonly logicalId: string }
  | { readonly kind: 'service'; readonly name: string; readonly sourceArn: string };

export interface AwsRequest {
  readonly method: string;
  /** Decoded path without the query string, such as `/2015-03-31/functions/react/invocations`. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  readonly principal: Principal;
}

/** A request as it was sent, before anything is known of who sent it. */
export interface AwsCall {
  readonly method: string;
  /** As sent: encoded, with the query string. */
  readonly path: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface AwsResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

export interface AwsService {
  /** What it answers, by the names of the SDK's client and command, such as `kms:Decrypt`. */
  readonly operations: readonly string[];
  /** True where this request is for this service, by X-Amz-Target, form Action or path. */
  handles(request: AwsRequest): boolean;
  handle(request: AwsRequest): Promise<AwsResponse>;
  stop(): Promise<void>;
}

/**
 * Throws `AccessDenied` unless the synthesized policies of the principal and of the resource allow `action` on
 * `resource` (an ARN).
 * `context` holds the condition keys of the call, such as `dynamodb:LeadingKeys`.
 */
export type Authorize = (
  principal: Principal,
  action: string,
  resource: string,
  context?: Readonly<Record<string, readonly string[]>>,
) => void;

/** A "no" of a service: an answer, and no fault. `name` goes over the wire, and is what the AWS SDK looks at. `fields`: further ones of it. */
export class Refusal extends Error {
  readonly status: number;
  readonly fields: Readonly<Record<string, unknown>>;
  constructor(name: string, message = '', status = 400, fields: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.name = name;
    this.status = status;
    this.fields = fields;
  }
}

/** The sentence is AWS's: it names principal, action and resource. */
export class AccessDenied extends Refusal {
  constructor(message: string) {
    super('AccessDeniedException', message, 403);
  }
}

export const localAccount = '000000000000';
export const localRegion = 'us-east-1';
