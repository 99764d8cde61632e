/** The operations of KMS that the product calls: each is a checked input and what is done with it. */
import { createHmac, randomBytes, sign, timingSafeEqual } from 'node:crypto';
import * as z from 'zod';
import type { JsonActions } from '../endpoint/json.ts';
import type { Authorize, Principal } from '../endpoint/service.ts';
import { type Context, encryptionContextKey } from '../iam/conditions.ts';
import { decrypt, type EncryptionContext, encrypt, keyIdOf } from './ciphertext.ts';
import { KmsError } from './failure.ts';
import { type KeyUsage, privateKeyOf, publicKeyOf } from './key-specs.ts';
import type { Key, Keys } from './keys.ts';

interface Caller {
  readonly principal: Principal;
  readonly keys: Keys;
  readonly authorize: Authorize;
}

type Operation = (caller: Caller, input: unknown) => object;

/** Strict: a field of AWS that is not here would be accepted and ignored. */
const operation =
  <Shape extends z.ZodRawShape>(
    shape: Shape,
    run: (input: z.output<z.ZodObject<Shape>>, caller: Caller) => object,
  ): Operation =>
  (caller, input) => {
    const parsed = z.strictObject(shape).safeParse(input);
    if (parsed.success) return run(parsed.data as z.output<z.ZodObject<Shape>>, caller);
    // Only names: a value may be what is to be kept secret.
    const fields = parsed.error.issues.flatMap((issue) =>
      issue.code === 'unrecognized_keys' ? issue.keys : [issue.path.map(String).join('.')],
    );
    throw new KmsError('ValidationException', `The embedded KMS does not take ${fields.join(', ')} as it was sent.`);
  };

/** Base64 of 1 to `most` bytes, decoded. */
const bytes = (most: number) =>
  z
    .base64()
    .transform((text) => Buffer.from(text, 'base64'))
    .refine(({ length }) => length > 0 && length <= most);

const keyId = z.string().min(1);
const message = bytes(4096);

/** The key, once the caller may do `action` on it and it is enabled and for this usage. */
function usable(
  { keys, principal, authorize }: Caller,
  action: string,
  { name, usage, context = {} }: { readonly name: string; readonly usage: KeyUsage; readonly context?: Context },
): Key {
  const key = keys.find(name);
  authorize(principal, `kms:${action}`, key.arn, context);
  requireUsable(key, usage, action);
  return key;
}

/** Throws KmsError unless the key is enabled and for this usage. `action` is named in the sentence. */
export function requireUsable(key: Key, usage: KeyUsage, action: string): void {
  if (!key.isEnabled) throw new KmsError('DisabledException', `${key.arn} is disabled.`);
  if (key.usage === usage) return;
  const sentence = `${key.arn} key usage is ${key.usage} which is not valid for ${action}.`;
  throw new KmsError('InvalidKeyUsageException', sentence);
}

/** The condition keys of an encryption context. */
export const contextKeys = (context: EncryptionContext): Context => ({
  'kms:EncryptionContextKeys': Object.keys(context),
  ...Object.fromEntries(Object.entries(context).map(([name, value]) => [encryptionContextKey(name), [value]])),
});

const underContext = { KeyId: keyId, EncryptionContext: z.record(z.string(), z.string()).default({}) };
const code = { KeyId: keyId, Message: message, MacAlgorithm: z.literal('HMAC_SHA_256') };

function macOf(
  input: { readonly KeyId: string; readonly Message: Buffer; readonly MacAlgorithm: string },
  caller: Caller,
  action: string,
) {
  const context = { 'kms:MacAlgorithm': [input.MacAlgorithm] };
  const key = usable(caller, action, { name: input.KeyId, usage: 'GENERATE_VERIFY_MAC', context });
  return { key, mac: createHmac('sha256', key.material).update(input.Message).digest() };
}

const switching = (action: 'EnableKey' | 'DisableKey') =>
  operation({ KeyId: keyId }, ({ KeyId }, { keys, principal, authorize }) => {
    const key = keys.find(KeyId);
    authorize(principal, `kms:${action}`, key.arn);
    keys.enable(key, action === 'EnableKey');
    return {};
  });

