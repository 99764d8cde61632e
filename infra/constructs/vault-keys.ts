import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { allow } from './careline-function.ts';
import { createTable, type DataTable } from './data-table.ts';
import { createKey } from './kept-resources.ts';

/** Owners of data keys: referrals, drafts, and the words of forums. */
export type Owners = 'CR-*' | 'DR-*' | 'FO-*';

/**
 * The wrapped data keys of the vault's content. Point-in-time recovery and the copies of this table end after 35 days. So
 * what is erased here is gone everywhere by then. `owners`: whose data keys.
 */
export interface VaultKeys extends Pick<DataTable, 'table' | 'indexes'> {
  /** May read content. */
  allowOpen(grantee: LambdaFunction, owners: readonly Owners[]): void;
  /** May read and write content. */
  allowSeal(grantee: LambdaFunction, owners: readonly Owners[]): void;
  /** May erase the half of a part. It can open nothing, and cannot change a data key. */
  allowEraseHalf(grantee: LambdaFunction, owners: readonly Owners[]): void;
  /** May erase all keys of an owner. It can open nothing. */
  allowErase(grantee: LambdaFunction, owners: readonly Owners[]): void;
}

export function createVaultKeys(scope: Construct, vault: Pick<DataTable, 'key'>): VaultKeys {
  // What it holds is wrapped by a key of its own already. Who may use the table of these, may use the vault as well.
  const rows = createTable(scope, 'VaultKeys', { sharesKeyOf: vault });
  const key = createKey(scope, 'WrappingKey', 'Careline: wraps the data keys of the vault’s content');

  /** By its encryption context, a data key belongs to one referral or draft, or to forums. A function names no other context. */
  const use = (grantee: LambdaFunction, actions: readonly string[], owners: readonly Owners[]) => {
    allow(grantee, actions, [key.keyArn], {
      StringLike: { 'kms:EncryptionContext:of': owners },
      'ForAllValues:StringEquals': { 'kms:EncryptionContextKeys': ['of'] },
    });
    grantee.addEnvironment('WRAPPING_KEY', key.keyArn);
  };
  return {
    table: rows.table,
    indexes: rows.indexes,
    allowOpen(grantee, owners) {
      rows.allow(grantee, ['GetItem'], owners);
      use(grantee, ['kms:Decrypt'], owners);
    },
    allowSeal(grantee, owners) {
      rows.allow(grantee, ['GetItem', 'UpdateItem'], owners);
      use(grantee, ['kms:Decrypt', 'kms:GenerateDataKey'], owners);
    },
    allowEraseHalf: (grantee, owners) => rows.allow(grantee, ['UpdateItem'], owners, undefined, ['wrappedKey']),
    allowErase: (grantee, owners) => rows.allow(grantee, ['DeleteItem'], owners),
  };
}
