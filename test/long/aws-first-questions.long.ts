/**
 * The AWS CLI against a whole cloud: what people try first answers, and all else is refused with a sentence. Needs the
 * command `aws` of version 2 on the path, such as that of Debian's package `awscli`.
 */
import { execFile } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Stage, stageCloud } from '../support/stage-cloud.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await stageCloud();
});
afterAll(() => stage.stop());

const command = process.env.AWS_CLI ?? 'aws';

/** What the command prints, on both outputs. Rejects where there is no such command. */
function aws(line: string): Promise<string> {
  const env = {
    PATH: process.env.PATH,
    HOME: '/nonexistent',
    AWS_ENDPOINT_URL: stage.cloud.endpointUrl,
    AWS_ACCESS_KEY_ID: 'operator',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_DEFAULT_REGION: 'us-east-1',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_PAGER: '',
    AWS_MAX_ATTEMPTS: '1',
  };
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  execFile(command, [...line.split(' '), '--output', 'json'], { env }, (error, stdout, stderr) =>
    error?.code === 'ENOENT' ? reject(new Error(`There is no ${command}: install awscli.`)) : resolve(stdout + stderr),
  );
  return promise;
}

const referral = 'arn:aws:states:us-east-1:000000000000:stateMachine:local-careline-referral';
const ledger = 'arn:aws:dynamodb:us-east-1:000000000000:table/Ledger/stream/2026-01-01T00:00:00.000';

describe('the AWS CLI', () => {
  it.each([
    ['sts get-caller-identity', '"Arn": "arn:aws:iam::000000000000:root"'],
    ['cloudformation describe-stacks --stack-name Careline', '"StackStatus": "CREATE_COMPLETE"'],
    ['cloudformation describe-stack-resources --stack-name Careline --logical-resource-id React', 'Lambda::Function'],
    ['logs describe-log-groups --log-group-name-prefix Sweep', '"logGroupName": "SweepLogs'],
    ['lambda list-event-source-mappings --function-name React:live', '"StartingPosition": "TRIM_HORIZON"'],
    ['lambda get-function-configuration --function-name React', '"Runtime": "nodejs24.x"'],
    [`stepfunctions describe-state-machine --state-machine-arn ${referral}`, '"level": "ALL"'],
    ['stepfunctions validate-state-machine-definition --definition {}', 'These fields are required: [States, StartAt]'],
    ['sesv2 list-email-identities', '"IdentityName": "careline.example"'],
    ['dynamodb list-tables --max-items 1', '"NextToken"'],
    ['dynamodbstreams list-streams', '"TableName": "Ledger"'],
    [`dynamodbstreams describe-stream --stream-arn ${ledger}`, '"StreamViewType": "NEW_AND_OLD_IMAGES"'],
    ['secretsmanager list-secrets', '"Name": "VaultSecret"'],
    ['secretsmanager describe-secret --secret-id VaultSecret', '"AWSCURRENT"'],
  ])('answers %s', async (line, part) => {
    expect(await aws(line)).toContain(part);
  });

  it.each([
    ['ec2 describe-instances', 'DescribeInstances of the service ec2 is not part of the embedded cloud.'],
    ['iam list-users', 'ListUsers of the service iam is not part of the embedded cloud.'],
    ['sqs list-queues', 'The call AmazonSQS.ListQueues is not part of the embedded cloud.'],
    ['route53 list-hosted-zones', 'The service route53 is not part of the embedded cloud.'],
    ['cloudfront list-distributions', 'The service cloudfront is not part of the embedded cloud.'],
    ['scheduler list-schedules', 'The service scheduler is not part of the embedded cloud.'],
    ['cloudwatch list-metrics', 'ListMetrics of the service monitoring is not part of the embedded cloud.'],
    ['logs describe-metric-filters', 'does not offer DescribeMetricFilters'],
    ['stepfunctions create-activity --name x', 'has no CreateActivity'],
    ['lambda list-layers', 'The local Lambda has no GET /2018-10-31/layers'],
    ['cloudformation list-stacks', 'does not offer ListStacks'],
    ['dynamodb create-backup --table-name Ledger --backup-name abc', 'does not offer CreateBackup'],
    ['secretsmanager create-secret --name x', 'does not offer CreateSecret'],
    ['sesv2 get-account', 'The local SES has no GET /v2/email/account'],
  ])('shows a sentence for %s', async (line, sentence) => {
    expect(await aws(line)).toContain(sentence);
  });
});
