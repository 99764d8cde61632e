/** The operations of KMS that the product calls. */
import { createHmac, randomBytes, sign, timingSafeEqual } from 'node:crypto';
import * as z from 'zod';
import { type Asked, action, type JsonAction } from '../endpoint/json.ts';
import { Refusal } from '../endpoint/service.ts';
import { type Context, encryptionContextKey } from '../iam/conditions.ts';
import { decrypt, type EncryptionContext, encrypt, keyIdOf } from './ciphertext.ts';
import { type KeyUsage, privateKeyOf, publicKeyOf } from './key-specs.ts';
import type { Key, Keys } from './keys.ts';

/** Base64 of 1 to `most` bytes, decoded. */
const bytes = (most: number) =>
  z
    .base64()
    .transform((text) => Buffer.from(text, 'base64'))
    .refine(({ length }) => length > 0 && length <= most);

const keyId = z.string().min(1);
const message = bytes(4096);

/** Throws a refusal unless the key is enabled and for this usage. `action` is named in the sentence. */
export function requireUsable(key: Key, usage: KeyUsage, action: string): void {
  if (!key.isEnabled) throw new Refusal('DisabledException', `${key.arn} is disabled.`);
  if (key.usage === usage) return;
  const sentence = `${key.arn} key usage is ${key.usage} which is not valid for ${action}.`;
  throw new Refusal('InvalidKeyUsageException', sentence);
}

/** The condition keys of an encryption context. */
export const contextKeys = (context: EncryptionContext): Context => ({
  'kms:EncryptionContextKeys': Object.keys(context),
  ...Object.fromEntries(Object.entries(context).map(([name, value]) => [encryptionContextKey(name), [value]])),
});

const underContext = { KeyId: keyId, EncryptionContext: z.record(z.string(), z.string()).default({}) };
const code = z.strictObject({ KeyId: keyId, Message: message, MacAlgorithm: z.literal('HMAC_SHA_256') });

/** By name, over these keys. Each field of a call that is not here is refused. */
export function operationsFor(keys: Keys): Readonly<Record<string, JsonAction>> {
  /** The key, once the caller may do the action on it, and it is enabled and for this usage. */
  const usable = ({ allow }: Asked, action: string, usage: KeyUsage, name: string, context: Context = {}): Key => {
    const key = keys.find(name);
    allow(key.arn, context);
    requireUsable(key, usage, action);
    return key;
  };
  const coded = (asked: Asked, name: string, input: z.output<typeof code>) => {
    const context = { 'kms:MacAlgorithm': [input.MacAlgorithm] };
    const key = usable(asked, name, 'GENERATE_VERIFY_MAC', input.KeyId, context);
    return { key, mac: createHmac('sha256', key.material).update(input.Message).digest() };
  };
  const switching = (enabled: boolean) =>
    action(z.strictObject({ KeyId: keyId }), ({ KeyId }, { allow }) => {
      const key = keys.find(KeyId);
      allow(key.arn);
      keys.enable(key, enabled);
      return {};
    });

  return {
    GenerateDataKey: action(
      z.strictObject({ ...underContext, KeySpec: z.literal('AES_256') }),
      ({ KeyId, EncryptionContext }, asked) => {
        const key = usable(asked, 'GenerateDataKey', 'ENCRYPT_DECRYPT', KeyId, contextKeys(EncryptionContext));
        const plaintext = randomBytes(32);
        const blob = encrypt(key.id, key.material, plaintext, EncryptionContext);
        return { CiphertextBlob: blob.toString('base64'), Plaintext: plaintext.toString('base64'), KeyId: key.arn };
      },
    ),
    Decrypt: action(
      z.strictObject({ ...underContext, CiphertextBlob: bytes(6144) }),
      ({ KeyId, CiphertextBlob, EncryptionContext }, asked) => {
        const id = keyIdOf(CiphertextBlob);
        if (id === undefined) throw new Refusal('InvalidCiphertextException');
        const key = usable(asked, 'Decrypt', 'ENCRYPT_DECRYPT', KeyId, contextKeys(EncryptionContext));
        if (id !== key.id) {
          const sentence = 'The key ID in the request does not identify a CMK that can perform this operation.';
          throw new Refusal('IncorrectKeyException', sentence);
        }
        const plaintext = decrypt(CiphertextBlob, key.material, EncryptionContext);
        if (!plaintext) throw new Refusal('InvalidCiphertextException');
        return { KeyId: key.arn, Plaintext: plaintext.toString('base64'), EncryptionAlgorithm: 'SYMMETRIC_DEFAULT' };
      },
    ),
    GenerateMac: action(code, (input, asked) => {
      const { key, mac } = coded(asked, 'GenerateMac', input);
      return { KeyId: key.arn, Mac: mac.toString('base64'), MacAlgorithm: input.MacAlgorithm };
    }),
    VerifyMac: action(code.extend({ Mac: bytes(6144) }), (input, asked) => {
      const { key, mac } = coded(asked, 'VerifyMac', input);
      const isRight = input.Mac.length === mac.length && timingSafeEqual(input.Mac, mac);
      if (!isRight) throw new Refusal('KMSInvalidMacException');
      return { KeyId: key.arn, MacValid: true, MacAlgorithm: input.MacAlgorithm };
    }),
    /** A message, and no digest of one: Node signs messages alone. */
    Sign: action(
      z.strictObject({
        KeyId: keyId,
        Message: message,
        MessageType: z.literal('RAW'),
        SigningAlgorithm: z.literal('ECDSA_SHA_256'),
      }),
      ({ KeyId, Message, SigningAlgorithm }, asked) => {
        const key = usable(asked, 'Sign', 'SIGN_VERIFY', KeyId, { 'kms:SigningAlgorithm': [SigningAlgorithm] });
        const Signature = sign('sha256', Message, privateKeyOf(key.material)).toString('base64');
        return { KeyId: key.arn, Signature, SigningAlgorithm };
      },
    ),
    GetPublicKey: action(z.strictObject({ KeyId: keyId }), ({ KeyId }, asked) => {
      const key = usable(asked, 'GetPublicKey', 'SIGN_VERIFY', KeyId);
      return {
        KeyId: key.arn,
        PublicKey: publicKeyOf(key.material).toString('base64'),
        KeySpec: key.spec,
        KeyUsage: key.usage,
        SigningAlgorithms: ['ECDSA_SHA_256'],
      };
    }),
    EnableKey: switching(true),
    DisableKey: switching(false),
  };
}
