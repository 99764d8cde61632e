/** Checks the signature of an anchor with the public key alone. It imports nothing of this product. */
import { createPublicKey, verify } from 'node:crypto';

/** Whether the statement was signed under this public key (SPKI in DER, base64). `signature`: ECDSA, DER, base64. */
export function isSignedBy(
  { statement, signature }: { readonly statement: string; readonly signature: string },
  publicKey: string,
): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' });
    return verify('sha256', Buffer.from(statement, 'utf8'), key, Buffer.from(signature, 'base64'));
  } catch {
    return false;
  }
}
