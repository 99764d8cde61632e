import { createHmac } from 'node:crypto';
import * as z from 'zod';

/** Makes keyed digests: of what is in the vault a plain hash would be reversible. */
export interface Hmac {
  /** 32 bytes for these parts; equal parts give equal bytes. */
  bytes(...parts: readonly string[]): Uint8Array;
  hex(...parts: readonly string[]): string;
}

/** One key of the blind index. Its names are digests of it, and tell nothing. */
export interface IndexKey extends Pick<Hmac, 'hex'> {
  /** Of the key and of the way in which keys and marks are made of what is known. */
  readonly name: string;
  /** Its names in older ways: what was indexed in one of them is indexed anew. */
  readonly olderNames: readonly string[];
}

/** Another word each time that keys or marks are made of a name, a date or a number in another way; the newest first. */
const ways: readonly (readonly string[])[] = [['joined names, each telephone'], []];

/** The digests of ids and of what was sent; `index` has the keys of the blind index, the one that counts first. */
export interface Digests extends Hmac {
  readonly index: readonly [IndexKey, ...IndexKey[]];
}

/** The secret once its index has been given a key of its own: the ids keep theirs, or a repeated submission would be a new one. */
const ring = z.object({ ids: z.string().min(1), index: z.array(z.string().min(1)).min(1).max(5) });

function hmacOf(key: string): Hmac {
  const bytes = (...parts: readonly string[]) => createHmac('sha256', key).update(JSON.stringify(parts)).digest();
  return { bytes, hex: (...parts) => bytes(...parts).toString('hex') };
}

const indexKey = (key: string): IndexKey => {
  const { hex } = hmacOf(key);
  const [name = '', ...olderNames] = ways.map((way) => hex('name of the key', ...way).slice(0, 16));
  return { hex, name, olderNames };
};

/** The secret of the vault: one key for everything, or `{"ids": …, "index": [the one that counts, those before it]}`. */
function keysIn(secret: string): z.infer<typeof ring> {
  if (!secret.startsWith('{')) return { ids: secret, index: [secret] };
  return ring.parse(JSON.parse(secret));
}

/** `secret` comes from Secrets Manager. Throws where it begins like a ring of keys and is none. */
export function createDigests(secret: string): Digests {
  const { ids, index } = keysIn(secret);
  const [first = ids, ...former] = index;
  return { ...hmacOf(ids), index: [indexKey(first), ...former.map(indexKey)] };
}

/** The secret with a new key of the index before those that it has. */
export function withNewIndexKey(secret: string, fresh: string): string {
  const { ids, index } = keysIn(secret);
  return JSON.stringify({ ids, index: [fresh, ...index].slice(0, 5) });
}

/** The secret with the key of the index alone that counts: what was indexed by another is found no more. */
export function withoutFormerKeys(secret: string): string {
  const { ids, index } = keysIn(secret);
  return JSON.stringify({ ids, index: index.slice(0, 1) });
}
