import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { buildSync } from 'esbuild';
import { afterEach, describe, expect, it } from 'vitest';
import { createActivity } from '../../../../infra/local/clock/clock.ts';
import { startEndpoint } from '../../../../infra/local/endpoint/endpoint.ts';
import type { AwsRequest, AwsResponse } from '../../../../infra/local/endpoint/service.ts';
import { startFunctions } from './hand-written.ts';

/** A request in the form of the AWS SDK. `event` says to which port, and which function signs. */
const calls = `const { request } = require('node:http');
  exports.handler = ({ port, signer, body, path = '/' }) => new Promise((resolve, reject) => {
    const authorization = 'AWS4-HMAC-SHA256 Credential=LOCAL.' + signer + '/20270301/us-east-1/dynamodb/aws4_request';
    const sent = request({ host: '127.0.0.1', port, path, method: 'POST', headers: { Authorization: authorization } });
    sent.on('error', reject);
    sent.on('response', async (response) => {
      const body = response instanceof Uint8Array ? response : Buffer.concat(await response.toArray());
      resolve({ status: response.statusCode, type: response.headers['content-type'], body: Buffer.from(body).toString() });
    });
    sent.end(body);
  });`;

/** The same by the AWS SDK itself, which takes a call for unconnected after 20 ms. */
const callsBySdk = `import { GenerateRandomCommand, KMSClient } from '@aws-sdk/client-kms';
  export const handler = async ({ port }) => {
    const requestHandler = { connectionTimeout: 20 };
    const client = new KMSClient({ endpoint: 'http://127.0.0.1:' + port, maxAttempts: 1, requestHandler });
    return (await client.send(new GenerateRandomCommand({ NumberOfBytes: 1 }))).$metadata.httpStatusCode;
  };`;
/** As the stack's bundles are made. Of another form of the SDK, calls would go over the wire. */
const bundled = (contents: string): string => {
  const stdin = { contents, resolveDir: import.meta.dirname };
  const likeTheStack = { mainFields: ['module', 'main'], supported: { 'dynamic-import': false } };
  const made = buildSync({ ...likeTheStack, stdin, bundle: true, platform: 'node', format: 'cjs', write: false });
  return made.outputFiles[0]?.text ?? '';
};

const ended: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ended.splice(0)) await end();
});

/** An endpoint with one service that gives back what it is sent, and the requests that it saw. */
async function start(answer: (request: AwsRequest) => AwsResponse | Promise<AwsResponse> = echo, code = calls) {
  const seen: AwsRequest[] = [];
  const handle = async (request: AwsRequest) => {
    seen.push(request);
    return answer(request);
  };
  const services = [{ operations: [], handles: () => true, handle, stop: async () => undefined }];
  const endpoint = await startEndpoint({ port: 0, services, activity: createActivity() });
  const { lambda } = startFunctions({ Caller: code }, { options: { endpoint: () => endpoint } });
  ended.push(lambda.stop, endpoint.stop);
  const invoke = async (event: object) => {
    const result = await lambda.invoke('Caller', { port: endpoint.port, signer: 'Caller', ...event });
    return result.ok ? result.payload : result;
  };
  return { invoke, seen };
}
const echo = ({ body }: AwsRequest): AwsResponse => ({ status: 200, headers: { 'content-type': 'text/plain' }, body });

describe("a function's call of AWS", () => {
  it('reaches the service whole, and its answer the function', async () => {
    const { invoke, seen } = await start();
    expect(await invoke({ path: '/a%20b?x=1', body: 'größer' })).toEqual({
      status: 200,
      type: 'text/plain',
      body: 'größer',
    });
    expect(seen[0]).toMatchObject({ method: 'POST', path: '/a b', body: Buffer.from('größer') });
    expect(seen[0]?.query.get('x')).toBe('1');
  });

  it('is the call of this function, even where it signs as another or as the operator', async () => {
    const { invoke, seen } = await start();
    await invoke({ signer: 'Other' });
    await invoke({ signer: '' });
    expect(seen.map(({ principal }) => principal)).toEqual([
      { kind: 'function', logicalId: 'Caller' },
      { kind: 'function', logicalId: 'Caller' },
    ]);
  });

  it('gets the answer to a fault, without its cause', async () => {
    const { invoke } = await start(() => {
      throw new Error('the name of a child');
    });
    expect(await invoke({})).toMatchObject({ status: 500, body: expect.not.stringContaining('child') });
  });

  it('waits for an answer that takes longer than a connection may take', async () => {
    const answer = async (): Promise<AwsResponse> => {
      await pause(200);
      return { status: 200, headers: { 'content-type': 'application/x-amz-json-1.1' }, body: '{}' };
    };
    const { invoke } = await start(answer, bundled(callsBySdk));
    expect(await invoke({})).toBe(200);
  });

  it('goes over the wire where it is for another address', async () => {
    const { invoke, seen } = await start();
    const server = createServer((_request, response) => void response.end('from the wire'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    expect(await invoke({ port: (server.address() as AddressInfo).port })).toMatchObject({ body: 'from the wire' });
    expect(seen).toEqual([]);
    server.close();
  });
});

it("a function loads no more of Node's modules than it uses", async () => {
  const { lambda } = startFunctions({
    Loaded: `require('node:http'); require('node:crypto');
      exports.handler = () => process.moduleLoadList.filter((name) => /undici|webcrypto/.test(name));`,
  });
  ended.push(lambda.stop);
  expect(await lambda.invoke('Loaded', {})).toEqual({ ok: true, payload: [] });
});
