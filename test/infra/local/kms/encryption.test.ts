import {
  DecryptCommand,
  EncryptCommand,
  GenerateDataKeyCommand,
  GenerateDataKeyWithoutPlaintextCommand,
  GenerateRandomCommand,
  ReEncryptCommand,
} from '@aws-sdk/client-kms';
import { beforeAll, describe, expect, test } from 'vitest';
import { bytesOf, key, keyArn, startKms } from './kms-over-http.ts';

const resources = {
  VaultKey: key(),
  OtherKey: key(),
  CodeKey: key('HMAC_256', 'GENERATE_VERIFY_MAC'),
  VaultAlias: { Type: 'AWS::KMS::Alias', Properties: { AliasName: 'alias/vault', TargetKeyId: { Ref: 'VaultKey' } } },
};

let kms: Awaited<ReturnType<typeof startKms>>;
beforeAll(async () => {
  kms = await startKms(resources);
});

const Plaintext = bytesOf('An invented narrative.');
const EncryptionContext = { referral: 'CR-7F3KD-9QXMT2', purpose: 'seal' };
const encrypted = async (KeyId = 'VaultKey') =>
  (await kms.operator.send(new EncryptCommand({ KeyId, Plaintext, EncryptionContext }))).CiphertextBlob ?? Plaintext;

describe('a ciphertext', () => {
  test('opens under its own context, whose order counts for nothing, and names its key', async () => {
    const CiphertextBlob = await encrypted();
    const context = { purpose: 'seal', referral: 'CR-7F3KD-9QXMT2' };
    const answer = await kms.operator.send(new DecryptCommand({ CiphertextBlob, EncryptionContext: context }));
    expect(Buffer.from(answer.Plaintext ?? []).toString()).toBe('An invented narrative.');
    expect(answer).toMatchObject({ KeyId: keyArn('VaultKey'), EncryptionAlgorithm: 'SYMMETRIC_DEFAULT' });
    expect(Buffer.from(CiphertextBlob).toString('latin1')).not.toContain('narrative');
  });

  test('is another one each time', async () => {
    expect(await encrypted()).not.toEqual(await encrypted());
  });

  test.each([['VaultKey'], [keyArn('VaultKey')], ['alias/vault'], ['arn:aws:kms:us-east-1:000000000000:alias/vault']])(
    'is of the same key by the name %s',
    async (KeyId) => {
      const CiphertextBlob = await encrypted(KeyId);
      const answer = await kms.operator.send(new DecryptCommand({ CiphertextBlob, EncryptionContext, KeyId }));
      expect(answer.KeyId).toBe(keyArn('VaultKey'));
    },
  );

  test.each([
    ['without a context', undefined],
    ['under another value', { ...EncryptionContext, purpose: 'open' }],
    ['under one name less', { referral: EncryptionContext.referral }],
    ['under one name more', { ...EncryptionContext, more: 'x' }],
    ['where name and value run together', { referral: 'CR-7F3KD-9QXMT2purpose', '': 'seal' }],
  ])('does not open %s', async (_, context) => {
    const CiphertextBlob = await encrypted();
    const decrypt = new DecryptCommand({ CiphertextBlob, ...(context && { EncryptionContext: context }) });
    await expect(kms.operator.send(decrypt)).rejects.toMatchObject({ name: 'InvalidCiphertextException' });
  });

  test('with any one of its bytes changed does not open', async () => {
    const blob = await encrypted();
    for (let at = 0; at < blob.length; at += 1) {
      const CiphertextBlob = Uint8Array.from(blob, (byte, index) => (index === at ? byte ^ 1 : byte));
      const error = await kms.operator.send(new DecryptCommand({ CiphertextBlob, EncryptionContext })).catch((e) => e);
      expect(['InvalidCiphertextException', 'AccessDeniedException'], `byte ${at}`).toContain(error.name);
    }
  });

  test('cut short does not open', async () => {
    const blob = await encrypted();
    for (const length of [1, 2, 10, 30, blob.length - 1]) {
      const decrypt = new DecryptCommand({ CiphertextBlob: blob.slice(0, length), EncryptionContext });
      await expect(kms.operator.send(decrypt)).rejects.toMatchObject({ name: 'InvalidCiphertextException' });
    }
  });

  test('opens with the key that the caller names, or not at all', async () => {
    const CiphertextBlob = await encrypted();
    for (const KeyId of ['OtherKey', 'CodeKey']) {
      await expect(
        kms.operator.send(new DecryptCommand({ CiphertextBlob, EncryptionContext, KeyId })),
      ).rejects.toMatchObject({
        name: 'IncorrectKeyException',
        message: 'The key ID in the request does not identify a CMK that can perform this operation.',
      });
    }
  });

  test('can be moved to another key and context', async () => {
    const moved = await kms.operator.send(
      new ReEncryptCommand({
        CiphertextBlob: await encrypted(),
        SourceEncryptionContext: EncryptionContext,
        DestinationKeyId: 'OtherKey',
        DestinationEncryptionContext: { purpose: 'kept' },
      }),
    );
    expect(moved).toMatchObject({ SourceKeyId: keyArn('VaultKey'), KeyId: keyArn('OtherKey') });
    const { CiphertextBlob } = moved;
    const opened = await kms.operator.send(
      new DecryptCommand({ CiphertextBlob, EncryptionContext: { purpose: 'kept' } }),
    );
    expect(opened.Plaintext).toEqual(Plaintext);
  });
});

