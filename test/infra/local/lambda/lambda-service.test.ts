import {
  InvokeCommand,
  LambdaClient,
  ListFunctionsCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AccessDenied } from '../../../../infra/local/endpoint/service.ts';
import { requestOf, signedFor } from '../endpoint/ask.ts';
import { serveOver } from '../endpoint/over-http.ts';
import { type Cloud, startFunctions } from './hand-written.ts';

const code = `exports.handler = async (event) => {
  if (event.fail) throw Object.assign(new Error('No.'), { name: 'Refused' });
  console.log('saw ' + JSON.stringify(event));
  return { saw: event };
};`;
let cloud: Cloud;
let client: LambdaClient;

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
  client = (await serveOver([cloud.lambda.service], LambdaClient)).operator;
});
afterAll(() => cloud.lambda.stop());

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
      name: 'SerializationException',
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
  it('lists the functions at once', async () => {
    const { Functions, NextMarker } = await client.send(new ListFunctionsCommand({}));
    expect([Functions?.map(({ FunctionName }) => FunctionName), NextMarker]).toEqual([['Echo', 'Locked'], undefined]);
    await expect(client.send(new ListFunctionsCommand({ MaxItems: 1 }))).rejects.toMatchObject({
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
