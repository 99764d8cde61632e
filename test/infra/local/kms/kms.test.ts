/** The calls of KMS that the product makes, through the AWS SDK, and the keys that they are made with. */
import { createPublicKey, verify } from 'node:crypto';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  DecryptCommand,
  DisableKeyCommand,
  EnableKeyCommand,
  EncryptCommand,
  GenerateDataKeyCommand,
  GenerateMacCommand,
  GetPublicKeyCommand,
  SignCommand,
  VerifyMacCommand,
} from '@aws-sdk/client-kms';
import { beforeAll, describe, expect, test } from 'vitest';
import { newFolder } from '../dynamodb/new-folder.ts';
import { bytesOf, key, keyArn, startKms } from './kms-over-http.ts';

const resources = {
  VaultKey: key(),
  OtherKey: key(),
  CodeKey: key('HMAC_256', 'GENERATE_VERIFY_MAC'),
  AnchorKey: key('ECC_NIST_P256', 'SIGN_VERIFY'),
};
type Kms = Awaited<ReturnType<typeof startKms>>;
let kms: Kms;
beforeAll(async () => {
  kms = await startKms(resources);
});

const EncryptionContext = { of: 'CR-7F3KD-9QXMT2', purpose: 'seal' };
const vault = { KeyId: 'VaultKey', EncryptionContext };
async function dataKey({ operator }: Kms = kms, KeyId = 'VaultKey') {
  const made = await operator.send(new GenerateDataKeyCommand({ ...vault, KeyId, KeySpec: 'AES_256' }));
  return { plaintext: made.Plaintext ?? new Uint8Array(), blob: made.CiphertextBlob ?? new Uint8Array(), made };
}
const open = (CiphertextBlob: Uint8Array, more: object = {}, { operator }: Kms = kms) =>
  operator.send(new DecryptCommand({ ...vault, CiphertextBlob, ...more }));

describe('a data key', () => {
  test('is another one each time, and its ciphertext opens to it, whatever the order of its context', async () => {
    const { made, plaintext, blob } = await dataKey();
    expect([made.KeyId, plaintext.length]).toEqual([keyArn('VaultKey'), 32]);
    expect((await dataKey()).plaintext).not.toEqual(plaintext);
    const opened = await open(blob, {
      KeyId: keyArn('VaultKey'),
      EncryptionContext: { purpose: 'seal', of: EncryptionContext.of },
    });
    expect(opened.Plaintext).toEqual(plaintext);
  });

  test.each([
    ['without a context', undefined],
    ['under another value', { ...EncryptionContext, purpose: 'open' }],
    ['under one name less', { of: EncryptionContext.of }],
    ['under one name more', { ...EncryptionContext, more: 'x' }],
    ['where name and value run together', { of: `${EncryptionContext.of}purpose`, '': 'seal' }],
  ])('does not open %s', async (_, context) => {
    const { blob } = await dataKey();
    await expect(open(blob, { EncryptionContext: context })).rejects.toMatchObject({
      name: 'InvalidCiphertextException',
    });
  });

  test('does not open with any one of its bytes changed, nor cut short', async () => {
    const { blob } = await dataKey();
    const changed = [...blob].map((_, at) => Uint8Array.from(blob, (byte, index) => (index === at ? byte ^ 1 : byte)));
    for (const each of [...changed, ...[1, 2, 10, 30, blob.length - 1].map((length) => blob.slice(0, length))]) {
      const error = await open(each).catch((refused: Error) => refused);
      expect(['InvalidCiphertextException', 'IncorrectKeyException']).toContain((error as Error).name);
    }
  });

  test('opens with its own key alone', async () => {
    const { blob } = await dataKey();
    await expect(open(blob, { KeyId: 'OtherKey' })).rejects.toMatchObject({
      name: 'IncorrectKeyException',
      message: 'The key ID in the request does not identify a CMK that can perform this operation.',
    });
  });
});

describe('an authentication code', () => {
  const Message = bytesOf('hash of a commit');
  const input = { KeyId: 'CodeKey', MacAlgorithm: 'HMAC_SHA_256', Message } as const;
  const made = async () => (await kms.operator.send(new GenerateMacCommand(input))).Mac ?? new Uint8Array();

  test('is the same for the same message, and is right', async () => {
    const Mac = await made();
    expect([Mac.length, await made()]).toEqual([32, Mac]);
    expect((await kms.operator.send(new VerifyMacCommand({ ...input, Mac }))).MacValid).toBe(true);
  });

  test('is wrong of another message, cut short or changed', async () => {
    const Mac = await made();
    for (const wrong of [
      { Message: bytesOf('hash of another commit'), Mac },
      { Mac: Mac.slice(0, 31) },
      { Mac: Uint8Array.from(Mac, (byte) => byte ^ 1) },
    ]) {
      await expect(kms.operator.send(new VerifyMacCommand({ ...input, ...wrong }))).rejects.toMatchObject({
        name: 'KMSInvalidMacException',
      });
    }
  });
});

test('a signature is right, and can be checked without KMS', async () => {
  const Message = bytesOf('the root of an hour');
  const signing = { KeyId: 'AnchorKey', SigningAlgorithm: 'ECDSA_SHA_256', MessageType: 'RAW', Message } as const;
  const { Signature = Message } = await kms.operator.send(new SignCommand(signing));
  const { PublicKey, KeyUsage } = await kms.operator.send(new GetPublicKeyCommand({ KeyId: 'AnchorKey' }));
  expect(KeyUsage).toBe('SIGN_VERIFY');
  const outside = createPublicKey({ key: Buffer.from(PublicKey ?? []), format: 'der', type: 'spki' });
  expect(verify('sha256', Message, outside, Signature)).toBe(true);
  expect(verify('sha256', bytesOf('another root'), outside, Signature)).toBe(false);
});

