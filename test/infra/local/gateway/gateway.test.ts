import { request as httpRequest } from 'node:http';
import { describe, expect, it } from 'vitest';
import { createActivity, createClock } from '../../../../infra/local/clock/clock.ts';
import { startGateway } from '../../../../infra/local/gateway/gateway.ts';
import { noon, type WrittenResource, writeTemplate } from '../lambda/hand-written.ts';
import {
  type Answer,
  allowAll,
  door,
  guard,
  guarded,
  mayInvoke,
  method,
  resource,
  root,
  start,
  uri,
  withToken,
} from './door.ts';

describe('a request', () => {
  it('reaches the most specific route', async () => {
    const { url, events } = await start(allowAll);
    for (const path of ['/', '/cases/1', '/api/v1/referrals/CR-1', '/items/size', '/items/7', '/api', '/api/v1']) {
      await fetch(`${url}${path}`, withToken);
    }
    expect(
      events
        .filter(({ name }) => name !== 'Authorize')
        .map(({ name, event }) => [event.path, name, event.resource, event.pathParameters]),
    ).toEqual([
      ['/', 'Console', '/', null],
      ['/cases/1', 'Console', '/{proxy+}', { proxy: 'cases/1' }],
      ['/api/v1/referrals/CR-1', 'Api1', '/api/v1/{proxy+}', { proxy: 'referrals/CR-1' }],
      ['/items/size', 'Console', '/items/size', null],
      ['/items/7', 'Console', '/{proxy+}', { proxy: 'items/7' }],
      ['/api', 'Console', '/{proxy+}', { proxy: 'api' }],
      ['/api/v1', 'Console', '/{proxy+}', { proxy: 'api/v1' }],
    ]);
  });

  it('may have a parameter of any name', async () => {
    const { url, events, faults } = await start();
    expect((await fetch(`${url}/?__proto__=one&constructor=two&toString=three`)).status).toBe(200);
    const entries = Object.entries(events[0]?.event.multiValueQueryStringParameters ?? {});
    expect(entries).toEqual([
      ['__proto__', ['one']],
      ['constructor', ['two']],
      ['toString', ['three']],
    ]);
    expect(faults).toEqual([]);
  });

  it('arrives as the proxy event of API Gateway', async () => {
    const { url, port, events } = await start();
    await fetch(`${url}/caf%C3%A9/a%20b?q=one&q=two&x=%26`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain', 'user-agent': 'test' },
      body: 'grüße',
    });
    const { event } = events[0] ?? {};
    expect(event).toMatchObject({
      resource: '/{proxy+}',
      path: '/caf%C3%A9/a%20b',
      httpMethod: 'POST',
      headers: { 'content-type': 'text/plain', 'X-Forwarded-Proto': 'http', 'X-Forwarded-Port': String(port) },
      multiValueHeaders: { 'content-type': ['text/plain'] },
      queryStringParameters: { q: 'two', x: '&' },
      multiValueQueryStringParameters: { q: ['one', 'two'], x: ['&'] },
      pathParameters: { proxy: 'café/a b' },
      stageVariables: null,
      body: 'grüße',
      isBase64Encoded: false,
      requestContext: {
        accountId: '000000000000',
        apiId: 'Door',
        domainName: `127.0.0.1:${port}`,
        httpMethod: 'POST',
        identity: { sourceIp: '127.0.0.1', userAgent: 'test' },
        path: '/caf%C3%A9/a%20b',
        protocol: 'HTTP/1.1',
        requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        requestTime: '01/Mar/2027:12:00:00 +0000',
        requestTimeEpoch: noon,
        resourceId: 'Anything',
        resourcePath: '/{proxy+}',
        stage: 'local',
      },
    });
    expect(event?.requestContext.authorizer).toBeUndefined();
    expect(Object.keys(event?.headers ?? {}).map((name) => name.toLowerCase())).not.toContain('connection');
  });

  it('has no body and no query where it was sent without', async () => {
    const { url, events } = await start();
    await fetch(`${url}/x`);
    expect(events[0]?.event).toMatchObject({
      body: null,
      isBase64Encoded: false,
      queryStringParameters: null,
      multiValueQueryStringParameters: null,
    });
  });

  it('under the stage is the same, with the full path in its context, and elsewhere is refused', async () => {
    const { url, events } = await start({}, { underStage: true });
    expect(url).toMatch(/\/local$/);
    const statuses = [];
    for (const path of ['/local/cases', '/local', '/cases', '/localized']) {
      statuses.push((await fetch(new URL(path, url))).status);
    }
    expect(statuses).toEqual([200, 200, 403, 403]);
    expect(events.map(({ event }) => [event.path, event.requestContext.path])).toEqual([
      ['/cases', '/local/cases'],
      ['/', '/local'],
    ]);
  });
});

