/**
 * The evidence of a second factor where the token itself has none. Cognito's tokens carry no `amr`; what the pool knows of
 * the person is asked with their own access token instead (GetUser), which needs no permission but the scope below.
 */
import * as z from 'zod';

/** The scope of an access token that lets its holder ask Cognito about themselves. */
export const selfScope = 'aws.cognito.signin.user.admin';

const userPoolIssuer = /^https:\/\/(cognito-idp\.[a-z0-9-]+\.amazonaws\.com(?:\.cn)?)\/[\w-]+$/;
const user = z.object({ Username: z.string(), UserMFASettingList: z.array(z.string()).default([]) });

/** Whether sign-ins come from a Cognito user pool. */
export const isUserPool = (issuer: string): boolean => userPoolIssuer.test(issuer);

/**
 * Asks whether whom an access token is of has registered an authenticator app. The pool requires a second factor of
 * everybody, so who has one was asked for it at the sign-in; who has none slipped through at their first one. False for every
 * issuer but a Cognito pool, and for a token that was revoked. Throws where the pool does not answer: nobody is let in then.
 */
export function createFactorCheck(issuer: string, ask: typeof fetch = fetch): (token: string) => Promise<boolean> {
  const host = userPoolIssuer.exec(issuer)?.[1];
  if (host === undefined) return async () => false;
  return async (token) => {
    const response = await ask(`https://${host}/`, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': 'AWSCognitoIdentityProviderService.GetUser',
      },
      body: JSON.stringify({ AccessToken: token }),
      signal: AbortSignal.timeout(5000),
    });
    if (response.status === 400) return false;
    if (!response.ok) throw new Error(`The pool of sign-ins answered ${response.status}.`);
    return user.parse(await response.json()).UserMFASettingList.includes('SOFTWARE_TOKEN_MFA');
  };
}