describe('a data key', () => {
  test.each([
    [{ KeySpec: 'AES_256' }, 32],
    [{ KeySpec: 'AES_128' }, 16],
    [{ NumberOfBytes: 64 }, 64],
  ] as const)('%j has its length, and its ciphertext opens to it', async (kind, length) => {
    const made = await kms.operator.send(
      new GenerateDataKeyCommand({ KeyId: 'alias/vault', EncryptionContext, ...kind }),
    );
    expect(made.Plaintext).toHaveLength(length);
    expect(made.KeyId).toBe(keyArn('VaultKey'));
    const { CiphertextBlob } = made;
    const opened = await kms.operator.send(new DecryptCommand({ CiphertextBlob, EncryptionContext }));
    expect(opened.Plaintext).toEqual(made.Plaintext);
  });

  test('may come as a ciphertext alone', async () => {
    const made = await kms.operator.send(new GenerateDataKeyWithoutPlaintextCommand({ KeyId: 'VaultKey' }));
    expect(made).not.toHaveProperty('Plaintext');
    const opened = await kms.operator.send(new DecryptCommand({ CiphertextBlob: made.CiphertextBlob }));
    expect(opened.Plaintext).toHaveLength(32);
  });

  test.each([
    [{}, 'Please specify either number of bytes or key spec.'],
    [{ KeySpec: 'AES_256', NumberOfBytes: 32 }, 'Please specify either number of bytes or key spec.'],
    [
      { NumberOfBytes: 1025 },
      "1 validation error detected: Value '1025' at 'numberOfBytes' failed to satisfy constraint: Member must have value less than or equal to 1024",
    ],
    [
      { KeySpec: 'AES_512' },
      "1 validation error detected: Value 'AES_512' at 'keySpec' failed to satisfy constraint: Member must satisfy enum value set: [AES_256, AES_128]",
    ],
  ])('of %j is refused', async (kind, message) => {
    const generate = new GenerateDataKeyCommand({ KeyId: 'VaultKey', ...(kind as object) });
    await expect(kms.operator.send(generate)).rejects.toMatchObject({ name: 'ValidationException', message });
  });
});

