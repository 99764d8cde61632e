/** What the tokens of the local issuer say, whether the provider signs them or `mintToken` does. */
import type { SamplePerson } from './sample-person.ts';

/** The `aud` of access tokens, which Cognito does not set: a verifier checks `client_id`. */
export const audience = 'urn:careline:api';

export const accessTokenSeconds = 3600;

/** How a person proved who they are (RFC 8176): `mfa` only where a second factor was used. */
export function amrOf(person: SamplePerson): string[] {
  return person.mfa === false ? ['pwd'] : ['pwd', 'mfa'];
}

/** The claims of an access token beyond the standard ones; `token_use` as Cognito has it. */
export function accessClaims(amr: readonly string[]): { token_use: 'access'; amr: string[] } {
  return { token_use: 'access', amr: [...amr] };
}
