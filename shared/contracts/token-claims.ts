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

const seconds = z.number().optional().catch(undefined);
const accessClaims = z.object({
  sub: z.string().min(1),
  client_id: z.string(),
  token_use: z.literal('access'),
  auth_time: seconds,
  iat: seconds,
});

export type TokenHolder =
  | {
      readonly kind: 'person';
      readonly sub: string;
      readonly factor: FactorEvidence | undefined;
      /** Epoch seconds of the sign-in, which a renewed token keeps; 0 where the token does not say. */
      readonly signedInAt: number;
    }
  | { readonly kind: 'refused'; readonly because: 'not-an-access-token' | 'other-client' };

/** Reads the verified payload of an access token. */
export function readClaims(payload: unknown, clientId: string): TokenHolder {
  const claims = accessClaims.safeParse(payload);
  if (!claims.success) return { kind: 'refused', because: 'not-an-access-token' };
  if (claims.data.client_id !== clientId) return { kind: 'refused', because: 'other-client' };
  const { sub, auth_time, iat } = claims.data;
  return { kind: 'person', sub, factor: factorIn(payload), signedInAt: auth_time ?? iat ?? 0 };
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
