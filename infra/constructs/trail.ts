import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { CfnTrail } from 'aws-cdk-lib/aws-cloudtrail';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { FilterPattern, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectLockRetention } from 'aws-cdk-lib/aws-s3';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { accept } from './accepted-findings.ts';
import { alarmWhenAbove } from './alarm-when.ts';
import { metricsNamespace } from './careline-function.ts';
import type { DataTable } from './data-table.ts';
import { createLogGroup, nameExactly, operationsKey } from './kept-resources.ts';

export interface TrailProps {
  readonly tables: readonly Pick<DataTable, 'table'>[];
  readonly functions: readonly LambdaFunction[];
  /** Records what the functions do as well, which costs as much as their work on the tables. */
  readonly ofFunctionsToo: boolean;
  /** Hears of each such read or write, as an alarm. */
  readonly topic: ITopic;
}

/**
 * Records each read and write of these tables by a person or program that is none of the functions. What a function does
 * stands in the ledger. So by default it is left out here: docs/controls.md has its price.
 */
export function createTrail(scope: Construct, { tables, functions, ofFunctionsToo, topic }: TrailProps): void {
  const stack = Stack.of(scope);
  const key = operationsKey(scope);
  const bucket = new Bucket(scope, 'TrailRecords', {
    encryption: BucketEncryption.KMS,
    encryptionKey: key,
    bucketKeyEnabled: true,
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    enforceSSL: true,
    versioned: true,
    // A person who is named in a record can neither change nor remove it for a year.
    objectLockEnabled: true,
    objectLockDefaultRetention: ObjectLockRetention.governance(Duration.days(365)),
    // Kept also when a first deployment fails: a locked record cannot be removed, so that rollback would never end.
    removalPolicy: RemovalPolicy.RETAIN,
  });
  nameExactly(bucket, 'TrailRecords');
  accept(bucket, 'AwsSolutions-S1');
  const cloudTrail = new ServicePrincipal('cloudtrail.amazonaws.com');
  const trailName = `${stack.stackName}-tables`;
  const trailArn = stack.formatArn({ service: 'cloudtrail', resource: 'trail', resourceName: trailName });
  const conditions = { StringEquals: { 'aws:SourceArn': trailArn } };
  key.addToResourcePolicy(
    new PolicyStatement({
      principals: [cloudTrail],
      actions: ['kms:GenerateDataKey', 'kms:Decrypt', 'kms:DescribeKey'],
      // In a key's own policy "*" means this key.
      resources: ['*'],
      conditions,
    }),
  );
  const granted = [
    bucket.addToResourcePolicy(
      new PolicyStatement({
        principals: [cloudTrail],
        actions: ['s3:GetBucketAcl'],
        resources: [bucket.bucketArn],
        conditions,
      }),
    ),
    bucket.addToResourcePolicy(
      new PolicyStatement({
        principals: [cloudTrail],
        actions: ['s3:PutObject'],
        resources: [bucket.arnForObjects(`AWSLogs/${stack.account}/*`)],
        conditions,
      }),
    ),
  ];

  // A function acts under a session of its role, whose name CloudFormation gives.
  const sessionsOf = ({ role }: LambdaFunction) =>
    stack.formatArn({
      service: 'sts',
      region: '',
      resource: 'assumed-role',
      resourceName: `${role?.roleName}/`,
    });
  const logs = createLogGroup(scope, 'TrailLogs');
  const writer = new Role(scope, 'TrailRole', { assumedBy: cloudTrail });
  const writing = new PolicyStatement({
    actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    resources: [logs.logGroupArn],
  });
  writer.addToPolicy(writing);
  const trail = new CfnTrail(scope, 'Trail', {
    trailName,
    isLogging: true,
    isMultiRegionTrail: false,
    includeGlobalServiceEvents: false,
    enableLogFileValidation: true,
    s3BucketName: bucket.bucketName,
    kmsKeyId: key.keyArn,
    cloudWatchLogsLogGroupArn: logs.logGroupArn,
    cloudWatchLogsRoleArn: writer.roleArn,
    advancedEventSelectors: [
      {
        name: 'All tables',
        fieldSelectors: [
          { field: 'eventCategory', equalTo: ['Data'] },
          { field: 'resources.type', equalTo: ['AWS::DynamoDB::Table'] },
          { field: 'resources.ARN', startsWith: tables.map(({ table }) => table.tableArn) },
          ...(ofFunctionsToo ? [] : [{ field: 'userIdentity.arn', notStartsWith: functions.map(sessionsOf) }]),
        ],
      },
    ],
  });
  for (const { policyDependable } of granted) if (policyDependable) trail.node.addDependency(policyDependable);
  trail.node.addDependency(writer);

  // Nothing to tell where the functions are recorded too: they touch the tables all the time.
  if (ofFunctionsToo) return;
  const touches = new MetricFilter(scope, 'TablesTouchedFilter', {
    logGroup: logs,
    filterPattern: FilterPattern.exists('$.eventName'),
    metricNamespace: metricsNamespace,
    metricName: 'TablesTouched',
  });
  alarmWhenAbove(scope, topic, 'TablesTouched', touches.metric({ statistic: 'Sum', period: Duration.minutes(5) }), {
    meaning: 'A person or program that is no function read or wrote a table. The records of the trail name them.',
    section: 'tables-touched',
  });
}
