/** The claims that this product reads from a token of the pool of sign-ins. Roles are never among them. */
import * as z from 'zod';

/** What `functions/confirm-factor` puts into both tokens of a person. */
export const secondFactorClaim = 'careline_second_factor';

const evidence = z.enum(['verified', 'unknown']);
/** `verified`: the pool had a verified authenticator app at the sign-in. `unknown`: it did not say. */
export type FactorEvidence = z.infer<typeof evidence>;

/** Any other content of the claim is as none. */
const factor = z.object({ [secondFactorClaim]: evidence.optional().catch(undefined) });
export const factorIn = (claims: unknown): FactorEvidence | undefined =>
  factor.safeParse(claims).data?.[secondFactorClaim];

const accessClaims = z.object({ sub: z.string().min(1), client_id: z.string(), token_use: z.literal('access') });

export type TokenHolder =
  | { readonly kind: 'person'; readonly sub: string; readonly factor: FactorEvidence | undefined }
  | { readonly kind: 'refused'; readonly because: 'not-an-access-token' | 'other-client' };

/** Reads the verified payload of an access token. */
export function readClaims(payload: unknown, clientId: string): TokenHolder {
  const claims = accessClaims.safeParse(payload);
  if (!claims.success) return { kind: 'refused', because: 'not-an-access-token' };
  if (claims.data.client_id !== clientId) return { kind: 'refused', because: 'other-client' };
  return { kind: 'person', sub: claims.data.sub, factor: factorIn(payload) };
}

/**
 * May this person come in? `no-factor`: the pool knows no second factor of theirs. `ask-later`: it did not say at the
 * sign-in, and lists none now.
 */
export function admits(
  account: { readonly enabled: boolean; readonly hasFactor: boolean },
  evidenceInToken: FactorEvidence | undefined,
): 'yes' | 'disabled' | 'no-factor' | 'ask-later' {
  if (!account.enabled) return 'disabled';
  if (account.hasFactor || evidenceInToken === 'verified') return 'yes';
  return evidenceInToken === 'unknown' ? 'ask-later' : 'no-factor';
}
