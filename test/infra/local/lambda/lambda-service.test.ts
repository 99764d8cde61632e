import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  GetEventSourceMappingCommand,
  GetFunctionCommand,
  GetFunctionConfigurationCommand,
  InvokeCommand,
  LambdaClient,
  ListEventSourceMappingsCommand,
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

  it('accepts an event with 202 and runs it afterwards', async () => {
    expect(await invoke('Echo', { later: true }, { InvocationType: 'Event' })).toMatchObject({ StatusCode: 202 });
    await cloud.activity.rest();
    await expect.poll(() => cloud.lines, { interval: 5 }).toContain('Echo saw {"later":true}');
  });

  it('tries a failing event three times and then says that it was dropped', async () => {
    const before = cloud.lambda.counts().Echo ?? 0;
    await invoke('Echo', { fail: true }, { InvocationType: 'Event' });
    await cloud.activity.rest();
    expect((cloud.lambda.counts().Echo ?? 0) - before).toBe(3);
    expect(cloud.lines.filter((line) => line.includes('failed 3 times'))).toHaveLength(1);
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

  it('refuses an event of more than 1 MB, and what it would ignore', async () => {
    await expect(invoke('Echo', 'x'.repeat(1_048_576), { InvocationType: 'Event' })).rejects.toMatchObject({
      name: 'RequestTooLargeException',
    });
    await expect(invoke('Echo', {}, { LogType: 'Tail' })).rejects.toMatchObject({
      name: 'InvalidParameterValueException',
      message: expect.stringContaining('LogType'),
    });
  });
});

describe('Lambda through the AWS SDK', () => {
  it('tells of a function what the template says', async () => {
    const { Configuration } = await client.send(new GetFunctionCommand({ FunctionName: 'Echo' }));
    expect(Configuration).toMatchObject({
      FunctionName: 'Echo',
      FunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:Echo',
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      MemorySize: 128,
      Timeout: 3,
      Version: '$LATEST',
      State: 'Active',
    });
    await expect(client.send(new GetFunctionCommand({ FunctionName: 'Unknown' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
    await expect(client.send(new GetFunctionCommand({ FunctionName: 'Locked' }))).rejects.toMatchObject({
      name: 'AccessDeniedException',
    });
  });

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

  it("tells a function's configuration alone", async () => {
    const of = (FunctionName: string) => client.send(new GetFunctionConfigurationCommand({ FunctionName }));
    expect(await of('Echo')).toMatchObject({ FunctionName: 'Echo', Runtime: 'nodejs24.x', State: 'Active' });
    expect((await of('Echo')).LoggingConfig).toEqual({ LogFormat: 'JSON', LogGroup: 'EchoLogs' });
    await expect(of('Unknown')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  it('lists event source mappings, of which there are none here', async () => {
    expect((await client.send(new ListEventSourceMappingsCommand({}))).EventSourceMappings).toEqual([]);
    await expect(client.send(new GetEventSourceMappingCommand({ UUID: 'none' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });

  it('has no operation that changes a function', async () => {
    const command = new UpdateFunctionConfigurationCommand({ FunctionName: 'Echo', Timeout: 4 });
    await expect(client.send(command)).rejects.toMatchObject({
      name: 'UnknownOperationException',
      message: expect.stringContaining('it has Invoke, ListFunctions, GetFunction'),
    });
  });

  it('leaves a path with a date to Route 53, where the signature says so', () => {
    const headers = { authorization: signedFor('route53') };
    const request = requestOf({ method: 'GET', path: '/2013-04-01/hostedzone', headers });
    expect(cloud.lambda.service.handles(request)).toBe(false);
  });
});
