/**
 * Finds evidence of a second factor where the token has none, because Cognito's tokens carry no `amr`. The person's own access
 * token asks the pool (GetUser), so the function needs no permission of its own.
 */
import * as z from 'zod';

/** The scope of an access token with which its holder may ask Cognito about themselves. */
export const selfScope = 'aws.cognito.signin.user.admin';

const userPoolIssuer = /^https:\/\/(cognito-idp\.[a-z0-9-]+\.amazonaws\.com(?:\.cn)?)\/[\w-]+$/;
const user = z.object({ Username: z.string(), UserMFASettingList: z.array(z.string()).default([]) });

export const isUserPool = (issuer: string): boolean => userPoolIssuer.test(issuer);

/**
 * Returns a check: has the holder of this access token registered an authenticator app? The pool requires a second factor, so a
 * registered app was asked for at the sign-in. A person without one got past the second factor at their first sign-in.
 *
 * The check is false for an issuer that is no Cognito pool, and for a revoked token. It throws where the pool does not answer:
 * then no one is let in.
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
