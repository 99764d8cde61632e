/** The AWS JSON 1.0 protocol in front of the action table. */
import { randomUUID } from 'node:crypto';
import type * as z from 'zod';
import { AccessDenied, type AwsRequest, type AwsResponse, type AwsService } from '../endpoint/service.ts';
import { type Action, ServiceError } from './action-table.ts';

const prefix = 'AWSStepFunctions.';

function answer(status: number, body: object): AwsResponse {
  return {
    status,
    headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-requestid': randomUUID() },
    body: JSON.stringify(body),
  };
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8') || '{}');
  } catch {
    throw new ServiceError('SerializationException', 'The request body is not JSON.');
  }
}

const sentence = (issue: z.core.$ZodIssue, action: string) =>
  issue.code === 'unrecognized_keys'
    ? `The local Step Functions does not implement ${issue.keys.join(', ')} of ${action}`
    : `Value at '${issue.path.join('.')}' failed to satisfy constraint: ${issue.message}`;

/** Serves `actions` under `X-Amz-Target: AWSStepFunctions.<action>`. `onStop` is run once when the service stops. */
export function createWire(actions: ReadonlyMap<string, Action>, onStop: () => void): AwsService {
  const perform = (request: AwsRequest): AwsResponse => {
    const name = (request.headers['x-amz-target'] ?? '').slice(prefix.length);
    const action = actions.get(name);
    if (!action) {
      const known = [...actions.keys()].join(', ');
      throw new ServiceError('UnknownOperationException', `The local Step Functions has no ${name}. It has ${known}.`);
    }
    const input = action.input.safeParse(parse(request.body));
    if (!input.success) {
      const { issues } = input.error;
      const count = `${issues.length} validation error${issues.length === 1 ? '' : 's'} detected`;
      const sentences = issues.map((issue) => sentence(issue, name)).join('; ');
      throw new ServiceError('ValidationException', `${count}: ${sentences}`);
    }
    return answer(200, action.run(input.data, request.principal));
  };

  return {
    operations: [...actions.keys()].map((name) => `sfn:${name}`),
    handles: (request) => request.headers['x-amz-target']?.startsWith(prefix) ?? false,
    async handle(request) {
      try {
        return perform(request);
      } catch (error) {
        if (!(error instanceof ServiceError || error instanceof AccessDenied)) throw error;
        return answer(400, { __type: error.name, message: error.message });
      }
    },
    async stop() {
      onStop();
    },
  };
}
