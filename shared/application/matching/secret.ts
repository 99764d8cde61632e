import { createHmac } from 'node:crypto';
import * as z from 'zod';

/** Makes keyed digests. A plain hash of a name or date could be reversed by trying all of them. */
export interface Hmac {
  /** 32 bytes. Equal parts give equal bytes. */
  bytes(...parts: readonly string[]): Uint8Array;
  hex(...parts: readonly string[]): string;
}

/** One key of the blind index. Its names are digests, and tell nothing about it. */
export interface IndexKey extends Pick<Hmac, 'hex'> {
  /** A digest of the key. */
  readonly name: string;
}

/** Digests of ids and of sent content. `index` holds the keys of the blind index, the current one first. */
export interface Digests extends Hmac {
  readonly index: readonly [IndexKey, ...IndexKey[]];
}

/**
 * The form of the secret after the first new index key. The key for ids stays, so that a repeated submission is still recognized.
 */
const ring = z.object({ ids: z.string().min(1), index: z.array(z.string().min(1)).min(1).max(5) });

function hmacOf(key: string): Hmac {
  const bytes = (...parts: readonly string[]) => createHmac('sha256', key).update(JSON.stringify(parts)).digest();
  return { bytes, hex: (...parts) => bytes(...parts).toString('hex') };
}

const indexKey = (key: string): IndexKey => {
  const { hex } = hmacOf(key);
  return { hex, name: hex('name of the key').slice(0, 16) };
};

/** The secret of the vault: one key for all, or `{"ids": …, "index": [current, …former]}`. */
function keysIn(secret: string): z.infer<typeof ring> {
  if (!secret.startsWith('{')) return { ids: secret, index: [secret] };
  return ring.parse(JSON.parse(secret));
}

/** `secret` comes from Secrets Manager. Throws where it begins as JSON but has not that form. */
export function createDigests(secret: string): Digests {
  const { ids, index } = keysIn(secret);
  const [first = ids, ...former] = index;
  return { ...hmacOf(ids), index: [indexKey(first), ...former.map(indexKey)] };
}

/** The secret with a new index key in front of its others. */
export function withNewIndexKey(secret: string, fresh: string): string {
  const { ids, index } = keysIn(secret);
  return JSON.stringify({ ids, index: [fresh, ...index].slice(0, 5) });
}

/** The secret with only the current index key. Records under a former key are not found any more. */
export function withoutFormerKeys(secret: string): string {
  const { ids, index } = keysIn(secret);
  return JSON.stringify({ ids, index: index.slice(0, 1) });
}