describe('a call is refused', () => {
  const make = (more: object) => new GenerateDataKeyCommand({ ...vault, KeySpec: 'AES_256', ...more });
  test.each([
    ['for a key that is not there', { KeyId: 'NoKey' }, 'NotFoundException', `Key '${keyArn('NoKey')}' does not exist`],
    [
      'for a key of another use',
      { KeyId: 'CodeKey' },
      'InvalidKeyUsageException',
      `${keyArn('CodeKey')} key usage is GENERATE_VERIFY_MAC which is not valid for GenerateDataKey.`,
    ],
    [
      'with a grant token',
      { GrantTokens: ['token'] },
      'ValidationException',
      'does not take GenerateDataKey as it was sent: Unrecognized key: "GrantTokens"',
    ],
    ['for another length', { KeySpec: 'AES_128' }, 'ValidationException', 'as it was sent: KeySpec: '],
    [
      'with a context that is no map of texts',
      { EncryptionContext: { a: 1 as unknown as string } },
      'ValidationException',
      'as it was sent: EncryptionContext: a: ',
    ],
  ])('%s', async (_, more, name, sentence) => {
    await expect(kms.operator.send(make(more))).rejects.toMatchObject({
      name,
      message: expect.stringContaining(sentence),
    });
  });

  test('that no one makes, in one sentence, which never repeats what was to be encrypted', async () => {
    const encrypt = new EncryptCommand({ KeyId: 'VaultKey', Plaintext: bytesOf('An invented narrative.') });
    await expect(kms.operator.send(encrypt)).rejects.toMatchObject({
      name: 'UnknownOperationException',
      message: expect.stringMatching(/^The embedded KMS does not offer Encrypt: it has [A-Za-z, ]+\.$/),
    });
  });
});

describe('a disabled key', () => {
  test('does nothing until it is enabled, for callers and for services that encrypt with it', async () => {
    const started = await startKms(resources);
    const { operator, useKey } = started;
    const { plaintext, blob } = await dataKey(started);
    const use = () =>
      useKey({ kind: 'operator' }, { key: 'VaultKey', actions: ['Decrypt'], via: 'dynamodb', context: {} });
    expect(use).not.toThrow();
    await operator.send(new DisableKeyCommand({ KeyId: 'VaultKey' }));
    const refused = { name: 'DisabledException', message: `${keyArn('VaultKey')} is disabled.` };
    await expect(dataKey(started)).rejects.toMatchObject(refused);
    await expect(open(blob, {}, started)).rejects.toMatchObject(refused);
    expect(use).toThrow(`DisabledException: ${keyArn('VaultKey')} is disabled.`);
    await operator.send(new EnableKeyCommand({ KeyId: 'VaultKey' }));
    expect((await open(blob, {}, started)).Plaintext).toEqual(plaintext);
  });
});

describe('after a restart', () => {
  test('each key is the same, its state too, in a file that only its owner can read', async () => {
    const folder = join(newFolder(), 'kms');
    const first = await startKms(resources, { folder });
    const { plaintext, blob } = await dataKey(first);
    await first.operator.send(new DisableKeyCommand({ KeyId: 'OtherKey' }));
    await first.stop();
    expect(statSync(join(folder, 'keys.json')).mode & 0o777).toBe(0o600);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    const again = await startKms(resources, { folder });
    expect((await open(blob, {}, again)).Plaintext).toEqual(plaintext);
    await expect(dataKey(again, 'OtherKey')).rejects.toMatchObject({ name: 'DisabledException' });
    const other = await startKms(resources, { folder: newFolder() });
    await expect(open(blob, {}, other)).rejects.toMatchObject({ name: 'InvalidCiphertextException' });
  });
});

describe('a start is stopped by', () => {
  test.each([
    [key('SYMMETRIC_DEFAULT', 'SIGN_VERIFY'), 'has the usage SIGN_VERIFY'],
    [key('RSA_2048', 'SIGN_VERIFY'), 'does not make this kind of key'],
    [key('SYMMETRIC_DEFAULT', 'ENCRYPT_DECRYPT', { MultiRegion: true }), 'MultiRegion'],
  ])('%j', async (written, sentence) => {
    await expect(startKms({ VaultKey: written })).rejects.toThrow(sentence);
  });

  test('a kept key of another kind, which is left as it was, and a damaged file', async () => {
    const folder = newFolder();
    await (await startKms({ CodeKey: key() }, { folder })).stop();
    const before = readFileSync(join(folder, 'keys.json'), 'utf8');
    await expect(startKms({ CodeKey: key('HMAC_256', 'GENERATE_VERIFY_MAC') }, { folder })).rejects.toThrow(
      'The key CodeKey is kept as SYMMETRIC_DEFAULT and the template has HMAC_256',
    );
    expect(readFileSync(join(folder, 'keys.json'), 'utf8')).toBe(before);
    writeFileSync(join(folder, 'keys.json'), '{"VaultKey":1}');
    await expect(startKms(resources, { folder })).rejects.toThrow(/keys\.json is damaged/);
  });
});