const operations: Readonly<Record<string, Operation>> = {
  GenerateDataKey: operation({ ...underContext, KeySpec: z.literal('AES_256') }, (input, caller) => {
    const { KeyId: name, EncryptionContext } = input;
    const context = contextKeys(EncryptionContext);
    const key = usable(caller, 'GenerateDataKey', { name, usage: 'ENCRYPT_DECRYPT', context });
    const plaintext = randomBytes(32);
    const blob = encrypt(key.id, key.material, plaintext, EncryptionContext);
    return { CiphertextBlob: blob.toString('base64'), Plaintext: plaintext.toString('base64'), KeyId: key.arn };
  }),
  Decrypt: operation({ ...underContext, CiphertextBlob: bytes(6144) }, (input, caller) => {
    const { KeyId: name, CiphertextBlob, EncryptionContext } = input;
    const id = keyIdOf(CiphertextBlob);
    if (id === undefined) throw new KmsError('InvalidCiphertextException');
    const context = contextKeys(EncryptionContext);
    const key = usable(caller, 'Decrypt', { name, usage: 'ENCRYPT_DECRYPT', context });
    if (id !== key.id) {
      const sentence = 'The key ID in the request does not identify a CMK that can perform this operation.';
      throw new KmsError('IncorrectKeyException', sentence);
    }
    const plaintext = decrypt(CiphertextBlob, key.material, EncryptionContext);
    if (!plaintext) throw new KmsError('InvalidCiphertextException');
    return { KeyId: key.arn, Plaintext: plaintext.toString('base64'), EncryptionAlgorithm: 'SYMMETRIC_DEFAULT' };
  }),
  GenerateMac: operation(code, (input, caller) => {
    const { key, mac } = macOf(input, caller, 'GenerateMac');
    return { KeyId: key.arn, Mac: mac.toString('base64'), MacAlgorithm: input.MacAlgorithm };
  }),
  VerifyMac: operation({ ...code, Mac: bytes(6144) }, ({ Mac, ...input }, caller) => {
    const { key, mac } = macOf(input, caller, 'VerifyMac');
    const isRight = Mac.length === mac.length && timingSafeEqual(Mac, mac);
    if (!isRight) throw new KmsError('KMSInvalidMacException');
    return { KeyId: key.arn, MacValid: true, MacAlgorithm: input.MacAlgorithm };
  }),
  /** A message, and no digest of one: Node signs messages alone. */
  Sign: operation(
    { KeyId: keyId, Message: message, MessageType: z.literal('RAW'), SigningAlgorithm: z.literal('ECDSA_SHA_256') },
    ({ KeyId: name, Message, SigningAlgorithm }, caller) => {
      const context = { 'kms:SigningAlgorithm': [SigningAlgorithm] };
      const key = usable(caller, 'Sign', { name, usage: 'SIGN_VERIFY', context });
      const Signature = sign('sha256', Message, privateKeyOf(key.material)).toString('base64');
      return { KeyId: key.arn, Signature, SigningAlgorithm };
    },
  ),
  GetPublicKey: operation({ KeyId: keyId }, ({ KeyId: name }, caller) => {
    const key = usable(caller, 'GetPublicKey', { name, usage: 'SIGN_VERIFY' });
    return {
      KeyId: key.arn,
      PublicKey: publicKeyOf(key.material).toString('base64'),
      KeySpec: key.spec,
      KeyUsage: key.usage,
      SigningAlgorithms: ['ECDSA_SHA_256'],
    };
  }),
  EnableKey: switching('EnableKey'),
  DisableKey: switching('DisableKey'),
};

/** Each by its name, over these keys. */
export const operationsFor = (parts: Omit<Caller, 'principal'>): JsonActions =>
  Object.fromEntries(
    Object.entries(operations).map(([name, perform]) => [
      name,
      (input, principal) => perform({ ...parts, principal }, input),
    ]),
  );
