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
const none = referral.replace(':stateMachine:', ':execution:');

describe('the AWS CLI', () => {
  it.each([
    ['sts get-caller-identity', '"Arn": "arn:aws:iam::000000000000:root"'],
    ['cloudformation describe-stacks --stack-name Careline', '"StackStatus": "CREATE_COMPLETE"'],
    ['cloudformation list-stack-resources --stack-name Careline', 'AWS::Lambda::Function'],
    ['logs describe-log-groups', '"logGroupName": "SweepLogs'],
    ['lambda list-functions', '"Runtime": "nodejs24.x"'],
    ['lambda invoke --function-name Sweep:live /dev/null', '"StatusCode": 200'],
    ['stepfunctions list-state-machines', '"name": "local-careline-referral"'],
    [`stepfunctions list-executions --state-machine-arn ${referral}`, '"executions": []'],
    [`stepfunctions describe-execution --execution-arn ${none}:none`, '(ExecutionDoesNotExist)'],
    [`stepfunctions get-execution-history --execution-arn ${none}:none`, '(ExecutionDoesNotExist)'],
    [`stepfunctions stop-execution --execution-arn ${none}:none`, '(ExecutionDoesNotExist)'],
    ['dynamodb list-tables --max-items 1', '"NextToken"'],
    ['dynamodb describe-table --table-name Ledger', '"StreamViewType": "NEW_AND_OLD_IMAGES"'],
    ['dynamodb scan --table-name Ledger', '"Items"'],
    ['dynamodb get-item --table-name Cursors --key {"pk":{"S":"x"}}', ''],
    ['kms disable-key --key-id WrappingKey', ''],
    ['kms enable-key --key-id WrappingKey', ''],
    ['s3api list-objects-v2 --bucket anchors', '"RequestCharged": null'],
    ['s3api list-object-versions --bucket anchors', '"RequestCharged": null'],
    ['s3api get-object --bucket anchors --key none /dev/null', '(NoSuchKey)'],
    ['s3 ls s3://anchors', ''],
    ['s3 ls s3://elsewhere', '(NoSuchBucket)'],
  ])('answers %s', async (line, part) => {
    const told = await aws(line);
    expect(told).toContain(part);
    expect(told).not.toMatch(/UnknownOperation|NotImplemented|does not offer/);
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
    ['s3api list-buckets', 'The embedded S3 does not offer GET /'],
    ['kms list-keys', 'The embedded KMS does not offer ListKeys.'],
    ['cloudformation list-stacks', 'does not offer ListStacks'],
    ['dynamodb create-backup --table-name Ledger --backup-name abc', 'does not offer CreateBackup'],
    ['secretsmanager create-secret --name x', 'does not offer CreateSecret'],
    ['sesv2 get-account', 'The service ses is not part of the embedded cloud.'],
  ])('shows a sentence for %s', async (line, sentence) => {
    expect(await aws(line)).toContain(sentence);
  });
});
