import { AttributeType } from 'aws-cdk-lib/aws-dynamodb';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { createTable, type DataTable } from './data-table.ts';

/** The ledger: one item a commit. Nobody is granted update or delete, so there is no way to ask for them here. */
export interface LedgerTable extends Pick<DataTable, 'table' | 'key'> {
  allowRead(grantee: LambdaFunction): void;
  allowReadAndAppend(grantee: LambdaFunction): void;
  /** The sparse index of commits that are looked for by the instant. */
  allowReadByInstant(grantee: LambdaFunction): void;
}

export function createLedger(scope: Construct): LedgerTable {
  const ledger = createTable(scope, 'Ledger', {
    sortKey: { name: 'seq', type: AttributeType.NUMBER },
    sensitive: true,
    // Old images too: any MODIFY or REMOVE is a sign of tampering and raises an alarm.
    stream: true,
    indexes: { ByInstant: { keys: ['foundAs', 'foundAt'], include: ['at'] } },
  });
  return {
    table: ledger.table,
    key: ledger.key,
    allowRead: (grantee) => ledger.allow(grantee, ['Query']),
    allowReadAndAppend: (grantee) => ledger.allow(grantee, ['Query', 'PutItem']),
    allowReadByInstant: (grantee) => ledger.allowIndexQuery(grantee, 'ByInstant'),
  };
}
