import type { AwsResponse } from '../endpoint/service.ts';

/** A refusal in DynamoDB's words. `details` are further fields of the answer. */
export class DynamoDbFailure extends Error {
  override name = 'DynamoDbFailure';
  readonly code: string;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: string, message: string, details: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.code = code;
    this.details = details;
  }
}

/** `body` is JSON. */
export const succeed = (body: string): AwsResponse => ({
  status: 200,
  headers: { 'content-type': 'application/x-amz-json-1.0' },
  body,
});

export function answer(status: number, body: unknown): AwsResponse {
  return { status, headers: { 'content-type': 'application/x-amz-json-1.0' }, body: JSON.stringify(body) };
}

/** The answer to a refusal of ours or of dynalite. Throws anything else on. */
export function failureAnswer(error: unknown): AwsResponse {
  if (error instanceof DynamoDbFailure) {
    const type = `com.amazonaws.dynamodb.v20120810#${error.code}`;
    return answer(400, { __type: type, message: error.message, ...error.details });
  }
  const { statusCode, body } = error as { statusCode?: number; body?: unknown };
  if (statusCode === undefined) throw error;
  return answer(statusCode, body);
}
