// @ts-nocheck
import { createHmac } from 'node:crypto';

/** Keyed digests: of what is in the vault a plain hash would be reversible. */
export interface Digests {
  /** 32 bytes for these parts; equal parts give equal bytes. */
  bytes(...parts: readonly string[]): Uint8Array;
  hex(...parts: readonly string[]): string;
}

/** `key` comes from the secret of the vault. */
export function createDigests(key: string): Digests {
  const bytes = (...parts: readonly string[]) => createHmac('sha256', key).update(JSON.stringify(parts)).digest();
  return { bytes, hex: (...parts) => bytes(...parts).toString('hex') };
}
