/** The claims that this product reads from a token, of Cognito or of the local sign-in. Roles are never among them. */
import * as z from 'zod';

const accessClaims = z.object({
  sub: z.string().min(1),
  client_id: z.string(),
  token_use: z.literal('access'),
  /** How the person signed in; `mfa` is the evidence of a second factor. */
  amr: z.array(z.string()).default([]),
});

export type SignedIn =
  | { readonly kind: 'person'; readonly sub: string }
  /** The token has no evidence of a second factor. The user pool may have it; without it the person is not let in. */
  | { readonly kind: 'unproven'; readonly sub: string }
  | { readonly kind: 'refused'; readonly because: 'not-an-access-token' | 'other-client' };

/**
 * Reads the verified payload of an access token. A person without evidence of a second factor is `unproven`, and sees no case.
 */
export function readClaims(payload: unknown, clientId: string): SignedIn {
  const claims = accessClaims.safeParse(payload);
  if (!claims.success) return { kind: 'refused', because: 'not-an-access-token' };
  if (claims.data.client_id !== clientId) return { kind: 'refused', because: 'other-client' };
  return { kind: claims.data.amr.includes('mfa') ? 'person' : 'unproven', sub: claims.data.sub };
}
