import { constants, createPublicKey, verify } from 'node:crypto';
import {
  EncryptCommand,
  GenerateMacCommand,
  GetPublicKeyCommand,
  SignCommand,
  VerifyCommand,
  VerifyMacCommand,
} from '@aws-sdk/client-kms';
import { beforeAll, describe, expect, test } from 'vitest';
import { bytesOf, key, keyArn, startKms } from './kms-over-http.ts';

const resources = {
  CodeKey: key('HMAC_256', 'GENERATE_VERIFY_MAC'),
  LongCodeKey: key('HMAC_512', 'GENERATE_VERIFY_MAC'),
  AnchorKey: key('ECC_NIST_P256', 'SIGN_VERIFY'),
  WideKey: key('ECC_NIST_P384', 'SIGN_VERIFY'),
  RsaKey: key('RSA_2048', 'SIGN_VERIFY'),
  VaultKey: key(),
};

let kms: Awaited<ReturnType<typeof startKms>>;
beforeAll(async () => {
  kms = await startKms(resources);
});

const Message = bytesOf('hash of a commit');
const wrong = bytesOf('hash of another commit');

describe('an authentication code', () => {
  const input = { KeyId: 'CodeKey', MacAlgorithm: 'HMAC_SHA_256', Message } as const;
  const made = async () => (await kms.operator.send(new GenerateMacCommand(input))).Mac ?? new Uint8Array();

  test('is the same for the same message, and is right', async () => {
    const Mac = await made();
    expect(Mac).toHaveLength(32);
    expect(await made()).toEqual(Mac);
    expect(await kms.operator.send(new VerifyMacCommand({ ...input, Mac }))).toMatchObject({
      KeyId: keyArn('CodeKey'),
      MacValid: true,
      MacAlgorithm: 'HMAC_SHA_256',
    });
  });

  test('is wrong of another message, cut short or changed', async () => {
    const Mac = await made();
    const cases = [
      { Message: wrong, Mac },
      { Message, Mac: Mac.slice(0, 31) },
      { Message, Mac: Uint8Array.from(Mac, (byte) => byte ^ 1) },
    ];
    for (const each of cases) {
      await expect(kms.operator.send(new VerifyMacCommand({ ...input, ...each }))).rejects.toMatchObject({
        name: 'KMSInvalidMacException',
      });
    }
  });

  test.each([
    [
      'with the algorithm of another kind of key',
      { ...input, MacAlgorithm: 'HMAC_SHA_512' },
      'InvalidKeyUsageException',
      'Algorithm HMAC_SHA_512 is incompatible with key spec HMAC_256.',
    ],
    [
      'with an algorithm that is not there',
      { ...input, MacAlgorithm: 'INVALID' },
      'ValidationException',
      "1 validation error detected: Value 'INVALID' at 'macAlgorithm' failed to satisfy constraint: Member must satisfy enum value set: [HMAC_SHA_384, HMAC_SHA_256, HMAC_SHA_224, HMAC_SHA_512]",
    ],
    [
      'with a key of another use',
      { ...input, KeyId: 'VaultKey' },
      'InvalidKeyUsageException',
      `${keyArn('VaultKey')} key usage is ENCRYPT_DECRYPT which is not valid for GenerateMac.`,
    ],
  ] as const)('is refused %s', async (_, wanted, name, message) => {
    const generate = new GenerateMacCommand(wanted as unknown as typeof input);
    await expect(kms.operator.send(generate)).rejects.toMatchObject({ name, message });
  });

  test('has the length of its key', async () => {
    const code = await kms.operator.send(
      new GenerateMacCommand({ KeyId: 'LongCodeKey', MacAlgorithm: 'HMAC_SHA_512', Message }),
    );
    expect(code.Mac).toHaveLength(64);
  });
});

describe('a signature', () => {
  const kinds = [
    ['AnchorKey', 'ECDSA_SHA_256'],
    ['WideKey', 'ECDSA_SHA_384'],
    ['RsaKey', 'RSASSA_PSS_SHA_256'],
    ['RsaKey', 'RSASSA_PKCS1_V1_5_SHA_512'],
  ] as const;

  test.each(kinds)('of %s by %s is right, and can be checked without KMS', async (KeyId, SigningAlgorithm) => {
    const { Signature = Message } = await kms.operator.send(new SignCommand({ KeyId, SigningAlgorithm, Message }));
    const checked = await kms.operator.send(new VerifyCommand({ KeyId, SigningAlgorithm, Message, Signature }));
    expect(checked).toMatchObject({ KeyId: keyArn(KeyId), SignatureValid: true, SigningAlgorithm });

    const shared = await kms.operator.send(new GetPublicKeyCommand({ KeyId }));
    expect(shared).toMatchObject({ KeyId: keyArn(KeyId), KeyUsage: 'SIGN_VERIFY' });
    expect(shared.SigningAlgorithms).toContain(SigningAlgorithm);
    const outside = createPublicKey({ key: Buffer.from(shared.PublicKey ?? []), format: 'der', type: 'spki' });
    const padding = SigningAlgorithm.startsWith('RSASSA_PSS')
      ? { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 }
      : {};
    const digest = `sha${SigningAlgorithm.slice(-3)}`;
    expect(verify(digest, Message, { key: outside, ...padding }, Signature)).toBe(true);
    expect(verify(digest, wrong, { key: outside, ...padding }, Signature)).toBe(false);
  });

  test.each(kinds)('of %s by %s is wrong of another message', async (KeyId, SigningAlgorithm) => {
    const { Signature } = await kms.operator.send(new SignCommand({ KeyId, SigningAlgorithm, Message }));
    await expect(
      kms.operator.send(new VerifyCommand({ KeyId, SigningAlgorithm, Message: wrong, Signature })),
    ).rejects.toMatchObject({ name: 'KMSInvalidSignatureException' });
  });

  test.each([
    [
      'by an algorithm of another curve',
      { KeyId: 'AnchorKey', SigningAlgorithm: 'ECDSA_SHA_384' },
      'InvalidKeyUsageException',
      'Algorithm ECDSA_SHA_384 is incompatible with key spec ECC_NIST_P256.',
    ],
    [
      'with a key of another use',
      { KeyId: 'CodeKey', SigningAlgorithm: 'ECDSA_SHA_256' },
      'InvalidKeyUsageException',
      `${keyArn('CodeKey')} key usage is GENERATE_VERIFY_MAC which is not valid for Sign.`,
    ],
    [
      'of a digest',
      { KeyId: 'AnchorKey', SigningAlgorithm: 'ECDSA_SHA_256', MessageType: 'DIGEST' },
      'UnsupportedOperationException',
      'The embedded KMS signs messages alone: send MessageType RAW, not DIGEST.',
    ],
  ] as const)('is refused %s', async (_, wanted, name, message) => {
    await expect(kms.operator.send(new SignCommand({ ...wanted, Message }))).rejects.toMatchObject({ name, message });
  });

  test('has no public key where the key is secret, and its key encrypts nothing', async () => {
    await expect(kms.operator.send(new GetPublicKeyCommand({ KeyId: 'CodeKey' }))).rejects.toMatchObject({
      name: 'UnsupportedOperationException',
    });
    await expect(
      kms.operator.send(new EncryptCommand({ KeyId: 'AnchorKey', Plaintext: Message })),
    ).rejects.toMatchObject({ name: 'InvalidKeyUsageException' });
  });
});