it('a request that comes before the start is complete waits for it', async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const { url, events } = await start({}, { ready: promise });
  const early = fetch(`${url}/x`);
  await new Promise((later) => setImmediate(later));
  expect(events).toEqual([]);
  resolve();
  expect((await early).status).toBe(200);
});

describe('an answer', () => {
  it('has the status, headers, cookies and body that the function gave', async () => {
    const { url } = await start({
      Console: () => ({
        statusCode: 303,
        headers: { Location: '/next', 'X-Once': 'dropped', 'X-Number': 7 },
        multiValueHeaders: { 'Set-Cookie': ['a=1', 'b=2'], 'x-once': ['kept'] },
        body: 'see there',
      }),
    });
    const response = await fetch(`${url}/x`, { redirect: 'manual' });
    expect(response.status).toBe(303);
    expect(response.headers.get('location')).toBe('/next');
    expect(response.headers.get('x-once')).toBe('kept');
    expect(response.headers.get('x-number')).toBe('7');
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(await response.text()).toBe('see there');
  });

  it('has headers that API Gateway keeps for itself under another name', async () => {
    const { url } = await start({
      Console: () => ({ statusCode: 401, headers: { 'WWW-Authenticate': 'Basic' }, body: '' }),
    });
    const { headers } = await fetch(`${url}/x`);
    expect(headers.get('www-authenticate')).toBeNull();
    expect(headers.get('x-amzn-remapped-www-authenticate')).toBe('Basic');
  });

  it.each<[string, Answer]>([
    ['is text', () => 'text'],
    ['is nothing', () => null],
    ['has no status', () => ({ body: 'x' })],
    ['has a body that is not text', () => ({ statusCode: 200, body: { a: 1 } })],
    ['has a header that is not text', () => ({ statusCode: 200, headers: { a: ['b'] } })],
    [
      'is an error',
      () => {
        throw new Error('secret detail');
      },
    ],
  ])('that %s is a 502 that tells nothing', async (_what, answer) => {
    const { url } = await start({ Console: answer });
    const response = await fetch(`${url}/x`);
    expect(response.status).toBe(502);
    expect(await response.text()).toBe('{"message":"Internal server error"}');
  });

  it('with a header that HTTP does not allow is a 502 and a fault', async () => {
    const { url, faults } = await start({
      Console: () => ({ statusCode: 200, headers: { 'x-a': 'line\nbreak' }, body: '' }),
    });
    expect((await fetch(`${url}/x`)).status).toBe(502);
    expect(faults).toHaveLength(1);
  });

  it('that comes too late is a 504', async () => {
    const integration = { Type: 'AWS_PROXY', IntegrationHttpMethod: 'POST', Uri: uri('Console'), TimeoutInMillis: 10 };
    const { url } = await start(
      { Console: () => new Promise(() => undefined) },
      { resources: { AnyAnything: method({ Ref: 'Anything' }, 'Console', { Integration: integration }) } },
    );
    const response = await fetch(`${url}/x`);
    expect(response.status).toBe(504);
    expect(await response.json()).toEqual({ message: 'Endpoint request timed out' });
  });
});

