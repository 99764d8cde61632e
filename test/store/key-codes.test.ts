import { GenerateMacCommand, KMSClient, VerifyMacCommand } from '@aws-sdk/client-kms';
import { mockClient } from 'aws-sdk-client-mock';
import { expect, test, vi } from 'vitest';
import { createEntryCodes, createKeyCodes } from '../../shared/store/key-codes.ts';
import { silentService } from '../support/silent-service.ts';

const arn = 'arn:aws:kms:us-east-1:111122223333:key/11111111-2222-3333-4444-555555555555';
const codes = createKeyCodes({ writesAs: 'task', keys: { door: [arn], task: [] } });

test.each([
  ['no code', {}],
  ['the code of another key', { mac: Buffer.alloc(32).toString('base64'), keyId: 'another' }],
  ['a code that is too short', { mac: Buffer.alloc(31).toString('base64'), keyId: arn.slice(-36) }],
  ['a code that the service would refuse', { mac: Buffer.alloc(7000).toString('base64'), keyId: arn.slice(-36) }],
])('%s is no code of ours, and the key service is not asked', async (_, code) => {
  expect(await codes.holderOf('0'.repeat(64), code)).toBeUndefined();
});

test('a function without a key of its own makes no code', async () => {
  await expect(codes.codeOf('0'.repeat(64))).rejects.toThrow('No key is set for the codes of a task.');
});

const named = (name: string) => Object.assign(new Error('said by the key service'), { name });
const ours = { mac: Buffer.alloc(32).toString('base64'), keyId: arn.slice(-36) };

test.each([
  ['TimeoutError', 'DependencyUnavailable'],
  ['ThrottlingException', 'DependencyUnavailable'],
  ['AccessDeniedException', 'AccessDeniedException'],
])('after %s from the key service a caller hears %s', async (fault, heard) => {
  const kms = mockClient(KMSClient);
  kms.on(VerifyMacCommand).rejects(named(fault)).on(GenerateMacCommand).rejects(named(fault));
  const door = createKeyCodes({ writesAs: 'door', keys: { door: [arn], task: [] } });
  await expect(door.holderOf('0'.repeat(64), ours)).rejects.toMatchObject({ name: heard });
  await expect(door.codeOf('0'.repeat(64))).rejects.toMatchObject({ name: heard });
  kms.restore();
});

test('a code that the key service calls wrong is no code of ours', async () => {
  const kms = mockClient(KMSClient);
  kms.on(VerifyMacCommand).rejects(named('KMSInvalidMacException'));
  expect(await codes.holderOf('0'.repeat(64), ours)).toBeUndefined();
  kms.restore();
});

test.each(['DisabledException', 'KMSInvalidStateException', 'NotFoundException'])(
  'after %s an entry under an older key is none, and one under the current key hears of it',
  async (fault) => {
    const kms = mockClient(KMSClient);
    kms.on(VerifyMacCommand).rejects(named(fault));
    const older = 'arn:aws:kms:us-east-1:111122223333:key/99999999-2222-3333-4444-555555555555';
    const entries = createEntryCodes([arn, older]);
    expect(await entries.isRight('0', { ...ours, keyId: older.slice(-36) })).toBe(false);
    await expect(entries.isRight('0', ours)).rejects.toThrow();
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
  const door = createKeyCodes({ writesAs: 'door', keys: { door: [arn], task: [] } });
  await expect(door.holderOf('0'.repeat(64), ours)).rejects.toMatchObject({
    name: 'DependencyUnavailable',
    cause: { name: 'TimeoutError' },
  });
  vi.unstubAllEnvs();
  silent.stop();
});
