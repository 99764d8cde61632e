import { AttributeType } from 'aws-cdk-lib/aws-dynamodb';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { type CodeHolder, createCodeKeys } from './code-keys.ts';
import { createTable, type DataTable } from './data-table.ts';
import type { CodeKeySettings } from './settings.ts';

/** The ledger: one item for each commit. No function may update or delete an item, so this table offers no such grant. */
export interface LedgerTable extends Pick<DataTable, 'table' | 'key' | 'indexes'> {
  /**
   * Only chains whose name matches one of these patterns, such as `referral#*`. What a commit opens or ends counts where its
   * code is right, so each reader may ask about codes.
   */
  allowRead(grantee: LambdaFunction, chains: readonly string[]): void;
  /** `as`: by whose key its commits are coded. A door writes what people do. */
  allowAppend(grantee: LambdaFunction, chains: readonly string[], as?: CodeHolder): void;
  allowReadAndAppend(grantee: LambdaFunction, chains: readonly string[]): void;
  /** Places of many chains at once. */
  allowLookUp(grantee: LambdaFunction, chains: readonly string[]): void;
  /** The sparse index of the commits that are queried by time, only these kinds of them, such as `lease`. */
  allowReadByInstant(grantee: LambdaFunction, kinds: readonly string[]): void;
}

/** A reader of a commit without a right code asks whether a supervisor accepted it. Else one such row would stop its calls. */
const withDoubts = (chains: readonly string[]): readonly string[] => [...new Set([...chains, 'doubt#*'])];

export function createLedger(scope: Construct, codeKeys: CodeKeySettings): LedgerTable {
  const codes = createCodeKeys(scope, codeKeys);
  const ledger = createTable(scope, 'Ledger', {
    sortKey: { name: 'seq', type: AttributeType.NUMBER },
    sensitive: true,
    // With old images, because any MODIFY or REMOVE is a sign of tampering and raises an alarm.
    stream: true,
    indexes: { ByInstant: { keys: ['foundAs', 'foundAt'], include: ['at', 'note'] } },
  });
  return {
    table: ledger.table,
    key: ledger.key,
    indexes: ledger.indexes,
    allowRead(grantee, chains) {
      ledger.allow(grantee, ['Query'], withDoubts(chains));
      codes.allowCheck(grantee);
    },
    allowAppend(grantee, chains, as = 'task') {
      ledger.allow(grantee, ['PutItem'], chains);
      codes.allowMake(grantee, as);
    },
    allowReadAndAppend(grantee, chains) {
      ledger.allow(grantee, ['Query'], withDoubts(chains));
      ledger.allow(grantee, ['PutItem'], chains);
      codes.allowCheck(grantee);
      codes.allowMake(grantee, 'task');
    },
    allowLookUp: (grantee, chains) => ledger.allow(grantee, ['BatchGetItem'], chains),
    allowReadByInstant: (grantee, kinds) => ledger.allowIndexQueryOf(grantee, 'ByInstant', kinds),
  };
}