describe('a request is refused', () => {
  it('with 403 where there is no such route', async () => {
    const { url } = await start();
    const response = await fetch(`${url}/items/size`, { method: 'DELETE' });
    expect(response.status).toBe(403);
    expect(response.headers.get('x-amzn-errortype')).toBe('MissingAuthenticationTokenException');
    expect(await response.json()).toEqual({ message: 'Missing Authentication Token' });
  });

  it('with 413 where its body is larger than 10 MB', async () => {
    const { url, events } = await start();
    const response = await fetch(`${url}/x`, { method: 'POST', body: 'x'.repeat(10 * 1024 * 1024 + 1) });
    expect(response.status).toBe(413);
    expect(await response.json()).toEqual({ message: 'Request Too Long' });
    expect(events).toEqual([]);
  });

  it('with 413 where the function cannot take its event', async () => {
    const { url } = await start({
      Console: () => {
        throw Object.assign(new Error('too large'), { name: 'Lambda.RequestTooLargeException' });
      },
    });
    expect((await fetch(`${url}/x`)).status).toBe(413);
  });

  it('with 400 where its path cannot be decoded', async () => {
    const { url } = await start();
    for (const path of ['/%ff', '/api/v1/referrals/%E0%A4%A']) expect((await fetch(`${url}${path}`)).status).toBe(400);
  });

  it('with 403 where it was made to another host name', async () => {
    const { port, events } = await start();
    const status = (host: string) =>
      new Promise((resolve, reject) => {
        const sent = httpRequest({ port, host: '127.0.0.1', path: '/', headers: { host } }, (response) => {
          response.resume();
          resolve(response.statusCode);
        });
        sent.on('error', reject).end();
      });
    expect(await status('evil.example')).toBe(403);
    expect(await status(`127.0.0.1.evil.example:${port}`)).toBe(403);
    expect(await status(`localhost:${port}`)).toBe(200);
    expect(events).toHaveLength(1);
  });

  it("with the template's own words where it has some", async () => {
    const { url } = await start(
      {},
      {
        resources: {
          Denied: {
            Type: 'AWS::ApiGateway::GatewayResponse',
            Properties: {
              RestApiId: { Ref: 'Door' },
              ResponseType: 'UNAUTHORIZED',
              StatusCode: '401',
              ResponseParameters: {
                'gatewayresponse.header.WWW-Authenticate': "'Bearer'",
                'gatewayresponse.header.Content-Type': "'application/problem+json'",
                'gatewayresponse.header.x-request-id': 'context.requestId',
              },
              ResponseTemplates: { 'application/json': '{"code":"sign-in"}' },
            },
          },
        },
      },
    );
    const response = await fetch(`${url}/api/v1/x`);
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toBe('Bearer');
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(response.headers.get('x-request-id')).toBe(response.headers.get('x-amzn-requestid'));
    expect(await response.json()).toEqual({ code: 'sign-in' });
  });
});

describe('the start fails with a sentence', () => {
  it.each<[string, Readonly<Record<string, WrittenResource>>, RegExp]>([
    ['another integration', { GetRoot: method(root, 'Console', { Integration: { Type: 'MOCK' } }) }, /GetRoot/],
    ['an API key', { GetRoot: method(root, 'Console', { ApiKeyRequired: true }) }, /ApiKeyRequired/],
    ['a request validator', { GetRoot: method(root, 'Console', { RequestValidatorId: 'x' }) }, /RequestValidatorId/],
    [
      'an unknown authorizer',
      { GetRoot: method(root, 'Console', { ...guarded, AuthorizerId: 'Unknown' }) },
      /names Unknown/,
    ],
    ['another identity source', { Guard: guard({ IdentitySource: 'context.identity.sourceIp' }) }, /from one header/],
    ['a guard of tokens alone', { Guard: guard({ Type: 'TOKEN' }) }, /Guard/],
    [
      'bodies in bytes',
      {
        Door: {
          Type: 'AWS::ApiGateway::RestApi',
          Properties: { BinaryMediaTypes: ['*/*'], MinimumCompressionSize: 1024 },
        },
      },
      /bodies are text here/,
    ],
    ['no permission', { MayApi1: mayInvoke('Console') }, /may not invoke Api1/],
    ['a part of a path by name', { Items: resource(root, '{id}') }, /only fixed parts/],
    ['two APIs', { Other: { Type: 'AWS::ApiGateway::RestApi', Properties: {} } }, /the template has 2/],
    [
      'a variable in a response',
      {
        Denied: {
          Type: 'AWS::ApiGateway::GatewayResponse',
          Properties: {
            RestApiId: 'Door',
            ResponseType: 'DEFAULT_4XX',
            ResponseTemplates: { 'application/json': '{"path":"$context.path"}' },
          },
        },
      },
      /Denied/,
    ],
  ])('where the template has %s', async (_what, resources, message) => {
    await expect(start({}, { resources })).rejects.toThrow(message);
  });

  it('where the port is taken', async () => {
    const { port } = await start();
    const activity = createActivity();
    const second = startGateway({
      template: writeTemplate(door),
      authorize: () => undefined,
      port,
      clock: createClock({ activity, frozenAt: noon }),
      activity,
      lambda: { invoke: async () => ({ ok: true, payload: null }) },
    });
    await expect(second).rejects.toThrow(`Port ${port} is already in use: choose another with --web-port.`);
  });
});
