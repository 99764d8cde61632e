/** OpenID Connect to the issuer of sign-ins: the code flow of a public client, with PKCE. */
import * as client from 'openid-client';
import { type FactorEvidence, factorIn } from '../../../shared/contracts/token-claims.ts';

/** What the ID token says about the person who signed in. */
export interface SignedIn {
  readonly sub: string;
  /** What the token says of a second factor. */
  readonly factor: FactorEvidence | undefined;
}

/** The values of one sign-in, which the issuer's answer must match. */
export interface StartedSignIn {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

/** `earlier`: the issuer answered by a sign-in from before this one, so the person was not asked again. */
export type Finished = SignedIn | 'earlier' | undefined;

export type Oidc = ReturnType<typeof createOidc>;

/** Seconds by which the clocks of the issuer and of this function may differ. */
const tolerance = 60;

/**
 * `signedInUrl` is where the issuer sends people back to. The issuer's configuration is read once. If the issuer does
 * not answer, each method rejects, and the next call asks again.
 */
export function createOidc(parts: {
  readonly issuer: string;
  readonly clientId: string;
  readonly signedInUrl: string;
}) {
  const { issuer, clientId, signedInUrl } = parts;
  let known: Promise<client.Configuration> | undefined;
  const configuration = () => {
    known ??= client.discovery(
      new URL(issuer),
      clientId,
      { [client.clockTolerance]: tolerance },
      client.None(),
      // Only the embedded cloud's issuer has no TLS. It answers on the loopback interface alone.
      issuer.startsWith('http://127.0.0.1:') ? { execute: [client.allowInsecureRequests] } : {},
    );
    known.catch(() => {
      known = undefined;
    });
    return known;
  };

  return {
    /**
     * The address for the browser, and the values to check when the browser comes back. The issuer must ask the person
     * again, whatever session it has of them. Ours may have ended because they left the desk.
     */
    async start(): Promise<StartedSignIn & { readonly url: string }> {
      const [state, nonce, verifier] = [client.randomState(), client.randomNonce(), client.randomPKCECodeVerifier()];
      const url = client.buildAuthorizationUrl(await configuration(), {
        redirect_uri: signedInUrl,
        scope: 'openid email profile',
        state,
        nonce,
        prompt: 'login',
        max_age: '0',
        code_challenge: await client.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
      });
      return { url: url.href, state, nonce, verifier };
    },

    /**
     * `search` is the query with which the browser came back. Undefined where it does not answer the sign-in that was
     * started. `startedAt` is in epoch seconds: a person who proved who they are before that was not asked again. An
     * issuer that does not say when they did is not believed.
     */
    async finish(search: string, expected: StartedSignIn & { readonly startedAt: number }): Promise<Finished> {
      const issuerAt = await configuration();
      try {
        const tokens = await client.authorizationCodeGrant(issuerAt, new URL(`${signedInUrl}${search}`), {
          expectedState: expected.state,
          expectedNonce: expected.nonce,
          pkceCodeVerifier: expected.verifier,
          idTokenExpected: true,
        });
        const claims = tokens.claims();
        // The console needs only its own session. It keeps no token, so no token can be used again.
        if (tokens.refresh_token !== undefined) await client.tokenRevocation(issuerAt, tokens.refresh_token);
        if (!claims) return undefined;
        const isNew = (claims.auth_time ?? 0) >= expected.startedAt - tolerance;
        return isNew ? { sub: claims.sub, factor: factorIn(claims) } : 'earlier';
      } catch (error) {
        if (isRejection(error)) return undefined;
        throw error;
      }
    },

    /**
     * Where the issuer ends its own session and sends the browser back. Cognito has its own spelling, so both are sent.
     */
    async signOutUrl(signedOutUrl: string): Promise<string> {
      const { end_session_endpoint: endpoint } = (await configuration()).serverMetadata();
      if (endpoint === undefined) return signedOutUrl;
      const url = new URL(endpoint);
      url.searchParams.set('client_id', clientId);
      url.searchParams.set('post_logout_redirect_uri', signedOutUrl);
      url.searchParams.set('logout_uri', signedOutUrl);
      return url.href;
    },
  };
}

/** The issuer's no, or an answer that does not fit. An issuer out of reach is neither. */
const isRejection = (error: unknown): boolean =>
  error instanceof client.AuthorizationResponseError ||
  error instanceof client.ResponseBodyError ||
  (error instanceof client.ClientError && error.code !== 'OAUTH_TIMEOUT');
