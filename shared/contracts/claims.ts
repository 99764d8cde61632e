/** The claims of a token as this product reads them, from Cognito and from the local sign-in alike. Roles are never among them. */
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
  /** The token tells of no second factor: the pool may know of one, and without it nobody is let in. */
  | { readonly kind: 'unproven'; readonly sub: string }
  | { readonly kind: 'refused'; readonly because: 'not-an-access-token' | 'other-client' };

/** Reads the verified payload of an access token. Without evidence of a second factor nobody sees a case. */
export function readClaims(payload: unknown, clientId: string): SignedIn {
  const claims = accessClaims.safeParse(payload);
  if (!claims.success) return { kind: 'refused', because: 'not-an-access-token' };
  if (claims.data.client_id !== clientId) return { kind: 'refused', because: 'other-client' };
  return { kind: claims.data.amr.includes('mfa') ? 'person' : 'unproven', sub: claims.data.sub };
}