describe('a call is refused', () => {
  const encrypt = (more: object) => new EncryptCommand({ KeyId: 'VaultKey', Plaintext, ...more });
  test.each([
    [
      'with too long a plaintext',
      { Plaintext: new Uint8Array(4097) },
      'ValidationException',
      /^1 validation error detected: Value at 'plaintext' failed to satisfy constraint: Member must have length less than or equal to 4096$/,
    ],
    [
      'without a plaintext',
      { Plaintext: undefined },
      'ValidationException',
      /Value at 'plaintext' .* Member must not be null/,
    ],
    [
      'with an empty plaintext',
      { Plaintext: new Uint8Array() },
      'ValidationException',
      /Member must have length greater than or equal to 1/,
    ],
    ['for a key that is not there', { KeyId: 'NoKey' }, 'NotFoundException', /^Invalid keyId 'NoKey'$/],
    [
      'for a universal id that is not there',
      { KeyId: '134f2428-cec1-4b25-a1ae-9048164dba47' },
      'NotFoundException',
      /^Key 'arn:aws:kms:us-east-1:000000000000:key\/134f2428-cec1-4b25-a1ae-9048164dba47' does not exist$/,
    ],
    [
      'for an alias that is not there',
      { KeyId: 'alias/none' },
      'NotFoundException',
      /^Alias arn:aws:kms:us-east-1:000000000000:alias\/none is not found\.$/,
    ],
    [
      'for a key of another region',
      { KeyId: keyArn('VaultKey').replace('us-east-1', 'us-west-2') },
      'NotFoundException',
      /^Invalid arn us-west-2$/,
    ],
    [
      'for a key of another use',
      { KeyId: 'CodeKey' },
      'InvalidKeyUsageException',
      /key\/CodeKey key usage is GENERATE_VERIFY_MAC which is not valid for Encrypt\.$/,
    ],
    ['with a grant token', { GrantTokens: ['token'] }, 'ValidationException', /does not offer GrantTokens/],
    ['as a dry run', { DryRun: true }, 'ValidationException', /does not offer DryRun/],
    [
      'with a context that is no map of texts',
      { EncryptionContext: { a: 1 as unknown as string } },
      'SerializationException',
      /encryptionContext/,
    ],
  ])('%s', async (_, more, name, message) => {
    await expect(kms.operator.send(encrypt(more))).rejects.toMatchObject({
      name,
      message: expect.stringMatching(message),
    });
  });

  test('that is not JSON, or not offered', async () => {
    const post = async (operation: string, body: string) => {
      const response = await fetch(kms.url, {
        method: 'POST',
        headers: { 'x-amz-target': `TrentService.${operation}`, 'content-type': 'application/x-amz-json-1.1' },
        body,
      });
      return [response.status, await response.json()];
    };
    expect(await post('Encrypt', '{')).toEqual([
      400,
      { __type: 'SerializationException', message: 'The body is not JSON.' },
    ]);
    expect(await post('CreateGrant', '{}')).toEqual([
      400,
      { __type: 'UnknownOperationException', message: 'The embedded KMS does not offer CreateGrant.' },
    ]);
  });

  test('and the refusal never repeats what was to be encrypted', async () => {
    const long = encrypt({ Plaintext: bytesOf('An invented narrative.'.repeat(200)) });
    await expect(kms.operator.send(long)).rejects.toMatchObject({
      message: expect.not.stringMatching(/narrative|QW4/),
    });
  });
});

test('random bytes come in the number that was asked for', async () => {
  const random = await kms.operator.send(new GenerateRandomCommand({ NumberOfBytes: 24 }));
  expect(random.Plaintext).toHaveLength(24);
  await expect(kms.operator.send(new GenerateRandomCommand({}))).rejects.toMatchObject({
    message: 'NumberOfBytes is required.',
  });
});

test('a hundred calls side by side each get their own answer', async () => {
  const opened = await Promise.all(
    Array.from({ length: 100 }, async (_, number) => {
      const Plaintext = bytesOf(`text ${number}`);
      const { CiphertextBlob } = await kms.operator.send(new EncryptCommand({ KeyId: 'VaultKey', Plaintext }));
      const answer = await kms.operator.send(new DecryptCommand({ CiphertextBlob }));
      return Buffer.from(answer.Plaintext ?? []).toString();
    }),
  );
  expect(opened).toEqual(Array.from({ length: 100 }, (_, number) => `text ${number}`));
});
