/** The claims of a token as this product reads them, from Cognito and from the local sign-in alike. Roles are never among them. */
// @ts-nocheck

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
  | { readonly kind: 'refused'; readonly because: 'not-an-access-token' | 'other-client' | 'no-second-factor' };

/** Reads the verified payload of an access token. Without evidence of a second factor nobody sees a case. */
export function readClaims(payload: unknown, clientId: string): SignedIn {
  const claims = accessClaims.safeParse(payload);
  if (!claims.success) return { kind: 'refused', because: 'not-an-access-token' };
  if (claims.data.client_id !== clientId) return { kind: 'refused', because: 'other-client' };
  if (!claims.data.amr.includes('mfa')) return { kind: 'refused', because: 'no-second-factor' };
  return { kind: 'person', sub: claims.data.sub };
}
