/**
 * A sign-in under way, sealed for the cookie of the browser that began it. So a stranger's request for a sign-in writes no row.
 */
import { createCipheriv, createDecipheriv } from 'node:crypto';
import * as z from 'zod';
import type { Hmac } from '../matching/secret.ts';

const signInUnderWay = z.object({
  /** The values that the issuer's answer must match. */
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  /** The path of the console to open then. */
  returnTo: z.string(),
  /** Epoch seconds. */
  startedAt: z.number(),
});
export type SignInUnderWay = z.infer<typeof signInUnderWay>;

const cipher = 'aes-256-gcm';
const [nonceLength, tagLength] = [12, 16];
const keyOf = (digests: Hmac) => digests.bytes('seal of a sign-in under way');

/** `fresh` is random text of this sign-in alone: the nonce of its seal comes from it. */
export function sealSignIn(digests: Hmac, content: SignInUnderWay, fresh: string): string {
  const nonce = digests.bytes('nonce of a sign-in under way', fresh).subarray(0, nonceLength);
  const sealing = createCipheriv(cipher, keyOf(digests), nonce);
  const sealed = [sealing.update(JSON.stringify(content), 'utf8'), sealing.final()];
  return Buffer.concat([nonce, sealing.getAuthTag(), ...sealed]).toString('base64url');
}

/** Undefined for text that was not sealed with this secret, and for a sign-in begun more than `lives` seconds ago. */
export function openSignIn(digests: Hmac, text: string, now: number, lives: number): SignInUnderWay | undefined {
  const bytes = Buffer.from(text, 'base64url');
  if (bytes.length <= nonceLength + tagLength) return undefined;
  const opening = createDecipheriv(cipher, keyOf(digests), bytes.subarray(0, nonceLength), {
    authTagLength: tagLength,
  });
  opening.setAuthTag(bytes.subarray(nonceLength, nonceLength + tagLength));
  try {
    const opened = Buffer.concat([opening.update(bytes.subarray(nonceLength + tagLength)), opening.final()]);
    const content = signInUnderWay.parse(JSON.parse(opened.toString('utf8')));
    return now - content.startedAt < lives ? content : undefined;
  } catch {
    return undefined;
  }
}
