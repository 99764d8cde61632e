import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { createEntryKeys } from './code-keys.ts';
import { createTable, type DataTable, textSortKey } from './data-table.ts';
import type { CodeKeySettings } from './settings.ts';

/** People, duties, seats, agencies and providers. An entry counts with its code, so each reader may ask about codes. */
export interface DirectoryTable extends Pick<DataTable, 'table' | 'key' | 'indexes'> {
  /** Only items under these keys. */
  allowRead(
    grantee: LambdaFunction,
    actions: readonly ('GetItem' | 'BatchGetItem' | 'Query')[],
    keys: readonly string[],
  ): void;
  /** Every item, for the watchdog: an entry that someone added stands under no key that is known. */
  allowReadAll(grantee: LambdaFunction): void;
  allowIndexQuery(grantee: LambdaFunction, ...indexes: readonly string[]): void;
  /** What follows from chains, under these keys. No function writes an entry: none may make its code. */
  allowPut(grantee: LambdaFunction, keys: readonly string[]): void;
  /** These attributes of items under these keys, none of which a code covers, or the code itself. */
  allowMark(grantee: LambdaFunction, keys: readonly string[], attributes: readonly string[]): void;
  /** The ARNs of its keys of codes, the current one first, separated by commas: for the command that writes entries. */
  readonly codeKeys: string;
}

export function createDirectoryTable(scope: Construct, codeKeys: CodeKeySettings): DirectoryTable {
  const directory = createTable(scope, 'Directory', {
    sortKey: textSortKey,
    sensitive: true,
    indexes: { ByEmail: { keys: ['email'] }, BySub: { keys: ['sub'] } },
  });
  const codes = createEntryKeys(scope, codeKeys);
  return {
    table: directory.table,
    key: directory.key,
    indexes: directory.indexes,
    codeKeys: codes.arns,
    allowRead(grantee, actions, keys) {
      directory.allow(grantee, actions, keys);
      codes.allowCheck(grantee);
    },
    allowReadAll(grantee) {
      directory.allow(grantee, ['Scan']);
      codes.allowCheck(grantee);
    },
    allowIndexQuery(grantee, ...indexes) {
      directory.allowIndexQuery(grantee, ...indexes);
      codes.allowCheck(grantee);
    },
    allowPut: (grantee, keys) => directory.allow(grantee, ['PutItem'], keys),
    allowMark: (grantee, keys, attributes) =>
      directory.allow(grantee, ['UpdateItem'], keys, ['pk', 'sk', ...attributes]),
  };
}
