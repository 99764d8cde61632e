/** What Encrypt gives: AES-256-GCM, with the key's id and the encryption context bound to it. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

export type EncryptionContext = Readonly<Record<string, string>>;

/** A blob is: this number, the length of the key's id, the id, the nonce, the tag, the encrypted bytes. */
const form = 1;
const nonceLength = 12;
const tagLength = 16;

const headerOf = (keyId: string) => {
  const id = Buffer.from(keyId);
  return Buffer.concat([Buffer.from([form, id.length]), id]);
};

/** Without order, as two equal contexts must be one. Lengths stand before the texts, so no two contexts look alike. */
function boundTo(header: Buffer, context: EncryptionContext): Buffer {
  const texts = Object.entries(context)
    .map(([name, value]) => [Buffer.from(name), Buffer.from(value)] as const)
    .toSorted(([one], [other]) => Buffer.compare(one, other))
    .flat();
  const withLengths = texts.flatMap((text) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(text.length);
    return [length, text];
  });
  return Buffer.concat([header, ...withLengths]);
}

export function encrypt(keyId: string, material: Buffer, plaintext: Buffer, context: EncryptionContext): Buffer {
  const header = headerOf(keyId);
  const nonce = randomBytes(nonceLength);
  const cipher = createCipheriv('aes-256-gcm', material, nonce).setAAD(boundTo(header, context));
  const encrypted = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  return Buffer.concat([header, nonce, cipher.getAuthTag(), encrypted]);
}

/** The id of the key that a blob names. Undefined where it is no blob of this KMS. */
export function keyIdOf(blob: Buffer): string | undefined {
  const [version, length = 0] = blob;
  if (version !== form || length === 0 || blob.length < 2 + length + nonceLength + tagLength) return undefined;
  return blob.toString('utf8', 2, 2 + length);
}

/** Undefined where the blob was changed, or was made with another key or under another context. */
export function decrypt(blob: Buffer, material: Buffer, context: EncryptionContext): Buffer | undefined {
  const header = blob.subarray(0, 2 + (blob[1] ?? 0));
  const nonceEnd = header.length + nonceLength;
  const tagEnd = nonceEnd + tagLength;
  const decipher = createDecipheriv('aes-256-gcm', material, blob.subarray(header.length, nonceEnd))
    .setAAD(boundTo(header, context))
    .setAuthTag(blob.subarray(nonceEnd, tagEnd));
  try {
    return Buffer.concat([decipher.update(blob.subarray(tagEnd)), decipher.final()]);
  } catch {
    return undefined;
  }
}
