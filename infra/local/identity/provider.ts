/** How oidc-provider is set up: one public client, authorization code with PKCE, and no consent screen. */
import Provider, { type Configuration } from 'oidc-provider';
import { accessClaims, accessTokenSeconds, audience } from './claims.ts';
import type { WorkerInput } from './identity.ts';
import { noticePage, signOutPage } from './pages.ts';
import type { SamplePerson } from './sample-person.ts';
import { type AddedClaims, nothingAdded } from './token-trigger.ts';

const scopes = 'openid email profile';

/**
 * Builds the provider. `people` asks for the sample people of this moment. `added` asks what the pool's trigger adds to the
 * tokens of one.
 */
export function createProvider(
  issuer: string,
  input: WorkerInput,
  people: () => Promise<readonly SamplePerson[]>,
  added: (sub: string) => Promise<AddedClaims>,
): Provider {
  // The pool asks its trigger once for the two tokens of an answer.
  const asked = new WeakMap<object, Promise<AddedClaims>>();
  const addedFor = (answer: object, sub: string): Promise<AddedClaims> => {
    const found = asked.get(answer) ?? added(sub);
    asked.set(answer, found);
    return found;
  };
  const configuration: Configuration = {
    clients: [
      {
        client_id: input.clientId,
        token_endpoint_auth_method: 'none',
        redirect_uris: [...input.redirectUris],
        post_logout_redirect_uris: [...input.postLogoutRedirectUris],
        response_types: ['code'],
        grant_types: ['authorization_code'],
        scope: scopes,
      },
    ],
    jwks: { keys: [input.keys.signing] },
    scopes: scopes.split(' '),
    claims: {
      openid: ['sub', ...input.addedClaims],
      email: ['email', 'email_verified'],
      profile: ['name'],
      auth_time: null,
    },
    conformIdTokenClaims: false,
    // Cookies know no port: the names keep the console, another server at 127.0.0.1, from being in the way.
    cookies: {
      keys: [input.keys.cookies],
      names: { session: 'local_sign_in', interaction: 'local_interaction', resume: 'local_resume' },
    },
    pkce: { required: () => true },
    responseTypes: ['code'],
    clientAuthMethods: ['none'],
    ttl: {
      AccessToken: accessTokenSeconds,
      IdToken: accessTokenSeconds,
      Interaction: 3600,
      Session: 43_200,
      Grant: 43_200,
    },
    findAccount: async (ctx, sub) => {
      const person = (await people()).find((each) => each.sub === sub);
      if (!person) return undefined;
      const { email, name } = person;
      return {
        accountId: sub,
        async claims(use) {
          const { id } = use === 'id_token' ? await addedFor(ctx, sub) : nothingAdded;
          return { ...id, sub, email, email_verified: true, name };
        },
      };
    },
    // Everyone here consents to the one client there is.
    loadExistingGrant: async ({ oidc }) => {
      const [client, accountId] = [oidc.client, oidc.session?.accountId];
      if (!client || accountId === undefined) return undefined;
      const known = oidc.session?.grantIdFor(client.clientId);
      // A session that goes on being used outlives its grant. Without a grant the provider would ask again for ever.
      const kept = known === undefined ? undefined : await oidc.provider.Grant.find(known);
      if (kept) return kept;
      const grant = new oidc.provider.Grant({ clientId: client.clientId, accountId });
      grant.addOIDCScope(scopes);
      grant.addResourceScope(audience, scopes);
      await grant.save();
      return grant;
    },
    extraTokenClaims: async (ctx) =>
      accessClaims((await addedFor(ctx, ctx.oidc.entities.AuthorizationCode?.accountId ?? '')).access),
    interactions: { url: (_, { uid }) => `/interaction/${uid}` },
    features: {
      devInteractions: { enabled: false },
      userinfo: { enabled: false },
      dPoP: { enabled: false },
      pushedAuthorizationRequests: { enabled: false },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => audience,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({
          scope: scopes,
          audience,
          accessTokenTTL: accessTokenSeconds,
          accessTokenFormat: 'jwt',
          jwt: { sign: { alg: 'RS256' } },
        }),
      },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (ctx, form) => {
          ctx.body = signOutPage(form);
        },
        postLogoutSuccessSource: (ctx) => {
          ctx.body = noticePage('Signed out', 'You are signed out. You can close this page.');
        },
      },
    },
    renderError: (ctx, out, error) => {
      ctx.type = 'html';
      ctx.body = noticePage('Sign-in failed', `${out.error}: ${out.error_description ?? error.message}.`);
    },
  };
  return new Provider(issuer, configuration);
}
