import { createRemoteJWKSet, errors, jwtVerify } from 'jose';
import * as z from 'zod';

const discovery = z.object({ issuer: z.string(), jwks_uri: z.string() });

/**
 * Returns a verifier of one issuer's access tokens. It gives the payload, or undefined for an invalid token. It reads the
 * issuer's keys once, and again for an unknown key. Throws where the issuer does not answer.
 */
export function createTokenVerifier(issuer: string): (token: string) => Promise<unknown> {
  let keys: Promise<ReturnType<typeof createRemoteJWKSet>> | undefined;
  const readKeys = async () => {
    const response = await fetch(`${issuer}/.well-known/openid-configuration`);
    if (!response.ok) throw new Error(`The issuer of sign-ins answered ${response.status}.`);
    return createRemoteJWKSet(new URL(discovery.parse(await response.json()).jwks_uri));
  };
  return async (token) => {
    keys ??= readKeys();
    keys.catch(() => {
      keys = undefined;
    });
    try {
      return (await jwtVerify(token, await keys, { issuer, algorithms: ['RS256'] })).payload;
    } catch (error) {
      if (error instanceof errors.JOSEError && !(error instanceof errors.JWKSTimeout)) return undefined;
      throw error;
    }
  };
}
