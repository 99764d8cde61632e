/** The kinds of keys that the stack has: what each is for, and how its material is made. */
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto';

export type KeyUsage = 'ENCRYPT_DECRYPT' | 'GENERATE_VERIFY_MAC' | 'SIGN_VERIFY';

interface KeySpec {
  readonly usage: KeyUsage;
  /** Bytes: a secret, or a private key as PKCS 8. */
  readonly generate: () => Buffer;
}

export const keySpecs = {
  SYMMETRIC_DEFAULT: { usage: 'ENCRYPT_DECRYPT', generate: () => randomBytes(32) },
  HMAC_256: { usage: 'GENERATE_VERIFY_MAC', generate: () => randomBytes(32) },
  ECC_NIST_P256: {
    usage: 'SIGN_VERIFY',
    generate: () =>
      generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'der' }),
  },
} as const satisfies Readonly<Record<string, KeySpec>>;

export type KeySpecName = keyof typeof keySpecs;

/** The private key of an asymmetric KMS key, from its material. */
export const privateKeyOf = (material: Buffer): KeyObject =>
  createPrivateKey({ key: material, type: 'pkcs8', format: 'der' });

/** The public key in the form that GetPublicKey gives: SubjectPublicKeyInfo, DER. */
export const publicKeyOf = (material: Buffer): Buffer =>
  createPublicKey(privateKeyOf(material)).export({ type: 'spki', format: 'der' });
