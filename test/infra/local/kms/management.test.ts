import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  CancelKeyDeletionCommand,
  DecryptCommand,
  DescribeKeyCommand,
  DisableKeyCommand,
  EnableKeyCommand,
  EncryptCommand,
  GenerateMacCommand,
  GetKeyPolicyCommand,
  GetKeyRotationStatusCommand,
  type KMSClient,
  ListAliasesCommand,
  ListKeysCommand,
  ScheduleKeyDeletionCommand,
  SignCommand,
  VerifyCommand,
  VerifyMacCommand,
} from '@aws-sdk/client-kms';
import { describe, expect, test } from 'vitest';
import { newFolder } from '../dynamodb/new-folder.ts';
import { bytesOf, key, keyArn, startKms, startOfTest } from './kms-over-http.ts';

const day = 86_400_000;
const policy = { Statement: [{ Effect: 'Allow', Principal: { AWS: '000000000000' }, Action: 'kms:*', Resource: '*' }] };
const resources = {
  VaultKey: key('SYMMETRIC_DEFAULT', 'ENCRYPT_DECRYPT', {
    Description: 'Encrypts the vault',
    EnableKeyRotation: true,
    KeyPolicy: policy,
  }),
  CodeKey: key('HMAC_256', 'GENERATE_VERIFY_MAC'),
  AnchorKey: key('ECC_NIST_P256', 'SIGN_VERIFY'),
  SleepingKey: key('SYMMETRIC_DEFAULT', 'ENCRYPT_DECRYPT', { Enabled: false }),
  VaultAlias: { Type: 'AWS::KMS::Alias', Properties: { AliasName: 'alias/vault', TargetKeyId: { Ref: 'VaultKey' } } },
};

const Plaintext = bytesOf('text');
const encrypt = (KeyId = 'VaultKey') => new EncryptCommand({ KeyId, Plaintext });
const stateOf = async (kms: KMSClient, KeyId: string) =>
  (await kms.send(new DescribeKeyCommand({ KeyId }))).KeyMetadata?.KeyState;

describe('a key of the template', () => {
  test('is described as AWS does', async () => {
    const { operator } = await startKms(resources);
    const described = async (KeyId: string) => (await operator.send(new DescribeKeyCommand({ KeyId }))).KeyMetadata;
    expect(await described('alias/vault')).toEqual({
      AWSAccountId: '000000000000',
      Arn: keyArn('VaultKey'),
      CreationDate: new Date(startOfTest),
      CustomerMasterKeySpec: 'SYMMETRIC_DEFAULT',
      Description: 'Encrypts the vault',
      Enabled: true,
      EncryptionAlgorithms: ['SYMMETRIC_DEFAULT'],
      KeyId: 'VaultKey',
      KeyManager: 'CUSTOMER',
      KeySpec: 'SYMMETRIC_DEFAULT',
      KeyState: 'Enabled',
      KeyUsage: 'ENCRYPT_DECRYPT',
      MultiRegion: false,
      Origin: 'AWS_KMS',
    });
    expect(await described('CodeKey')).toMatchObject({ KeySpec: 'HMAC_256', MacAlgorithms: ['HMAC_SHA_256'] });
    expect(await described('AnchorKey')).toMatchObject({
      KeySpec: 'ECC_NIST_P256',
      SigningAlgorithms: ['ECDSA_SHA_256'],
    });
    expect(await described('SleepingKey')).toMatchObject({ Enabled: false, KeyState: 'Disabled' });
  });

  test('shows its policy and whether it is rotated', async () => {
    const { operator } = await startKms(resources);
    const shown = await operator.send(new GetKeyPolicyCommand({ KeyId: 'VaultKey' }));
    expect(JSON.parse(shown.Policy ?? '')).toEqual(policy);
    const rotation = await operator.send(new GetKeyRotationStatusCommand({ KeyId: 'VaultKey' }));
    expect(rotation.KeyRotationEnabled).toBe(true);
  });

  test('is listed with its alias, page by page', async () => {
    const { operator } = await startKms(resources);
    const first = await operator.send(new ListKeysCommand({ Limit: 3 }));
    expect(first.Keys?.map(({ KeyId }) => KeyId)).toEqual(['VaultKey', 'CodeKey', 'AnchorKey']);
    expect(first.Truncated).toBe(true);
    const rest = await operator.send(new ListKeysCommand({ Limit: 3, Marker: first.NextMarker }));
    expect(rest).toMatchObject({ Keys: [{ KeyId: 'SleepingKey', KeyArn: keyArn('SleepingKey') }], Truncated: false });
    const { Aliases } = await operator.send(new ListAliasesCommand({ KeyId: 'VaultKey' }));
    expect(Aliases).toEqual([
      {
        AliasName: 'alias/vault',
        AliasArn: 'arn:aws:kms:us-east-1:000000000000:alias/vault',
        TargetKeyId: 'VaultKey',
      },
    ]);
    await expect(operator.send(new ListKeysCommand({ Marker: 'no' }))).rejects.toMatchObject({
      name: 'InvalidMarkerException',
    });
  });
});

