import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { CfnTrail } from 'aws-cdk-lib/aws-cloudtrail';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { EventField, type EventPattern } from 'aws-cdk-lib/aws-events';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { FilterPattern, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectLockRetention } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { accept } from './accepted-findings.ts';
import { type AlarmText, alarmWhenAbove } from './alarm-when.ts';
import { metricsNamespace } from './careline-function.ts';
import type { DataTable } from './data-table.ts';
import { createLogGroup, nameExactly, operationsKey } from './kept-resources.ts';
import { type AlarmTopics, tellTopics } from './notice-topic.ts';

/** What changes what runs, who may do what, and what is kept. A star stands for the version in the name of Lambda's actions. */
const changesOfStack = [
  ...['UpdateFunctionCode*', 'UpdateFunctionConfiguration*', 'UpdateAlias*', 'AddPermission*', 'RemovePermission*'],
  ...['DeleteFunction*', 'PutFunctionConcurrency*', 'DeleteFunctionConcurrency*'],
  ...['UpdateEventSourceMapping*', 'DeleteEventSourceMapping*', 'UpdateStateMachine', 'DeleteStateMachine'],
  ...['PutRolePolicy', 'DeleteRolePolicy', 'AttachRolePolicy', 'UpdateAssumeRolePolicy'],
  ...[
    'PutBucketPolicy',
    'DeleteBucketPolicy',
    'PutResourcePolicy',
    'UpdateContinuousBackups',
    'UpdateTable',
    'DeleteTable',
  ],
  ...['DeleteBackupPlan', 'DeleteBackupSelection', 'UpdateBackupPlan', 'DeleteBackupVaultLockConfiguration'],
  ...['UpdateUserPool', 'DeleteUserPool'],
];
/** Anyone may ask CloudFormation, and it then calls in its own name. The CDK asks by a role of its own. */
const changesByTemplate = ['UpdateStack', 'ExecuteChangeSet', 'DeleteStack', 'UpdateTerminationProtection'];
/** What takes the eyes from the stack. It could go before its own alarm comes, so its event goes to people by a rule. */
const changesOfWatch = [
  ...['DisableRule', 'DeleteRule', 'PutRule', 'RemoveTargets', 'PutTargets'],
  ...['DisableAlarmActions', 'DeleteAlarms', 'PutMetricAlarm', 'PutCompositeAlarm', 'SetAlarmState'],
  ...['DeleteTopic', 'SetTopicAttributes', 'Unsubscribe', 'SetSubscriptionAttributes'],
  ...['StopLogging', 'DeleteTrail', 'UpdateTrail', 'PutEventSelectors'],
  ...['DeleteMetricFilter', 'PutMetricFilter', 'DeleteLogGroup', 'DeleteLogStream'],
];
const changesOfKeys = [
  'DisableKey',
  'ScheduleKeyDeletion',
  'PutKeyPolicy',
  'DisableKeyRotation',
  'EnableKey',
  'CancelKeyDeletion',
];
/** Services lend themselves the use of a key all the time. */
const loansOfKeys = ['CreateGrant', 'RetireGrant', 'RevokeGrant'];
/** CloudFormation calls other services in its own name. */
const deployment = 'cloudformation.amazonaws.com';

/** Patterns of events of these names. CloudWatch Logs takes 1,024 characters, so they are several, for one metric. */
function patternsOf(names: readonly string[], but: string): readonly string[] {
  const atOnce = 15;
  return Array.from({ length: Math.ceil(names.length / atOnce) }, (_, index) => {
    const some = names.slice(index * atOnce, (index + 1) * atOnce).map((name) => `($.eventName = "${name}")`);
    return `{ (${but}) && (${some.join(' || ')}) }`;
  });
}

/** Calls that CloudTrail told of, as EventBridge has them. */
const called = (detail: Readonly<Record<string, unknown>>): EventPattern => ({
  detailType: ['AWS API Call via CloudTrail'],
  detail,
});

export interface TrailProps {
  readonly tables: readonly Pick<DataTable, 'table'>[];
  readonly functions: readonly LambdaFunction[];
  /** Records what the functions do as well, which costs as much as their work on the tables. */
  readonly ofFunctionsToo: boolean;
  /** They hear of each such read, write or change. */
  readonly topics: AlarmTopics;
}

/**
 * Records each change of the account. Records each read and write of these tables by a person or program that is none of the
 * functions. What a function does stands in the ledger. So by default it is left out here: docs/controls.md has its price.
 */
export function createTrail(scope: Construct, { tables, functions, ofFunctionsToo, topics }: TrailProps): void {
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
    // Roles are changed by a global service. CloudTrail tells of it in us-east-1 alone.
    isMultiRegionTrail: true,
    includeGlobalServiceEvents: true,
    enableLogFileValidation: true,
    s3BucketName: bucket.bucketName,
    kmsKeyId: key.keyArn,
    cloudWatchLogsLogGroupArn: logs.logGroupArn,
    cloudWatchLogsRoleArn: writer.roleArn,
    advancedEventSelectors: [
      {
        name: 'Changes of the account',
        fieldSelectors: [
          { field: 'eventCategory', equalTo: ['Management'] },
          { field: 'readOnly', equalTo: ['false'] },
        ],
      },
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

  const watch = (id: string, patterns: readonly string[], text: AlarmText): void => {
    for (const [index, pattern] of patterns.entries()) {
      new MetricFilter(scope, `${id}Filter${index === 0 ? '' : index + 1}`, {
        logGroup: logs,
        filterPattern: FilterPattern.literal(pattern),
        metricNamespace: metricsNamespace,
        metricName: id,
      });
    }
    const period = Duration.minutes(5);
    const metric = new Metric({ namespace: metricsNamespace, metricName: id, statistic: 'Sum', period });
    alarmWhenAbove(scope, topics.mail, id, metric, text);
  };
  const byOthers = [
    ...patternsOf(changesOfStack, `$.sourceIPAddress != "${deployment}"`),
    ...patternsOf(changesByTemplate, '$.userIdentity.arn != "*assumed-role/cdk-*-deploy-role-*"'),
  ];
  watch('StackTouched', byOthers, {
    meaning:
      'A person or program other than a deployment changed code, a role, a table, a copy or the stack. The records of the trail name them.',
    section: 'stack-touched',
  });
  const who = `${EventField.fromPath('$.detail.eventName')}, at ${EventField.fromPath('$.detail.eventTime')}`;
  tellTopics(scope, 'WatchTouched', topics, {
    description: 'Someone other than a deployment changed a rule, an alarm, a topic, the trail or its log.',
    pattern: called({ eventName: changesOfWatch, sourceIPAddress: [{ 'anything-but': deployment }] }),
    message: `A rule, an alarm, a topic, the trail or its log was changed by another than a deployment: ${who}.`,
    section: 'watch-touched',
  });
  tellTopics(scope, 'KeyTouched', topics, {
    description: 'A key was disabled, is to be deleted, has another policy, or lent its use.',
    pattern: called({
      eventSource: ['kms.amazonaws.com'],
      $or: [{ eventName: changesOfKeys }, { eventName: loansOfKeys, userIdentity: { invokedBy: [{ exists: false }] } }],
    }),
    message: `A key was touched: ${who}. What it encrypts may become unreadable.`,
    section: 'key-touched',
  });
  // Nothing to tell where the functions are recorded too: they touch the tables all the time.
  if (ofFunctionsToo) return;
  watch('TablesTouched', ['{ $.eventCategory = "Data" }'], {
    meaning: 'A person or program that is no function read or wrote a table. The records of the trail name them.',
    section: 'tables-touched',
  });
}
