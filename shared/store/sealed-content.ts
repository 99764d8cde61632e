/**
 * Sealed content of the vault: AES-256-GCM under a key of its own part. It is bound to the key of its item and to the
 * referral. Content that was moved to another item does not open.
 */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

/** Sealed content is: this number, the nonce, the tag, the encrypted text. */
const form = 1;
const nonceBytes = 12;
const tagBytes = 16;

/** The content of a part was changed, moved, or never sealed. It names no part, because errors are logged. */
export class DamagedContent extends Error {
  override readonly name = 'DamagedContent';
  constructor() {
    super('The vault holds content that was changed or is not sealed: tell an administrator.');
  }
}

/** The vault holds content whose key is gone. It names no part, because errors are logged. */
export class LostContent extends Error {
  override readonly name = 'LostContent';
  constructor() {
    super('The vault holds content whose key is missing: tell an administrator.');
  }
}

/** The ledger names content that the vault lacks. It names no part, because errors are logged. */
export class MissingContent extends Error {
  override readonly name = 'MissingContent';
  constructor() {
    super('The vault lacks content that the ledger names: tell an administrator.');
  }
}

/** Content that the ledger names. Where it is missing, it cannot be read: it was known. Throws `MissingContent`. */
export async function named<Content>(read: Promise<Content | undefined>): Promise<Content> {
  const content = await read;
  if (content === undefined) throw new MissingContent();
  return content;
}

/** The content of a part. A part that the ledger names among those `given` must be there. */
export const namedAmong =
  <Part extends string>(given: readonly Part[]) =>
  <Content>(part: Part, read: Promise<Content | undefined>): Promise<Content | undefined> =>
    given.includes(part) ? named(read) : read;

/** Whether content is there, or was, and cannot be read. A later try does not help. */
export const isUnreadable = (error: unknown): boolean =>
  error instanceof LostContent || error instanceof DamagedContent || error instanceof MissingContent;

/** The referral or draft that a part belongs to: `CR-1` of `text#CR-1#NARRATIVE`. */
export const ownerOf = (part: string): string => part.split('#')[1] ?? '';

const boundTo = (part: string) => Buffer.from(`careline vault\n${part}\n${ownerOf(part)}`);

/**
 * The key of one part. It needs the owner's data key, and the part's half where it has one. Without either, the part
 * cannot be read any more.
 */
export const keyOfPart = (dataKey: Uint8Array, half: Uint8Array, part: string): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', dataKey, half, `careline part\n${part}`, 32));

/** `part`: the key of the item that will hold the content. */
export function seal(key: Uint8Array, part: string, text: string): Uint8Array {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(boundTo(part));
  const encrypted = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([Buffer.from([form]), nonce, cipher.getAuthTag(), encrypted]);
}

/** The text that `seal` was given. Throws `DamagedContent` for any other content, key or part. */
export function unseal(key: Uint8Array, part: string, sealed: Uint8Array | undefined): string {
  const textAt = 1 + nonceBytes + tagBytes;
  if (sealed?.[0] !== form || sealed.length < textAt) throw new DamagedContent();
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(1, 1 + nonceBytes), { authTagLength: tagBytes })
    .setAAD(boundTo(part))
    .setAuthTag(sealed.subarray(1 + nonceBytes, textAt));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(textAt)), decipher.final()]).toString('utf8');
  } catch {
    throw new DamagedContent();
  }
}
