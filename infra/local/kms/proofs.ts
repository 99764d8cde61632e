/** Authentication codes with HMAC keys, and signatures with asymmetric keys. */
import { constants, createHmac, createPublicKey, sign, timingSafeEqual, verify } from 'node:crypto';
import * as z from 'zod';
import { KmsError } from './failure.ts';
import { keySpecs, privateKeyOf, publicKeyOf } from './key-specs.ts';
import type { Key } from './keys.ts';
import { allow, type Caller, type Operation, operation, requireUsable } from './operation.ts';
import { bytes, keyId, oneOf } from './parameters.ts';

/** `HMAC_SHA_256`, `ECDSA_SHA_256` and `RSASSA_PSS_SHA_256` all use `sha256`. */
const digestOf = (algorithm: string) => `sha${algorithm.slice(-3)}`;

const message = bytes(4096);

/** Throws KmsError unless the key is for this use of it and has the algorithm. */
function requireAlgorithm(key: Key, usage: Key['usage'], algorithm: string, action: string): void {
  requireUsable(key, usage, action);
  if ((keySpecs[key.spec].algorithms as readonly string[]).includes(algorithm)) return;
  throw new KmsError('InvalidKeyUsageException', `Algorithm ${algorithm} is incompatible with key spec ${key.spec}.`);
}

const macInput = z.strictObject({
  KeyId: keyId,
  Message: message,
  MacAlgorithm: oneOf('HMAC_SHA_384', 'HMAC_SHA_256', 'HMAC_SHA_224', 'HMAC_SHA_512'),
});

function macOf({ KeyId: name, Message, MacAlgorithm }: z.output<typeof macInput>, caller: Caller, action: string) {
  const key = caller.keys.find(name);
  allow(caller, action, key, { name, context: { 'kms:MacAlgorithm': [MacAlgorithm] } });
  requireAlgorithm(key, 'GENERATE_VERIFY_MAC', MacAlgorithm, action);
  return { key, mac: createHmac(digestOf(MacAlgorithm), key.material).update(Message).digest() };
}

const signingInput = z.strictObject({
  KeyId: keyId,
  Message: message,
  MessageType: oneOf('RAW', 'DIGEST', 'EXTERNAL_MU').default('RAW'),
  SigningAlgorithm: oneOf(
    ...['RSASSA_PSS_SHA_256', 'RSASSA_PSS_SHA_384', 'RSASSA_PSS_SHA_512'],
    ...['RSASSA_PKCS1_V1_5_SHA_256', 'RSASSA_PKCS1_V1_5_SHA_384', 'RSASSA_PKCS1_V1_5_SHA_512'],
    ...['ECDSA_SHA_256', 'ECDSA_SHA_384', 'ECDSA_SHA_512'],
  ),
});

/** Node signs messages alone, not digests of elliptic curves: one rule for all kinds of keys. */
function signingKey(input: z.output<typeof signingInput>, caller: Caller, action: string): Key {
  const { KeyId: name, MessageType, SigningAlgorithm } = input;
  const key = caller.keys.find(name);
  const context = { 'kms:SigningAlgorithm': [SigningAlgorithm], 'kms:MessageType': [MessageType] };
  allow(caller, action, key, { name, context });
  requireAlgorithm(key, 'SIGN_VERIFY', SigningAlgorithm, action);
  if (MessageType === 'RAW') return key;
  const sentence = `The embedded KMS signs messages alone: send MessageType RAW, not ${MessageType}.`;
  throw new KmsError('UnsupportedOperationException', sentence);
}

const paddingOf = (algorithm: string) =>
  algorithm.startsWith('RSASSA_PSS')
    ? { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }
    : {};

export const proofOperations: Readonly<Record<string, Operation>> = {
  GenerateMac: operation(macInput, (input, caller) => {
    const { key, mac } = macOf(input, caller, 'GenerateMac');
    return { KeyId: key.arn, Mac: mac.toString('base64'), MacAlgorithm: input.MacAlgorithm };
  }),
  VerifyMac: operation(macInput.extend({ Mac: bytes(6144) }), ({ Mac, ...input }, caller) => {
    const { key, mac } = macOf(input, caller, 'VerifyMac');
    const isRight = Mac.length === mac.length && timingSafeEqual(Mac, mac);
    if (!isRight) throw new KmsError('KMSInvalidMacException');
    return { KeyId: key.arn, MacValid: true, MacAlgorithm: input.MacAlgorithm };
  }),
  Sign: operation(signingInput, (input, caller) => {
    const key = signingKey(input, caller, 'Sign');
    const { Message, SigningAlgorithm } = input;
    const secret = { key: privateKeyOf(key.material), ...paddingOf(SigningAlgorithm) };
    const Signature = sign(digestOf(SigningAlgorithm), Message, secret).toString('base64');
    return { KeyId: key.arn, Signature, SigningAlgorithm };
  }),
  Verify: operation(signingInput.extend({ Signature: bytes(6144) }), ({ Signature, ...input }, caller) => {
    const key = signingKey(input, caller, 'Verify');
    const { Message, SigningAlgorithm } = input;
    const shared = { key: createPublicKey(privateKeyOf(key.material)), ...paddingOf(SigningAlgorithm) };
    if (!verify(digestOf(SigningAlgorithm), Message, shared, Signature)) {
      throw new KmsError('KMSInvalidSignatureException');
    }
    return { KeyId: key.arn, SignatureValid: true, SigningAlgorithm };
  }),
  GetPublicKey: operation(z.strictObject({ KeyId: keyId }), ({ KeyId: name }, caller) => {
    const key = caller.keys.find(name);
    allow(caller, 'GetPublicKey', key, { name });
    if (key.usage !== 'SIGN_VERIFY') {
      const sentence = `${key.arn} key usage is ${key.usage} which is not valid for GetPublicKey.`;
      throw new KmsError('UnsupportedOperationException', sentence);
    }
    requireUsable(key, 'SIGN_VERIFY', 'GetPublicKey');
    return {
      KeyId: key.arn,
      PublicKey: publicKeyOf(key.material).toString('base64'),
      KeySpec: key.spec,
      CustomerMasterKeySpec: key.spec,
      KeyUsage: key.usage,
      SigningAlgorithms: keySpecs[key.spec].algorithms,
    };
  }),
};
