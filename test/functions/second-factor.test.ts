import { describe, expect, test } from 'vitest';
import { createFactorCheck, isUserPool } from '../../shared/lambda/second-factor.ts';

const pool = 'https://cognito-idp.us-east-1.amazonaws.com/us-east-1_Example1';

function asking(answer: Response | Error, issuer = pool) {
  const asked: { url: string; target: string | null; body: unknown }[] = [];
  const check = createFactorCheck(issuer, async (url, init) => {
    asked.push({
      url: String(url),
      target: new Headers(init?.headers).get('x-amz-target'),
      body: JSON.parse(String(init?.body)),
    });
    if (answer instanceof Error) throw answer;
    return answer;
  });
  return { asked, check };
}
const user = (more: object) => Response.json({ Username: 'u', UserAttributes: [], ...more });

describe('the person of a token of the pool', () => {
  test('has a second factor where an authenticator app is registered', async () => {
    const { asked, check } = asking(user({ UserMFASettingList: ['SOFTWARE_TOKEN_MFA'] }));
    expect(await check('a.b.c')).toBe(true);
    expect(asked).toEqual([
      {
        url: 'https://cognito-idp.us-east-1.amazonaws.com/',
        target: 'AWSCognitoIdentityProviderService.GetUser',
        body: { AccessToken: 'a.b.c' },
      },
    ]);
  });

  test.each<[string, Response]>([
    ['nothing is registered, as after a first sign-in', user({})],
    ['only text messages are', user({ UserMFASettingList: ['SMS_MFA'] })],
    ['the token was revoked or lacks the scope', Response.json({ __type: 'NotAuthorizedException' }, { status: 400 })],
  ])('has none where %s', async (_, answer) => {
    expect(await asking(answer).check('a.b.c')).toBe(false);
  });

  test('is not let in by a fault of the pool', async () => {
    await expect(asking(new Response('', { status: 503 })).check('a.b.c')).rejects.toThrow('503');
    await expect(asking(new Error('no way')).check('a.b.c')).rejects.toThrow('no way');
    await expect(asking(Response.json({})).check('a.b.c')).rejects.toThrow();
  });
});

test.each(['http://127.0.0.1:3001', 'https://issuer.example', `${pool}/more`, `https://evil.example/?${pool}`])(
  'a token of the issuer %s needs no question to the pool: the token alone says it',
  async (issuer) => {
    const { asked, check } = asking(user({ UserMFASettingList: ['SOFTWARE_TOKEN_MFA'] }), issuer);
    expect([isUserPool(issuer), await check('a.b.c'), asked]).toEqual([false, false, []]);
  },
);
