/** What the tokens of the local issuer say, whether the provider signs them or `mintToken` does. */

/** The `aud` of access tokens, which Cognito does not set: a verifier checks `client_id`. */
export const audience = 'urn:careline:api';

export const accessTokenSeconds = 3600;

/** The claims of an access token beyond the standard ones, as Cognito has them. It has no `amr`. */
export const accessClaims = (added: Readonly<Record<string, unknown>>) => ({ ...added, token_use: 'access' as const });