describe('a disabled key', () => {
  test('does nothing until it is enabled', async () => {
    const { operator } = await startKms(resources);
    const { CiphertextBlob } = await operator.send(encrypt());
    await operator.send(new DisableKeyCommand({ KeyId: 'VaultKey' }));
    const refused = { name: 'DisabledException', message: `${keyArn('VaultKey')} is disabled.` };
    await expect(operator.send(encrypt())).rejects.toMatchObject(refused);
    await expect(operator.send(new DecryptCommand({ CiphertextBlob }))).rejects.toMatchObject(refused);
    await operator.send(new EnableKeyCommand({ KeyId: 'VaultKey' }));
    expect((await operator.send(new DecryptCommand({ CiphertextBlob }))).Plaintext).toEqual(Plaintext);
  });

  test('is no use to a service that encrypts with it', async () => {
    const { operator, useKey } = await startKms(resources);
    const use = () =>
      useKey({ kind: 'operator' }, { key: 'VaultKey', actions: ['Decrypt'], via: 'dynamodb', context: {} });
    expect(use).not.toThrow();
    await operator.send(new DisableKeyCommand({ KeyId: 'VaultKey' }));
    expect(use).toThrow(`DisabledException: ${keyArn('VaultKey')} is disabled.`);
  });
});

describe('a key that is to be deleted', () => {
  const schedule = new ScheduleKeyDeletionCommand({ KeyId: 'VaultKey', PendingWindowInDays: 7 });

  test('does nothing, and can be kept after all, disabled', async () => {
    const { operator } = await startKms(resources);
    expect(await operator.send(schedule)).toMatchObject({
      KeyId: keyArn('VaultKey'),
      DeletionDate: new Date(startOfTest + 7 * day),
      KeyState: 'PendingDeletion',
    });
    const pending = { name: 'KMSInvalidStateException', message: `${keyArn('VaultKey')} is pending deletion.` };
    for (const refused of [encrypt(), schedule, new EnableKeyCommand({ KeyId: 'VaultKey' })]) {
      await expect(operator.send(refused as EncryptCommand)).rejects.toMatchObject(pending);
    }
    await operator.send(new CancelKeyDeletionCommand({ KeyId: 'VaultKey' }));
    expect(await stateOf(operator, 'VaultKey')).toBe('Disabled');
    await expect(operator.send(new CancelKeyDeletionCommand({ KeyId: 'VaultKey' }))).rejects.toMatchObject({
      name: 'KMSInvalidStateException',
    });
  });

  test('is gone after its days, on the disk as well, and what it encrypted stays closed for good', async () => {
    const folder = newFolder();
    const { operator, clock, useKey, stop } = await startKms(resources, { folder });
    const { CiphertextBlob } = await operator.send(encrypt());
    const material = JSON.parse(readFileSync(join(folder, 'keys.json'), 'utf8')).VaultKey.material;
    await operator.send(schedule);
    await clock.advance(7 * day);
    await expect(operator.send(new DescribeKeyCommand({ KeyId: 'VaultKey' }))).rejects.toMatchObject({
      name: 'NotFoundException',
      message: `Key '${keyArn('VaultKey')}' does not exist`,
    });
    expect(() =>
      useKey({ kind: 'operator' }, { key: keyArn('VaultKey'), actions: ['Decrypt'], via: 'dynamodb', context: {} }),
    ).toThrow('does not exist');
    await expect(operator.send(new DecryptCommand({ CiphertextBlob }))).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringContaining('refers to a customer master key that does not exist'),
    });
    expect(readFileSync(join(folder, 'keys.json'), 'utf8')).not.toContain(material);
    await stop();
    const again = await startKms(resources, { folder });
    await expect(again.operator.send(encrypt())).rejects.toMatchObject({ name: 'NotFoundException' });
  });

  test.each([6, 31])('waits between 7 and 30 days, not %i', async (PendingWindowInDays) => {
    const { operator } = await startKms(resources);
    await expect(
      operator.send(new ScheduleKeyDeletionCommand({ KeyId: 'VaultKey', PendingWindowInDays })),
    ).rejects.toMatchObject({ name: 'ValidationException' });
  });
});

