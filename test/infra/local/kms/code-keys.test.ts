/** The codes of commits over the key service itself, before and after a new key. */
import type { KMSClient } from '@aws-sdk/client-kms';
import { beforeAll, expect, test } from 'vitest';
import { createCommitCodes, type KeyHolder } from '../../../../shared/store/commit-codes.ts';
import { createKeyService } from '../../../../shared/store/key-codes.ts';
import { createProcessKeys } from '../../../../shared/store/process-keys.ts';
import { key, keyArn, startKms } from './kms-over-http.ts';

const hmac = () => key('HMAC_256', 'GENERATE_VERIFY_MAC');
const [hash, other] = ['a'.repeat(64), 'b'.repeat(64)];

let client: KMSClient;
beforeAll(async () => {
  const kms = await startKms({ DoorCodeKey: hmac(), DoorCodeKey2: hmac(), TaskCodeKey: hmac(), TaskCodeKey2: hmac() });
  client = kms.operator;
});

/** The codes of a function with so many of the keys, the one in use first. */
const codesOf = (writesAs: 'door' | 'task', doors: readonly string[], tasks: readonly string[]) =>
  createCommitCodes(
    writesAs,
    createProcessKeys<KeyHolder>({
      holder: writesAs,
      service: createKeyService({ door: doors.map(keyArn), task: tasks.map(keyArn) }, { client }),
    }),
    () => Date.parse('2026-11-09T15:00:00Z'),
  );

test('a commit of a former key stays right after the rotation, and a new one has the new key', async () => {
  const before = codesOf('door', ['DoorCodeKey'], ['TaskCodeKey']);
  const old = await before.codeOf(hash);
  const after = codesOf('door', ['DoorCodeKey2', 'DoorCodeKey'], ['TaskCodeKey2', 'TaskCodeKey']);
  const fresh = await after.codeOf(other);
  expect([old, fresh].map(({ signedBy }) => signedBy.split(' ')[2])).toEqual(['DoorCodeKey', 'DoorCodeKey2']);
  expect(await after.holderOf(hash, old)).toBe('door');
  expect(await after.holderOf(other, fresh)).toBe('door');
  expect(await after.holderOf(other, old)).toBeUndefined();
});

test('a function that was told of the new key, and does not use it yet, knows what it coded', async () => {
  const ahead = codesOf('task', ['DoorCodeKey2', 'DoorCodeKey'], ['TaskCodeKey2', 'TaskCodeKey']);
  const first = codesOf('task', ['DoorCodeKey', 'DoorCodeKey2'], ['TaskCodeKey', 'TaskCodeKey2']);
  expect(await first.holderOf(hash, await ahead.codeOf(hash))).toBe('task');
});
