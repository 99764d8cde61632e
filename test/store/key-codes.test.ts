import { GenerateMacCommand, KMSClient, VerifyMacCommand } from '@aws-sdk/client-kms';
import { mockClient } from 'aws-sdk-client-mock';
import { expect, test, vi } from 'vitest';
import { createCommitCodes, type KeyHolder } from '../../shared/store/commit-codes.ts';
import { createEntryCodes } from '../../shared/store/entries.ts';
import { createKeyService } from '../../shared/store/key-codes.ts';
import { createProcessKeys } from '../../shared/store/process-keys.ts';
import { silentService } from '../support/silent-service.ts';

const arn = 'arn:aws:kms:us-east-1:111122223333:key/11111111-2222-3333-4444-555555555555';
const codesOf = (writesAs: KeyHolder) =>
  createCommitCodes(
    writesAs,
    createProcessKeys<KeyHolder>({ holder: writesAs, service: createKeyService({ door: [arn], task: [] }) }),
    () => Date.UTC(2026, 10, 9),
  );
const codes = codesOf('task');
const [hash, publicKey, mac] = ['0'.repeat(64), 'A'.repeat(43), Buffer.alloc(32).toString('base64')];
const keyNamed = ({ day = '2026-11-09', x = publicKey, keyId = arn.slice(-36), code = mac } = {}) => ({
  signature: 'AAAA',
  signedBy: `${day} ${x} ${keyId} ${code}`,
});

test.each([
  ['no code', {}],
  ['the code of another key', keyNamed({ keyId: 'another' })],
  ['a code that is too short', keyNamed({ code: Buffer.alloc(31).toString('base64') })],
  ['a code that the service would refuse', keyNamed({ code: Buffer.alloc(7000).toString('base64') })],
  ['a key that is none', keyNamed({ x: 'short' })],
  ['a key of no day', keyNamed({ day: 'today' })],
])('%s is no code of ours, and the key service is not asked', async (_, code) => {
  expect(await codes.holderOf(hash, code)).toBeUndefined();
});

test('a function without a key of its own makes no code', async () => {
  await expect(codes.codeOf(hash)).rejects.toThrow('No key is set for the codes of a task.');
});

const named = (name: string) => Object.assign(new Error('said by the key service'), { name });

test.each([
  ['TimeoutError', 'DependencyUnavailable'],
  ['ThrottlingException', 'DependencyUnavailable'],
  ['AccessDeniedException', 'AccessDeniedException'],
])('after %s from the key service a caller hears %s', async (fault, heard) => {
  const kms = mockClient(KMSClient);
  kms.on(VerifyMacCommand).rejects(named(fault)).on(GenerateMacCommand).rejects(named(fault));
  const door = codesOf('door');
  await expect(door.holderOf(hash, keyNamed())).rejects.toMatchObject({ name: heard });
  await expect(door.codeOf(hash)).rejects.toMatchObject({ name: heard });
  kms.restore();
});

test('a code that the key service calls wrong is no code of ours', async () => {
  const kms = mockClient(KMSClient);
  kms.on(VerifyMacCommand).rejects(named('KMSInvalidMacException'));
  expect(await codes.holderOf(hash, keyNamed())).toBeUndefined();
  kms.restore();
});

test.each(['DisabledException', 'KMSInvalidStateException', 'NotFoundException'])(
  'after %s an entry under an older key is none, and one under the current key hears of it',
  async (fault) => {
    const kms = mockClient(KMSClient);
    kms.on(VerifyMacCommand).rejects(named(fault));
    const older = 'arn:aws:kms:us-east-1:111122223333:key/99999999-2222-3333-4444-555555555555';
    const entries = createEntryCodes(createKeyService({ directory: [arn, older] }, { skipsFormer: true }));
    expect(await entries.isRight('0', keyNamed({ keyId: older.slice(-36) }))).toBe(false);
    await expect(entries.isRight('0', keyNamed())).rejects.toThrow();
    kms.restore();
  },
);

test('a key service that takes a request and never answers is given up', async () => {
  const silent = await silentService();
  vi.stubEnv('AWS_ENDPOINT_URL', silent.url);
  vi.stubEnv('AWS_REGION', 'us-east-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'operator');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'local');
  vi.stubEnv('AWS_MAX_ATTEMPTS', '1');
  const door = codesOf('door');
  await expect(door.holderOf(hash, keyNamed())).rejects.toMatchObject({
    name: 'DependencyUnavailable',
    cause: { name: 'TimeoutError' },
  });
  vi.unstubAllEnvs();
  silent.stop();
});
