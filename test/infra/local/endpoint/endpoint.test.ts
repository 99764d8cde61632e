import { request } from 'node:http';
import { afterEach, describe, expect, test } from 'vitest';
import { type Activity, createActivity } from '../../../../infra/local/clock/clock.ts';
import { type Endpoint, type EndpointOptions, startEndpoint } from '../../../../infra/local/endpoint/endpoint.ts';
import {
  AccessDenied,
  type AwsRequest,
  type AwsResponse,
  type AwsService,
} from '../../../../infra/local/endpoint/service.ts';

let endpoint: Endpoint | undefined;
afterEach(() => endpoint?.stop());

/** A service for every request that `answer` gives something for. */
function service(answer: (request: AwsRequest) => AwsResponse | Promise<AwsResponse>): AwsService {
  return { operations: [], handles: () => true, handle: async (asked) => answer(asked), stop: async () => undefined };
}
const ok = (body = ''): AwsResponse => ({ status: 200, headers: {}, body });

async function start(options: Partial<EndpointOptions> = {}) {
  endpoint = await startEndpoint({ port: 0, services: [], activity: createActivity(), ...options });
  return endpoint;
}

const json = { 'x-amz-target': 'Thing.Do', 'content-type': 'application/x-amz-json-1.0' };
const form = { 'content-type': 'application/x-www-form-urlencoded' };
const signedBy = (accessKeyId: string) =>
  `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20261102/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0`;

async function post(path: string, headers: Record<string, string>, body: string | Buffer = ''): Promise<Response> {
  return fetch(`${endpoint?.url}${path}`, { method: 'POST', headers, body: new Uint8Array(Buffer.from(body)) });
}

describe('the endpoint', () => {
  test('gives each request to its service, with path, query, body and caller', async () => {
    const seen: AwsRequest[] = [];
    await start({
      services: [
        service((asked) => {
          seen.push(asked);
          return ok('done');
        }),
      ],
    });
    const response = await post('/a%20b?x=1', { authorization: signedBy('LOCAL.React') }, 'text');
    expect([response.status, await response.text()]).toEqual([200, 'done']);
    expect(response.headers.get('x-amzn-requestid')).toBeTruthy();
    await post('/', { authorization: signedBy('AKIAEXAMPLE') });
    await post('/', {});
    expect(seen[0]).toMatchObject({ method: 'POST', path: '/a b', body: Buffer.from('text') });
    expect(seen[0]?.query.get('x')).toBe('1');
    expect(seen.map(({ principal }) => principal)).toEqual([
      { kind: 'function', logicalId: 'React' },
      { kind: 'operator' },
      { kind: 'operator' },
    ]);
  });

  test('refuses more than 8 MB', async () => {
    await start({ services: [service(() => ok())] });
    expect((await post('/', json, Buffer.alloc(8 * 1024 * 1024))).status).toBe(200);
    const refused = await post('/', json, Buffer.alloc(8 * 1024 * 1024 + 1));
    expect([refused.status, await refused.json()]).toMatchObject([
      413,
      { message: 'A request may hold at most 8 MB.' },
    ]);
  });

  test("says in the request's protocol that a service is not part of the embedded cloud", async () => {
    await start();
    const target = await post('/', json);
    expect([target.status, await target.json()]).toEqual([
      400,
      { __type: 'UnknownOperationException', message: 'The call Thing.Do is not part of the embedded cloud.' },
    ]);
    expect(await (await post('/', form, 'Action=Do')).text()).toContain(
      '<Message>The action Do is not part of the embedded cloud.</Message>',
    );
    const rest = await post('/schedules', { authorization: signedBy('x').replace('/s3/', '/scheduler/') });
    expect(await rest.json()).toMatchObject({ message: 'The service scheduler is not part of the embedded cloud.' });
    expect(rest.headers.get('x-amzn-errortype')).toBe('UnknownOperationException');
    const bucket = await post('/bucket', { authorization: signedBy('x') });
    expect(await bucket.text()).toContain('<Message>The service s3 is not part of the embedded cloud.</Message>');
  });

  test('answers a denial as each protocol does', async () => {
    await start({
      services: [
        service(() => {
          throw new AccessDenied('You <may> not.');
        }),
      ],
    });
    const asJson = await post('/', json);
    expect([asJson.status, await asJson.json()]).toEqual([
      400,
      { __type: 'AccessDeniedException', message: 'You <may> not.' },
    ]);
    const asXml = await post('/', form);
    expect([asXml.status, await asXml.text()]).toEqual([
      403,
      expect.stringContaining('<Code>AccessDenied</Code><Message>You &lt;may&gt; not.</Message>'),
    ]);
    expect((await post('/2015-03-31/functions/react/invocations', {})).status).toBe(403);
  });

  test('keeps the cause of a fault from the caller and reports it here', async () => {
    const faults: unknown[] = [];
    await start({
      services: [
        service(() => {
          throw new Error('the name of a child');
        }),
      ],
      onFault: (error) => faults.push(error),
    });
    const response = await post('/', json);
    expect(response.status).toBe(500);
    const text = await response.text();
    expect(text).not.toContain('child');
    expect(JSON.parse(text)).toMatchObject({ __type: 'InternalFailure' });
    expect(faults).toEqual([new Error('the name of a child')]);
  });

  test('reports a taken port in a sentence', async () => {
    const { port } = await start();
    await expect(startEndpoint({ port, services: [], activity: createActivity() })).rejects.toThrow(
      `Port ${port} is already in use: choose another with --endpoint-port.`,
    );
  });
});

describe('a page of another site', () => {
  const as = (headers: Record<string, string>, path = '/_local/clock') =>
    new Promise<number>((resolve, reject) => {
      const asked = request(`${endpoint?.url}${path}`, { method: 'POST', headers }, (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      });
      asked.on('error', reject);
      asked.end();
    });

  test('cannot reach the local routes or any service through a browser', async () => {
    const { port } = await start({ services: [service(() => ok())], localRoutes: async () => ok() });
    for (const path of ['/_local/clock', '/2015-03-31/functions/react/invocations']) {
      expect(await as({}, path)).toBe(200);
      expect(await as({ host: `localhost:${port}`, origin: 'http://127.0.0.1:3000' }, path)).toBe(200);
      expect(await as({ origin: 'https://evil.example' }, path)).toBe(403);
      expect(await as({ origin: 'null' }, path)).toBe(403);
      expect(await as({ host: `rebound.example:${port}` }, path)).toBe(403);
    }
  });

  test('an unknown local route is not found', async () => {
    await start({ services: [service(() => ok())], localRoutes: async () => undefined });
    expect(await as({})).toBe(404);
  });
});

test('a call counts as activity until it is answered, a local route does not', async () => {
  const begun: string[] = [];
  let current = '';
  const activity: Activity = {
    ...createActivity(),
    begin: () => {
      begun.push('begin');
      return () => begun.push(`end after ${current}`);
    },
  };
  await start({
    activity,
    services: [
      service(() => {
        current = 'service';
        return ok();
      }),
    ],
    localRoutes: async () => ok(),
  });
  await post('/_local/clock', {});
  await post('/', {});
  expect(begun).toEqual(['begin', 'end after service']);
});
