/**
 * Words that were not sent, sealed in this browser for one person. A data key of their own encrypts them (AES-GCM). The key
 * of the person wraps that key (AES-KW). Only the server can give it, to a person who is signed in.
 */

/** As it is stored: who typed it, when, and nothing that can be read. */
export interface SealedWords {
  readonly person: string;
  readonly at: string;
  readonly key: string;
  readonly iv: string;
  readonly words: string;
}

type Key = Awaited<ReturnType<typeof crypto.subtle.importKey>>;

const toText = (bytes: ArrayBuffer | Uint8Array): string =>
  btoa(Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join(''));
const toBytes = (text: string) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

/** The place and the person are bound to the words, so sealed words that were moved do not open. */
const boundTo = (place: string, person: string) => new TextEncoder().encode(`${place} ${person}`);

/** The key of a person, of the secret that the server gave. It cannot be read out of the browser again. */
export const keyOf = (secret: string): Promise<Key> =>
  crypto.subtle.importKey('raw', toBytes(secret), 'AES-KW', false, ['wrapKey', 'unwrapKey']);

/** Seals words under `place`. `at` is a UTC instant. */
export async function sealWords(
  key: Key,
  { place, person, at }: { readonly place: string; readonly person: string; readonly at: string },
  words: string,
): Promise<SealedWords> {
  const ofWords = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, true, ['encrypt']);
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const [wrapped, sealed] = await Promise.all([
    crypto.subtle.wrapKey('raw', ofWords, key, 'AES-KW'),
    crypto.subtle.encrypt(
      { name: 'AES-GCM', iv, additionalData: boundTo(place, person) },
      ofWords,
      new TextEncoder().encode(words),
    ),
  ]);
  return { person, at, key: toText(wrapped), iv: toText(iv), words: toText(sealed) };
}

/** The words again. Rejects where the key is another person's, or the words were changed or moved. */
export async function openWords(key: Key, place: string, sealed: SealedWords): Promise<string> {
  const ofWords = await crypto.subtle.unwrapKey('raw', toBytes(sealed.key), key, 'AES-KW', 'AES-GCM', false, [
    'decrypt',
  ]);
  const opened = await crypto.subtle.decrypt(
    { name: 'AES-GCM', iv: toBytes(sealed.iv), additionalData: boundTo(place, sealed.person) },
    ofWords,
    toBytes(sealed.words),
  );
  return new TextDecoder().decode(opened);
}
