/** What each kind of key is for, and how its material is made. */
import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto';

export type KeyUsage = 'ENCRYPT_DECRYPT' | 'GENERATE_VERIFY_MAC' | 'SIGN_VERIFY';

interface KeySpec {
  readonly usage: KeyUsage;
  readonly algorithms: readonly string[];
  /** Bytes: a secret, or a private key as PKCS 8. */
  readonly generate: () => Buffer;
}

const secret = (usage: KeyUsage, algorithm: string, bytes: number): KeySpec => ({
  usage,
  algorithms: [algorithm],
  generate: () => randomBytes(bytes),
});
const asPkcs8 = (key: KeyObject) => key.export({ type: 'pkcs8', format: 'der' });
const rsaSchemes = ['RSASSA_PKCS1_V1_5', 'RSASSA_PSS'];
const rsa = (modulusLength: number): KeySpec => ({
  usage: 'SIGN_VERIFY',
  algorithms: rsaSchemes.flatMap((scheme) => [256, 384, 512].map((bits) => `${scheme}_SHA_${bits}`)),
  generate: () => asPkcs8(generateKeyPairSync('rsa', { modulusLength }).privateKey),
});
const elliptic = (namedCurve: string, bits: number): KeySpec => ({
  usage: 'SIGN_VERIFY',
  algorithms: [`ECDSA_SHA_${bits}`],
  generate: () => asPkcs8(generateKeyPairSync('ec', { namedCurve }).privateKey),
});

/** RSA keys for encryption, keys for agreement, and keys of other curves are not there. */
export const keySpecs = {
  SYMMETRIC_DEFAULT: secret('ENCRYPT_DECRYPT', 'SYMMETRIC_DEFAULT', 32),
  HMAC_224: secret('GENERATE_VERIFY_MAC', 'HMAC_SHA_224', 28),
  HMAC_256: secret('GENERATE_VERIFY_MAC', 'HMAC_SHA_256', 32),
  HMAC_384: secret('GENERATE_VERIFY_MAC', 'HMAC_SHA_384', 48),
  HMAC_512: secret('GENERATE_VERIFY_MAC', 'HMAC_SHA_512', 64),
  ECC_NIST_P256: elliptic('P-256', 256),
  ECC_NIST_P384: elliptic('P-384', 384),
  ECC_NIST_P521: elliptic('P-521', 512),
  RSA_2048: rsa(2048),
  RSA_3072: rsa(3072),
  RSA_4096: rsa(4096),
} as const satisfies Readonly<Record<string, KeySpec>>;

export type KeySpecName = keyof typeof keySpecs;

export const isKeySpec = (name: string): name is KeySpecName => name in keySpecs;

/** The private key of an asymmetric KMS key, from its material. */
export const privateKeyOf = (material: Buffer): KeyObject =>
  createPrivateKey({ key: material, type: 'pkcs8', format: 'der' });

/** The public key in the form that GetPublicKey gives: SubjectPublicKeyInfo, DER. */
export const publicKeyOf = (material: Buffer): Buffer =>
  createPublicKey(privateKeyOf(material)).export({ type: 'spki', format: 'der' });
