/**
 * The only places with a wildcard resource or a policy of AWS's own, each because AWS leaves no other way. Both cdk-nag's
 * acknowledgements and the test of the template read this list: nothing else passes.
 */

import { Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

export interface Forced {
  /** All actions granted on the wildcard. Empty for a policy of AWS's own. */
  readonly actions: readonly string[];
  /** The end of the resource in the template, or the path of the managed policy. */
  readonly resource: string;
  /** cdk-nag's finding, exactly. */
  readonly finding: string;
  readonly reason: string;
}

export const forcedWildcards = {
  'state machine log delivery': {
    actions: [
      'logs:CreateLogDelivery',
      'logs:GetLogDelivery',
      'logs:UpdateLogDelivery',
      'logs:DeleteLogDelivery',
      'logs:ListLogDeliveries',
      'logs:PutResourcePolicy',
      'logs:DescribeResourcePolicies',
      'logs:DescribeLogGroups',
    ],
    resource: '*',
    finding: 'AwsSolutions-IAM5[Resource::*]',
    reason:
      'CloudWatch Logs has no resource type for log deliveries; a state machine cannot log without these actions.',
  },
  'stream listing': {
    actions: ['dynamodb:ListStreams'],
    resource: '/stream/*',
    finding: 'AwsSolutions-IAM5[Resource::<Ledger.Arn>/stream/*]',
    reason: 'Lambda lists the streams of the table before it reads one; the table is exact, a stream name is a date.',
  },
  'executions of a machine': {
    actions: ['states:DescribeExecution'],
    resource: ':*',
    finding:
      'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:states:<AWS::Region>:<AWS::AccountId>:execution:<machine>:*]',
    reason: 'Whether a run is living is asked of the run, whose name is that of a referral; the machine is exact.',
  },
  'recipients in the sandbox': {
    actions: ['ses:SendRawEmail'],
    resource: ':identity/*',
    finding: 'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:ses:<AWS::Region>:<AWS::AccountId>:identity/*]',
    reason:
      'In its sandbox SES asks for the identity of each recipient too, and no recipient is known before; the sender is exact.',
  },
  'anchors, to read': {
    actions: ['s3:GetObject'],
    resource: '/anchors/*',
    finding: 'AwsSolutions-IAM5[Resource::<Anchors.Arn>/anchors/*]',
    reason: 'As for the function that anchors.',
  },
  'objects of the anchors': {
    actions: ['s3:GetObject', 's3:PutObject'],
    resource: '/anchors/*',
    finding: 'AwsSolutions-IAM5[Resource::<Anchors.Arn>/anchors/*]',
    reason: 'The name of an anchor is an hour, and of the list of heads a day; the bucket and its folder are exact.',
  },
  backup: {
    actions: [],
    resource: 'service-role/AWSBackupServiceRolePolicyForBackup',
    finding:
      'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup]',
    reason: 'AWS changes what a backup needs of DynamoDB and KMS, and this policy follows.',
  },
  'gateway logging': {
    actions: [],
    resource: 'service-role/AmazonAPIGatewayPushToCloudWatchLogs',
    finding:
      'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs]',
    reason: "API Gateway accepts only a role with this policy's reach as the account's CloudWatch role.",
  },
} as const satisfies Readonly<Record<string, Forced>>;

/**
 * Accepts cdk-nag's finding about one forced wildcard, on this construct and everything below it. `machine` names the state
 * machine, where it is of one.
 */
export function acknowledgeForced(construct: IConstruct, name: keyof typeof forcedWildcards, machine = ''): void {
  const { finding, reason } = forcedWildcards[name];
  Validations.of(construct).acknowledge({ id: finding.replace('<machine>', machine), reason });
}