describe('after a restart', () => {
  const code = { KeyId: 'CodeKey', MacAlgorithm: 'HMAC_SHA_256', Message: Plaintext } as const;
  const signing = { KeyId: 'AnchorKey', SigningAlgorithm: 'ECDSA_SHA_256', Message: Plaintext } as const;

  test('each key is the same, its state too, in a file that only its owner can read', async () => {
    const folder = join(newFolder(), 'kms');
    const { operator, stop } = await startKms(resources, { folder });
    const { CiphertextBlob } = await operator.send(encrypt());
    const { Mac } = await operator.send(new GenerateMacCommand(code));
    const { Signature } = await operator.send(new SignCommand(signing));
    await operator.send(new EnableKeyCommand({ KeyId: 'SleepingKey' }));
    await stop();
    expect(statSync(join(folder, 'keys.json')).mode & 0o777).toBe(0o600);
    expect(statSync(folder).mode & 0o777).toBe(0o700);

    const again = (await startKms(resources, { folder, now: startOfTest + day })).operator;
    expect((await again.send(new DecryptCommand({ CiphertextBlob }))).Plaintext).toEqual(Plaintext);
    expect((await again.send(new VerifyMacCommand({ ...code, Mac }))).MacValid).toBe(true);
    expect((await again.send(new VerifyCommand({ ...signing, Signature }))).SignatureValid).toBe(true);
    expect(await stateOf(again, 'SleepingKey')).toBe('Enabled');
    const { KeyMetadata } = await again.send(new DescribeKeyCommand({ KeyId: 'VaultKey' }));
    expect(KeyMetadata?.CreationDate).toEqual(new Date(startOfTest));
  });

  test('on another folder the keys are others', async () => {
    const { operator } = await startKms(resources, { folder: newFolder() });
    const { CiphertextBlob } = await operator.send(encrypt());
    const other = await startKms(resources, { folder: newFolder() });
    await expect(other.operator.send(new DecryptCommand({ CiphertextBlob }))).rejects.toMatchObject({
      name: 'InvalidCiphertextException',
    });
  });
});

describe('a start is stopped by', () => {
  test.each([
    [key('SYMMETRIC_DEFAULT', 'SIGN_VERIFY'), 'has the usage SIGN_VERIFY'],
    [key('SM2', 'SIGN_VERIFY'), 'does not make this kind of key'],
    [key('SYMMETRIC_DEFAULT', 'ENCRYPT_DECRYPT', { MultiRegion: true }), 'MultiRegion'],
    [key('SYMMETRIC_DEFAULT', 'ENCRYPT_DECRYPT', { Origin: 'EXTERNAL' }), 'Origin'],
  ])('%j', async (written, sentence) => {
    await expect(startKms({ VaultKey: written })).rejects.toThrow(sentence);
  });

  test('an alias of a key that is not in the template', async () => {
    const alias = { Type: 'AWS::KMS::Alias', Properties: { AliasName: 'alias/x', TargetKeyId: 'elsewhere' } };
    await expect(startKms({ Alias: alias })).rejects.toThrow('is of the key elsewhere, which is not in the stack');
  });

  test('a kept key of another kind, which is left as it was', async () => {
    const folder = newFolder();
    await (await startKms({ CodeKey: key() }, { folder })).stop();
    const before = readFileSync(join(folder, 'keys.json'), 'utf8');
    await expect(startKms({ CodeKey: key('HMAC_256', 'GENERATE_VERIFY_MAC') }, { folder })).rejects.toThrow(
      'The key CodeKey is kept as SYMMETRIC_DEFAULT and the template has HMAC_256',
    );
    expect(readFileSync(join(folder, 'keys.json'), 'utf8')).toBe(before);
  });

  test('a damaged file of keys', async () => {
    const folder = newFolder();
    writeFileSync(join(folder, 'keys.json'), '{"VaultKey":1}');
    await expect(startKms(resources, { folder })).rejects.toThrow(/keys\.json is damaged/);
  });
});
