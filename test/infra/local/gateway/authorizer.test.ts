import { describe, expect, it } from 'vitest';
import { type Answer, allowAll, policy, start, wholeStage, withToken } from './door.ts';

describe('an authorizer', () => {
  const get = async (url: string, path = '/api/v1/referrals', headers: Record<string, string> = withToken.headers) => {
    const response = await fetch(`${url}${path}`, { headers });
    return [response.status, await response.text()];
  };

  it('lets in the caller that its policy allows, and tells the function who that is', async () => {
    const { url, events } = await start(allowAll);
    expect(await get(url)).toEqual([200, 'Api1']);
    expect(events[0]).toMatchObject({
      name: 'Authorize',
      event: {
        type: 'REQUEST',
        methodArn: 'arn:aws:execute-api:us-east-1:000000000000:Door/local/GET/api/v1/referrals',
        httpMethod: 'GET',
        path: '/api/v1/referrals',
        headers: { authorization: 'Bearer t' },
      },
    });
    expect(events[0]?.event).not.toHaveProperty('body');
    expect(events[1]?.event.requestContext.authorizer).toEqual({
      principalId: 'ada',
      sub: 'ada',
      level: '2',
      admin: 'true',
    });
  });

  it('is not asked where the identity source is missing', async () => {
    const { url, events } = await start(allowAll);
    expect(await get(url, '/api/v1/x', {})).toEqual([401, '{"message":"Unauthorized"}']);
    expect(events).toEqual([]);
  });

  it.each<[string, Answer, number, string]>([
    [
      'throws "Unauthorized"',
      () => {
        throw new Error('Unauthorized');
      },
      401,
      '{"message":"Unauthorized"}',
    ],
    [
      'throws anything else',
      () => {
        throw new Error('secret detail');
      },
      500,
      '{"message":null}',
    ],
    ['answers something else than a policy', () => ({ isAuthorized: true }), 500, '{"message":null}'],
    [
      'denies',
      () => policy('Deny', wholeStage),
      403,
      '{"message":"User is not authorized to access this resource with an explicit deny"}',
    ],
    [
      'allows another path',
      () => policy('Allow', `${wholeStage.slice(0, -1)}GET/api/v1/other`),
      403,
      '{"message":"User is not authorized to access this resource"}',
    ],
    [
      'allows another method',
      () => policy('Allow', `${wholeStage.slice(0, -1)}POST/*`),
      403,
      '{"message":"User is not authorized to access this resource"}',
    ],
  ])('that %s keeps the caller out', async (_what, answer, status, body) => {
    const { url, events } = await start({ Authorize: answer });
    expect(await get(url)).toEqual([status, body]);
    expect(events.map(({ name }) => name)).toEqual(['Authorize']);
  });

  it('with a condition in its policy keeps every caller out, because the gateway evaluates none', async () => {
    const statement = { Effect: 'Allow', Action: '*', Resource: '*', Condition: { IpAddress: {} } };
    const { url } = await start({
      Authorize: () => ({ principalId: 'x', policyDocument: { Statement: [statement] } }),
    });
    expect(await get(url)).toEqual([500, '{"message":null}']);
  });

  it('is asked once for each token while its answer is valid on the clock; each request is judged anew', async () => {
    const { url, events, clock } = await start({
      Authorize: () => policy('Allow', `${wholeStage.slice(0, -1)}GET/api/v1/a`),
    });
    const asked = () => events.filter(({ name }) => name === 'Authorize').length;
    expect((await get(url, '/api/v1/a'))[0]).toBe(200);
    expect((await get(url, '/api/v1/b'))[0]).toBe(403);
    expect(asked()).toBe(1);
    expect((await get(url, '/api/v1/a', { authorization: 'Bearer other' }))[0]).toBe(200);
    expect(asked()).toBe(2);
    await clock.advance(60_000);
    expect((await get(url, '/api/v1/a'))[0]).toBe(200);
    expect(asked()).toBe(3);
  });
});
