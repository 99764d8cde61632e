/** OpenID Connect to the issuer of sign-ins: the code flow of a public client, with PKCE. */
import * as client from 'openid-client';

/** What the ID token says about the person who signed in. */
export interface SignedIn {
  readonly sub: string;
  /** How the person proved who they are (RFC 8176). */
  readonly amr: readonly string[];
}

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
  /** Asked where the ID token does not say how the person proved who they are. */
  readonly hasSecondFactor?: (accessToken: string) => Promise<boolean>;
  /** Scopes beside those of every sign-in. */
  readonly scopes?: readonly string[];
}) {
  const { issuer, clientId, signedInUrl, hasSecondFactor = async () => false, scopes = [] } = parts;
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
    /** The address for the browser, and the values to check when the browser comes back. */
    async start(): Promise<{ readonly url: string; readonly state: string; readonly verifier: string }> {
      const [state, verifier] = [client.randomState(), client.randomPKCECodeVerifier()];
      const url = client.buildAuthorizationUrl(await configuration(), {
        redirect_uri: signedInUrl,
        scope: ['openid email profile', ...scopes].join(' '),
        state,
        code_challenge: await client.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
      });
      return { url: url.href, state, verifier };
    },

    /**
     * `search` is the query with which the browser came back. Undefined where it does not answer the sign-in that was
     * started.
     */
    async finish(search: string, expected: { readonly state: string; readonly verifier: string }) {
      const issuerAt = await configuration();
      try {
        const tokens = await client.authorizationCodeGrant(issuerAt, new URL(`${signedInUrl}${search}`), {
          expectedState: expected.state,
          pkceCodeVerifier: expected.verifier,
          idTokenExpected: true,
        });
        const claims = tokens.claims();
        const said = namesIn(claims?.amr);
        const amr =
          claims && !said.includes('mfa') && (await hasSecondFactor(tokens.access_token)) ? [...said, 'mfa'] : said;
        // The console needs only its own session. It keeps no token, so no token can be used again.
        if (tokens.refresh_token !== undefined) await client.tokenRevocation(issuerAt, tokens.refresh_token);
        return claims && ({ sub: claims.sub, amr } satisfies SignedIn);
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

const namesIn = (amr: unknown): readonly string[] =>
  Array.isArray(amr) ? amr.filter((name) => typeof name === 'string') : [];

/** The issuer's no, or an answer that does not fit. An issuer out of reach is neither. */
const isRejection = (error: unknown): boolean =>
  error instanceof client.AuthorizationResponseError ||
  error instanceof client.ResponseBodyError ||
  (error instanceof client.ClientError && error.code !== 'OAUTH_TIMEOUT');
