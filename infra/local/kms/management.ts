/** Looking at keys and aliases, disabling a key, and deleting it. Keys are made by the template alone. */
import * as z from 'zod';
import { localAccount } from '../endpoint/service.ts';
import { KmsError } from './failure.ts';
import { keySpecs } from './key-specs.ts';
import type { Key } from './keys.ts';
import { allow, type Caller, type Operation, operation, seconds } from './operation.ts';
import { count, keyId } from './parameters.ts';

const day = 86_400_000;

const algorithmsOf = {
  ENCRYPT_DECRYPT: 'EncryptionAlgorithms',
  GENERATE_VERIFY_MAC: 'MacAlgorithms',
  SIGN_VERIFY: 'SigningAlgorithms',
} as const;

const metadataOf = (key: Key) => ({
  AWSAccountId: localAccount,
  Arn: key.arn,
  CreationDate: seconds(key.createdAt),
  CustomerMasterKeySpec: key.spec,
  ...(key.deletionAt !== undefined && { DeletionDate: seconds(key.deletionAt) }),
  Description: key.description,
  Enabled: key.state === 'Enabled',
  [algorithmsOf[key.usage]]: keySpecs[key.spec].algorithms,
  KeyId: key.id,
  KeyManager: 'CUSTOMER',
  KeySpec: key.spec,
  KeyState: key.state,
  KeyUsage: key.usage,
  MultiRegion: false,
  Origin: 'AWS_KMS',
});

const oneKey = z.strictObject({ KeyId: keyId });

/** The key, once the caller may do the action on it. */
function permitted(name: string, caller: Caller, action: string): Key {
  const key = caller.keys.find(name);
  allow(caller, action, key, { name });
  return key;
}

function refusePending({ arn, state }: Key): void {
  if (state === 'PendingDeletion') throw new KmsError('KMSInvalidStateException', `${arn} is pending deletion.`);
}

const paging = { Limit: count(1, 1000).default(100), Marker: z.string().optional() };

/** One page of a list, from the place that the marker of the page before names. */
function pageOf<Item>(items: readonly Item[], { Limit, Marker = '0' }: { Limit: number; Marker?: string | undefined }) {
  const start = Number(Marker);
  if (!Number.isInteger(start) || start < 0 || start > items.length) throw new KmsError('InvalidMarkerException');
  const end = start + Limit;
  const isCut = end < items.length;
  return { page: items.slice(start, end), rest: { Truncated: isCut, ...(isCut && { NextMarker: String(end) }) } };
}

export const managementOperations = (now: () => number): Readonly<Record<string, Operation>> => ({
  DescribeKey: operation(oneKey, ({ KeyId: name }, caller) => ({
    KeyMetadata: metadataOf(permitted(name, caller, 'DescribeKey')),
  })),
  GetKeyPolicy: operation(
    z.strictObject({ KeyId: keyId, PolicyName: z.literal('default').default('default') }),
    ({ KeyId: name }, caller) => {
      const { policy } = permitted(name, caller, 'GetKeyPolicy');
      if (policy === undefined) throw new KmsError('NotFoundException', 'The template gives this key no policy.');
      return { Policy: JSON.stringify(policy, null, 2), PolicyName: 'default' };
    },
  ),
  GetKeyRotationStatus: operation(oneKey, ({ KeyId: name }, caller) => {
    const { arn, rotates } = permitted(name, caller, 'GetKeyRotationStatus');
    return { KeyId: arn, KeyRotationEnabled: rotates };
  }),
  ListKeys: operation(z.strictObject(paging), (input, caller) => {
    caller.authorize(caller.principal, 'kms:ListKeys', '*');
    const { page, rest } = pageOf(caller.keys.all(), input);
    return { Keys: page.map(({ id, arn }) => ({ KeyId: id, KeyArn: arn })), ...rest };
  }),
  ListAliases: operation(z.strictObject({ ...paging, KeyId: keyId.optional() }), (input, caller) => {
    caller.authorize(caller.principal, 'kms:ListAliases', '*');
    const only = input.KeyId === undefined ? undefined : caller.keys.find(input.KeyId).id;
    const { page, rest } = pageOf(
      caller.keys.aliases.filter((alias) => only === undefined || alias.keyId === only),
      input,
    );
    return {
      Aliases: page.map(({ name, arn, keyId: id }) => ({ AliasName: name, AliasArn: arn, TargetKeyId: id })),
      ...rest,
    };
  }),
  EnableKey: operation(oneKey, ({ KeyId: name }, caller) => {
    const key = permitted(name, caller, 'EnableKey');
    refusePending(key);
    caller.keys.enable(key, true);
    return {};
  }),
  DisableKey: operation(oneKey, ({ KeyId: name }, caller) => {
    const key = permitted(name, caller, 'DisableKey');
    refusePending(key);
    caller.keys.enable(key, false);
    return {};
  }),
  ScheduleKeyDeletion: operation(
    z.strictObject({ KeyId: keyId, PendingWindowInDays: count(7, 30).default(30) }),
    ({ KeyId: name, PendingWindowInDays }, caller) => {
      const key = permitted(name, caller, 'ScheduleKeyDeletion');
      refusePending(key);
      const deletionAt = now() + PendingWindowInDays * day;
      caller.keys.scheduleDeletion(key, deletionAt);
      return { KeyId: key.arn, DeletionDate: seconds(deletionAt), KeyState: 'PendingDeletion', PendingWindowInDays };
    },
  ),
  CancelKeyDeletion: operation(oneKey, ({ KeyId: name }, caller) => {
    const key = permitted(name, caller, 'CancelKeyDeletion');
    if (key.state !== 'PendingDeletion') {
      throw new KmsError('KMSInvalidStateException', `${key.arn} is not pending deletion.`);
    }
    caller.keys.scheduleDeletion(key, undefined);
    return { KeyId: key.arn };
  }),
});
