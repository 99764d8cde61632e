import { Duration, Fn, RemovalPolicy } from 'aws-cdk-lib';
import { BackupPlan, BackupPlanRule, BackupResource, BackupVault } from 'aws-cdk-lib/aws-backup';
import { Schedule } from 'aws-cdk-lib/aws-events';
import type { Construct } from 'constructs';
import type { DataTable } from './data-table.ts';
import { acknowledgeForced } from './forced-wildcards.ts';
import { nameExactly, stackMark } from './kept-resources.ts';

type Backed = readonly Pick<DataTable, 'table'>[];

export interface BackupProps {
  /** Tables without identities. Their copies may be kept for a year. */
  readonly kept: Backed;
  /** Tables with identities, or with keys that open them. What was erased is gone from every copy after 35 days. */
  readonly short: Backed;
}

/** Point-in-time recovery has the same 35 days. */
const shortDays = Duration.days(35);
const yearDays = Duration.days(366);

/**
 * Copies of the tables in two locked vaults, for the case that a person or program deletes a table. No role removes a copy
 * before its time. The vaults are under the key of AWS Backup, which no person can disable or delete. The working tables have
 * none, because they are rebuilt from the ledger.
 */
export function createBackups(scope: Construct, { kept, short }: BackupProps): void {
  // A vault that is kept must not take the name that the next stack needs.
  const mark = Fn.select(0, Fn.split('-', stackMark(scope)));
  const create = (id: string, name: string, tables: Backed, longest: Duration, rules: readonly BackupPlanRule[]) => {
    const vault = new BackupVault(scope, `${id}Vault`, {
      backupVaultName: `careline-${name}-${mark}`,
      // After these days no one shortens or lifts the lock, the account's root included.
      lockConfiguration: { minRetention: Duration.days(7), maxRetention: longest, changeableFor: Duration.days(7) },
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
    nameExactly(vault, `${id}Vault`);
    const plan = new BackupPlan(scope, `${id}Plan`, { backupVault: vault, backupPlanRules: [...rules] });
    const selection = plan.addSelection('Tables', {
      resources: tables.map(({ table }) => BackupResource.fromDynamoDbTable(table)),
    });
    acknowledgeForced(selection, 'backup');
  };
  const weekly = new BackupPlanRule({
    ruleName: 'Weekly',
    scheduleExpression: Schedule.cron({ weekDay: 'SUN', hour: '9', minute: '0' }),
    deleteAfter: shortDays,
  });
  const monthly = new BackupPlanRule({
    ruleName: 'Monthly',
    scheduleExpression: Schedule.cron({ day: '1', hour: '10', minute: '0' }),
    deleteAfter: yearDays,
  });
  create('Kept', 'kept', kept, yearDays, [weekly, monthly]);
  create('Short', 'short', short, shortDays, [weekly]);
}
