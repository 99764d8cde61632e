/** Lambda's Invoke over its REST protocol, for SDKs and the AWS CLI. */
// @ts-nocheck

import type { Activity } from '../clock.ts';
import {
  AccessDenied,
  type Authorize,
  type AwsResponse,
  type AwsService,
  localAccount,
  localRegion,
} from '../service.ts';
import { createInvokeLater } from './invoke-later.ts';
import type { Lambda } from './lambda.ts';

const invocationPath = /^\/2015-03-31\/functions\/(.+)\/invocations\/?$/;

export function createInvokeService(options: {
  readonly invoke: Lambda['invoke'];
  readonly activity: Activity;
  readonly authorize: Authorize;
  /** The ARN of a known function, by name or ARN. */
  readonly arnOf: (nameOrArn: string) => string | undefined;
  readonly onFault: (functionName: string, sentence: string) => void;
}): AwsService {
  const { invoke, authorize, arnOf } = options;
  const invokeLater = createInvokeLater(options);

  return {
    handles: ({ path }) => invocationPath.test(path),
    stop: async () => undefined,
    async handle({ method, path, headers, body, principal }) {
      const name = invocationPath.exec(path)?.[1] ?? '';
      if (method !== 'POST')
        return refusal(405, 'MethodNotAllowedException', `${method} is not an invocation: use POST.`);
      const arn = arnOf(name);
      const asked =
        arn ?? (name.startsWith('arn:') ? name : `arn:aws:lambda:${localRegion}:${localAccount}:function:${name}`);
      try {
        authorize(principal, 'lambda:InvokeFunction', asked);
      } catch (error) {
        if (error instanceof AccessDenied) return refusal(403, 'AccessDeniedException', error.message);
        throw error;
      }
      if (arn === undefined) return refusal(404, 'ResourceNotFoundException', `Function not found: ${asked}`);

      let payload: unknown;
      try {
        payload = body.length === 0 ? {} : JSON.parse(body.toString('utf8'));
      } catch (error) {
        const message = `Could not parse request body into json: ${(error as Error).message}`;
        return refusal(400, 'InvalidRequestContentException', message);
      }

      const type = headers['x-amz-invocation-type'] ?? 'RequestResponse';
      if (type === 'DryRun') return { status: 204, headers: {}, body: '' };
      if (type === 'Event') {
        void invokeLater(arn, payload);
        return { status: 202, headers: {}, body: '' };
      }
      const result = await invoke(arn, payload);
      const answered = { 'content-type': 'application/json', 'x-amz-executed-version': '$LATEST' };
      if (result.ok) return { status: 200, headers: answered, body: JSON.stringify(result.payload) };
      const status = serviceErrors[result.errorType];
      if (status !== undefined) return refusal(status, result.errorType.replace('Lambda.', ''), result.errorMessage);
      return {
        status: 200,
        headers: { ...answered, 'x-amz-function-error': 'Unhandled' },
        body: JSON.stringify({ errorType: result.errorType, errorMessage: result.errorMessage }),
      };
    },
  };
}

/** Failures of Lambda itself, not of the function, and their HTTP status. */
const serviceErrors: Readonly<Record<string, number>> = {
  'Lambda.RequestTooLargeException': 413,
  'Lambda.ServiceException': 500,
};

function refusal(status: number, type: string, message: string): AwsResponse {
  return {
    status,
    headers: { 'content-type': 'application/json', 'x-amzn-errortype': type },
    body: JSON.stringify({ Type: status < 500 ? 'User' : 'Service', Message: message, message }),
  };
}
