/** Symmetric keys: data keys, small plaintexts, and random bytes. */
import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import { AccessDenied } from '../endpoint/service.ts';
import { decrypt, type EncryptionContext, encrypt, keyIdOf } from './ciphertext.ts';
import { KmsError } from './failure.ts';
import type { Key } from './keys.ts';
import {
  allow,
  type Caller,
  contextKeys,
  type Operation,
  operation,
  requireEnabled,
  requireUsable,
} from './operation.ts';
import { bytes, count, encryptionContext, keyId, oneOf } from './parameters.ts';

const algorithm = oneOf('SYMMETRIC_DEFAULT').default('SYMMETRIC_DEFAULT');
const usesAlgorithm = { 'kms:EncryptionAlgorithm': ['SYMMETRIC_DEFAULT'] };
const ciphertextBlob = bytes(6144);

const bytesOfDataKey = { AES_128: 16, AES_256: 32 } as const;

const dataKeyInput = z.strictObject({
  KeyId: keyId,
  EncryptionContext: encryptionContext,
  KeySpec: oneOf('AES_256', 'AES_128').optional(),
  NumberOfBytes: count(1, 1024).optional(),
});

function newDataKey(input: z.output<typeof dataKeyInput>, caller: Caller, action: string) {
  const { KeyId: name, EncryptionContext: context, KeySpec, NumberOfBytes } = input;
  const key = caller.keys.find(name);
  allow(caller, action, key, { name, context: { ...contextKeys(context), ...usesAlgorithm } });
  requireUsable(key, 'ENCRYPT_DECRYPT', action);
  if ((KeySpec === undefined) === (NumberOfBytes === undefined)) {
    throw new KmsError('ValidationException', 'Please specify either number of bytes or key spec.');
  }
  const plaintext = randomBytes(KeySpec === undefined ? (NumberOfBytes ?? 0) : bytesOfDataKey[KeySpec]);
  const blob = encrypt(key.id, key.material, plaintext, context);
  return { CiphertextBlob: blob.toString('base64'), Plaintext: plaintext.toString('base64'), KeyId: key.arn };
}

/**
 * What a blob holds, and its key. The blob names its key; `name` is the key that the caller expects. As in AWS, an
 * erased key has the same error as a key without permission.
 */
function open(
  caller: Caller,
  action: string,
  blob: Buffer,
  { name, context }: { readonly name: string | undefined; readonly context: EncryptionContext },
): { readonly key: Key; readonly plaintext: Buffer } {
  const expected = name === undefined ? undefined : caller.keys.find(name);
  const id = keyIdOf(blob);
  if (id === undefined) throw new KmsError('InvalidCiphertextException');
  const key = keyOf(caller, id);
  allow(caller, action, expected ?? key, { name, context: { ...contextKeys(context), ...usesAlgorithm } });
  if (expected !== undefined && expected.id !== key.id) {
    const sentence = 'The key ID in the request does not identify a CMK that can perform this operation.';
    throw new KmsError('IncorrectKeyException', sentence);
  }
  requireEnabled(key);
  const plaintext = decrypt(blob, key.material, context);
  if (!plaintext) throw new KmsError('InvalidCiphertextException');
  return { key, plaintext };
}

function keyOf({ keys }: Caller, id: string): Key {
  const key = keys.all().find((candidate) => candidate.id === id);
  if (key?.usage === 'ENCRYPT_DECRYPT') return key;
  throw new AccessDenied(
    'The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you are not allowed to access.',
  );
}

export const encryptionOperations: Readonly<Record<string, Operation>> = {
  Encrypt: operation(
    z.strictObject({
      KeyId: keyId,
      Plaintext: bytes(4096),
      EncryptionContext: encryptionContext,
      EncryptionAlgorithm: algorithm,
    }),
    ({ KeyId: name, Plaintext, EncryptionContext: context, EncryptionAlgorithm }, caller) => {
      const key = caller.keys.find(name);
      allow(caller, 'Encrypt', key, { name, context: { ...contextKeys(context), ...usesAlgorithm } });
      requireUsable(key, 'ENCRYPT_DECRYPT', 'Encrypt');
      const blob = encrypt(key.id, key.material, Plaintext, context);
      return { CiphertextBlob: blob.toString('base64'), KeyId: key.arn, EncryptionAlgorithm };
    },
  ),
  Decrypt: operation(
    z.strictObject({
      KeyId: keyId.optional(),
      CiphertextBlob: ciphertextBlob,
      EncryptionContext: encryptionContext,
      EncryptionAlgorithm: algorithm,
    }),
    ({ KeyId: name, CiphertextBlob, EncryptionContext: context, EncryptionAlgorithm }, caller) => {
      const { key, plaintext } = open(caller, 'Decrypt', CiphertextBlob, { name, context });
      return { KeyId: key.arn, Plaintext: plaintext.toString('base64'), EncryptionAlgorithm };
    },
  ),
  ReEncrypt: operation(
    z.strictObject({
      CiphertextBlob: ciphertextBlob,
      SourceKeyId: keyId.optional(),
      SourceEncryptionContext: encryptionContext,
      SourceEncryptionAlgorithm: algorithm,
      DestinationKeyId: keyId,
      DestinationEncryptionContext: encryptionContext,
      DestinationEncryptionAlgorithm: algorithm,
    }),
    (input, caller) => {
      const source = open(caller, 'ReEncryptFrom', input.CiphertextBlob, {
        name: input.SourceKeyId,
        context: input.SourceEncryptionContext,
      });
      const context = input.DestinationEncryptionContext;
      const key = caller.keys.find(input.DestinationKeyId);
      allow(caller, 'ReEncryptTo', key, {
        name: input.DestinationKeyId,
        context: { ...contextKeys(context), ...usesAlgorithm },
      });
      requireUsable(key, 'ENCRYPT_DECRYPT', 'ReEncryptTo');
      return {
        CiphertextBlob: encrypt(key.id, key.material, source.plaintext, context).toString('base64'),
        SourceKeyId: source.key.arn,
        KeyId: key.arn,
        SourceEncryptionAlgorithm: input.SourceEncryptionAlgorithm,
        DestinationEncryptionAlgorithm: input.DestinationEncryptionAlgorithm,
      };
    },
  ),
  GenerateDataKey: operation(dataKeyInput, (input, caller) => newDataKey(input, caller, 'GenerateDataKey')),
  GenerateDataKeyWithoutPlaintext: operation(dataKeyInput, (input, caller) => {
    const whole = { ...input, ...(input.NumberOfBytes === undefined && { KeySpec: input.KeySpec ?? 'AES_256' }) };
    const { Plaintext: _kept, ...answer } = newDataKey(whole, caller, 'GenerateDataKeyWithoutPlaintext');
    return answer;
  }),
  GenerateRandom: operation(z.strictObject({ NumberOfBytes: count(1, 1024).optional() }), (input, caller) => {
    caller.authorize(caller.principal, 'kms:GenerateRandom', '*');
    if (input.NumberOfBytes === undefined) throw new KmsError('ValidationException', 'NumberOfBytes is required.');
    return { Plaintext: randomBytes(input.NumberOfBytes).toString('base64') };
  }),
};
