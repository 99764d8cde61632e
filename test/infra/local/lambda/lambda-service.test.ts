import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  InvokeCommand,
  LambdaClient,
  ListFunctionsCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AccessDenied, type AwsRequest } from '../../../../infra/local/endpoint/service.ts';
import { requestOf, signedFor } from '../endpoint/ask.ts';
import { type Cloud, startFunctions } from './hand-written.ts';

const code = `exports.handler = async (event) => {
  if (event.fail) throw Object.assign(new Error('No.'), { name: 'Refused' });
  console.log('saw ' + JSON.stringify(event));
  return { saw: event };
};`;
let cloud: Cloud;
let client: LambdaClient;
let close: () => void;

beforeAll(async () => {
  cloud = startFunctions(
    { Echo: code, Locked: code },
    {
      properties: { Echo: { LoggingConfig: { LogFormat: 'JSON', LogGroup: 'EchoLogs' } } },
      options: {
        authorize: (_principal, action, resource) => {
          if (resource.endsWith(':Locked')) throw new AccessDenied(`no principal may perform ${action} on ${resource}`);
        },
      },
    },
  );
  const server = createServer(async (incoming, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const url = new URL(incoming.url ?? '/', 'http://127.0.0.1');
    const request: AwsRequest = {
      method: incoming.method ?? '',
      path: decodeURIComponent(url.pathname),
      query: url.searchParams,
      headers: incoming.headers as Record<string, string>,
      body: Buffer.concat(chunks),
      principal: { kind: 'operator' },
    };
    const answer = cloud.lambda.service.handles(request)
      ? await cloud.lambda.service.handle(request)
      : { status: 500, headers: {}, body: 'no service handles this' };
    response.writeHead(answer.status, answer.headers).end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  close = () => server.close();
  client = new LambdaClient({
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    region: 'us-east-1',
    credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
    maxAttempts: 1,
  });
});
afterAll(async () => {
  client.destroy();
  close();
  await cloud.lambda.stop();
});

const invoke = (FunctionName: string, payload: unknown, more: Partial<InvokeCommand['input']> = {}) =>
  client.send(new InvokeCommand({ FunctionName, Payload: Buffer.from(JSON.stringify(payload)), ...more }));
const text = (payload: Uint8Array | undefined) => JSON.parse(Buffer.from(payload ?? []).toString('utf8'));

describe("Lambda's Invoke, through the AWS SDK", () => {
  it('answers what the function returns', async () => {
    const byArn = await invoke('arn:aws:lambda:us-east-1:000000000000:function:Echo', { a: 1 });
    expect(byArn).toMatchObject({ StatusCode: 200, ExecutedVersion: '$LATEST' });
    expect(byArn.FunctionError).toBeUndefined();
    expect(text(byArn.Payload)).toEqual({ saw: { a: 1 } });
  });

  it('marks a failure of the function, with status 200', async () => {
    const failed = await invoke('Echo', { fail: true });
    expect(failed).toMatchObject({ StatusCode: 200, FunctionError: 'Unhandled' });
    expect(text(failed.Payload)).toEqual({
      errorType: 'Refused',
      errorMessage: 'No.',
      trace: expect.arrayContaining(['Refused: No.']),
    });
  });

  it('does not find a function that the template has not', async () => {
    await expect(invoke('Unknown', {})).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'Function not found: arn:aws:lambda:us-east-1:000000000000:function:Unknown',
    });
  });

  it('is denied without the permission lambda:InvokeFunction', async () => {
    await expect(invoke('Locked', {})).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });

  it('refuses a payload that is not JSON', async () => {
    await expect(invoke('Echo', {}, { Payload: Buffer.from('{nope') })).rejects.toMatchObject({
      name: 'InvalidRequestContentException',
    });
  });

  it('refuses what it would ignore', async () => {
    for (const more of [{ LogType: 'Tail' }, { InvocationType: 'Event' }] as const) {
      await expect(invoke('Echo', {}, more)).rejects.toMatchObject({
        name: 'InvalidParameterValueException',
        message: expect.stringContaining(Object.keys(more)[0] ?? ''),
      });
    }
  });
});

describe('Lambda through the AWS SDK', () => {
  it('lists the functions page by page', async () => {
    const first = await client.send(new ListFunctionsCommand({ MaxItems: 1 }));
    const second = await client.send(new ListFunctionsCommand({ MaxItems: 1, Marker: first.NextMarker }));
    const names = [first, second].map(({ Functions }) => Functions?.map(({ FunctionName }) => FunctionName));
    expect(names).toEqual([['Echo'], ['Locked']]);
    expect(second.NextMarker).toBeUndefined();
    await expect(client.send(new ListFunctionsCommand({ Marker: 'elsewhere' }))).rejects.toMatchObject({
      name: 'InvalidParameterValueException',
    });
  });

  it('has no operation that changes a function', async () => {
    const command = new UpdateFunctionConfigurationCommand({ FunctionName: 'Echo', Timeout: 4 });
    await expect(client.send(command)).rejects.toMatchObject({
      name: 'UnknownOperationException',
      message: expect.stringContaining('it has Invoke, ListFunctions, ListVersionsByFunction'),
    });
  });

  it('leaves a path with a date to Route 53, where the signature says so', () => {
    const headers = { authorization: signedFor('route53') };
    const request = requestOf({ method: 'GET', path: '/2013-04-01/hostedzone', headers });
    expect(cloud.lambda.service.handles(request)).toBe(false);
  });
});
