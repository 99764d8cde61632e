/** What the deployment reads of an AWS account, and each of its errors as a sentence with the way out. */
import { ACMClient, DescribeCertificateCommand } from '@aws-sdk/client-acm';
import { BackupClient, DescribeRegionSettingsCommand } from '@aws-sdk/client-backup';
import { CloudFormationClient, DescribeStacksCommand, ListStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import {
  CognitoIdentityProviderClient,
  DescribeUserPoolCommand,
  DescribeUserPoolDomainCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetAccountSettingsCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { GetAccountCommand, GetEmailIdentityCommand, SESv2Client } from '@aws-sdk/client-sesv2';
import { ListSubscriptionsByTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, test } from 'vitest';
import { readFacts, readPlace, readUnfinished, sentenceOfAws } from '../../../infra/deploy/account.ts';

const aws = {
  sts: mockClient(STSClient),
  stacks: mockClient(CloudFormationClient),
  certificates: mockClient(ACMClient),
  pools: mockClient(CognitoIdentityProviderClient),
  functions: mockClient(LambdaClient),
  mail: mockClient(SESv2Client),
  topics: mockClient(SNSClient),
  parameters: mockClient(SSMClient),
  copies: mockClient(BackupClient),
  tables: mockClient(DynamoDBClient),
};
const failure = (name: string, message = name) => Object.assign(new Error(message), { name });
const place = { account: '111122223333', region: 'us-east-1', caller: 'arn:aws:iam::1:user/pat', stack: undefined };
const settings = { stage: 'training', mailDomain: 'agency.example' };

beforeEach(() => {
  for (const client of Object.values(aws)) client.reset();
  aws.sts.on(GetCallerIdentityCommand).resolves({ Account: place.account, Arn: place.caller });
  aws.stacks.on(DescribeStacksCommand).rejects(failure('ValidationError', 'Stack with id Careline does not exist'));
  aws.parameters.on(GetParameterCommand).rejects(failure('ParameterNotFound'));
  aws.pools.on(DescribeUserPoolDomainCommand).resolves({ DomainDescription: {} });
  aws.mail.on(GetEmailIdentityCommand).rejects(failure('NotFoundException'));
  aws.mail.on(GetAccountCommand).resolves({ ProductionAccessEnabled: false, SendQuota: { Max24HourSend: 200 } });
  aws.copies.on(DescribeRegionSettingsCommand).resolves({ ResourceTypeManagementPreference: { S3: true } });
  aws.functions.on(GetAccountSettingsCommand).resolves({ AccountLimit: { ConcurrentExecutions: 10 } });
});

describe('where it deploys', () => {
  test('is an account without a stack', async () => {
    expect(await readPlace({ region: 'us-east-1' })).toEqual(place);
  });

  test('is a stack with its state and its outputs', async () => {
    const Outputs = [{ OutputKey: 'SignInAt', OutputValue: 'https://careline.agency.example' }];
    aws.stacks.on(DescribeStacksCommand).resolves({
      Stacks: [{ StackName: 'Careline', CreationTime: new Date(0), StackStatus: 'CREATE_COMPLETE', Outputs }],
    });
    expect((await readPlace({ region: 'us-east-1' })).stack).toEqual({
      status: 'CREATE_COMPLETE',
      outputs: { SignInAt: 'https://careline.agency.example' },
    });
  });

  test('is not guessed where AWS refuses to tell', async () => {
    aws.stacks.on(DescribeStacksCommand).rejects(failure('ValidationError', 'The name is too long'));
    await expect(readPlace({ region: 'us-east-1' })).rejects.toThrow('The name is too long');
  });
});

describe('the facts', () => {
  test('of a new account: nothing is there yet', async () => {
    expect(await readFacts(settings, place)).toEqual({
      bootstrap: undefined,
      certificate: undefined,
      prefixOwner: undefined,
      mailDomain: 'absent',
      mailSandbox: true,
      concurrency: 10,
      copiesApart: false,
      mailEnabled: true,
      mailsADay: 200,
    });
    const [asked] = aws.pools.commandCalls(DescribeUserPoolDomainCommand);
    expect(asked?.args[0].input).toEqual({ Domain: 'careline-training' });
  });

  test('of an account that is prepared', async () => {
    const certificateArn = 'arn:aws:acm:us-east-1:111122223333:certificate/abc';
    aws.parameters.on(GetParameterCommand).resolves({ Parameter: { Value: '28' } });
    aws.pools.on(DescribeUserPoolDomainCommand).resolves({ DomainDescription: { UserPoolId: 'us-east-1_pool' } });
    aws.mail.on(GetEmailIdentityCommand).resolves({ VerifiedForSendingStatus: true });
    aws.mail.on(GetAccountCommand).resolves({ ProductionAccessEnabled: true });
    aws.copies.on(DescribeRegionSettingsCommand).resolves({ ResourceTypeManagementPreference: { DynamoDB: true } });
    aws.certificates.on(DescribeCertificateCommand).resolves({
      Certificate: {
        Status: 'PENDING_VALIDATION',
        DomainName: 'careline.agency.example',
        SubjectAlternativeNames: ['*.agency.example'],
        DomainValidationOptions: [
          { DomainName: 'careline.agency.example', ResourceRecord: { Name: '_a', Type: 'CNAME', Value: '_b' } },
          { DomainName: 'agency.example' },
        ],
      },
    });
    expect(await readFacts({ ...settings, certificateArn }, place)).toMatchObject({
      bootstrap: 28,
      certificate: {
        status: 'PENDING_VALIDATION',
        names: ['careline.agency.example', '*.agency.example'],
        records: ['_a CNAME _b'],
      },
      prefixOwner: 'us-east-1_pool',
      mailDomain: 'verified',
      mailSandbox: false,
      copiesApart: true,
    });
  });

  test('tell a certificate that is missing, and mail records that were not seen', async () => {
    aws.certificates.on(DescribeCertificateCommand).rejects(failure('ResourceNotFoundException'));
    aws.mail.on(GetEmailIdentityCommand).resolves({ VerifiedForSendingStatus: false });
    const facts = await readFacts({ ...settings, certificateArn: 'arn:aws:acm:x' }, place);
    expect([facts.certificate?.status, facts.mailDomain]).toEqual(['MISSING', 'unverified']);
  });

  test('are not made up where a call is refused', async () => {
    aws.parameters.on(GetParameterCommand).rejects(failure('AccessDeniedException'));
    await expect(readFacts(settings, place)).rejects.toThrow('AccessDeniedException');
  });
});

const resource = (ResourceType: string, PhysicalResourceId: string) => ({
  ...{ ResourceType, PhysicalResourceId, LogicalResourceId: PhysicalResourceId },
  ...{ LastUpdatedTimestamp: new Date(0), ResourceStatus: 'CREATE_COMPLETE' as const },
});

describe('what is unfinished in the deployed stack', () => {
  const whole = { StackName: 'Careline', CreationTime: new Date(0), StackStatus: 'UPDATE_COMPLETE' as const };
  beforeEach(() => {
    aws.stacks.on(DescribeStacksCommand).resolves({ Stacks: [{ ...whole, EnableTerminationProtection: true }] });
    aws.stacks.on(ListStackResourcesCommand).resolves({
      StackResourceSummaries: [
        resource('AWS::SNS::Topic', 'Alarms'),
        resource('AWS::DynamoDB::Table', 'Ledger'),
        resource('AWS::DynamoDB::Table', 'Board'),
        resource('AWS::Lambda::Function', 'React'),
        resource('AWS::SNS::Topic', 'Pages'),
        resource('AWS::Cognito::UserPool', 'us-east-1_people'),
      ],
    });
    aws.topics.on(ListSubscriptionsByTopicCommand).resolves({ Subscriptions: [] });
    aws.tables.on(DescribeTableCommand).resolves({ Table: { DeletionProtectionEnabled: true } });
    aws.pools.on(DescribeUserPoolCommand).resolves({ UserPool: { DeletionProtection: 'ACTIVE' } });
  });
  const unfinished = (addresses: readonly (string | undefined)[] = [], isProtected = true) =>
    readUnfinished(place, { addresses, isProtected });

  test('an address is looked for on every page of the topics of this stack, and counts once it has confirmed', async () => {
    const subscribed = (Endpoint: string) => ({ Endpoint, SubscriptionArn: 'arn:aws:sns:us-east-1:111122223333:a:b' });
    const pending = { Endpoint: 'desk@agency.example', SubscriptionArn: 'PendingConfirmation' };
    aws.topics
      .on(ListSubscriptionsByTopicCommand)
      .resolves({ Subscriptions: [subscribed('of another topic')] })
      .on(ListSubscriptionsByTopicCommand, { TopicArn: 'Alarms' })
      .resolves({ Subscriptions: [pending], NextToken: 'more' })
      .on(ListSubscriptionsByTopicCommand, { TopicArn: 'Alarms', NextToken: 'more' })
      .resolves({ Subscriptions: [subscribed('oncall@agency.example')] })
      .on(ListSubscriptionsByTopicCommand, { TopicArn: 'Pages' })
      .resolves({ Subscriptions: [subscribed('page')] });
    const asked = ['oncall@agency.example', 'page', 'desk@agency.example', 'of another topic', undefined];
    expect((await unfinished(asked)).unconfirmed).toEqual(['desk@agency.example', 'of another topic']);
  });

  test('what can still be deleted is asked of each table, the pool and the stack', async () => {
    expect((await unfinished()).unprotected).toEqual([]);
    aws.tables.on(DescribeTableCommand, { TableName: 'Board' }).resolves({ Table: {} });
    aws.pools.on(DescribeUserPoolCommand).resolves({ UserPool: { DeletionProtection: 'INACTIVE' } });
    aws.stacks.on(DescribeStacksCommand).resolves({ Stacks: [whole] });
    expect((await unfinished()).unprotected).toEqual(['Board', 'us-east-1_people', 'Careline']);
  });

  test('a first deployment is not asked for protection, which it does without', async () => {
    aws.tables.on(DescribeTableCommand).resolves({ Table: {} });
    expect(await unfinished(['desk@agency.example'], false)).toEqual({
      unprotected: [],
      unconfirmed: ['desk@agency.example'],
    });
  });

  test('its resources are listed once for both', async () => {
    await unfinished(['desk@agency.example']);
    expect(aws.stacks.commandCalls(ListStackResourcesCommand)).toHaveLength(1);
  });
});

describe('an error of AWS', () => {
  test.each([
    ['CredentialsProviderError', 'Could not load credentials from any providers', 'aws sso login'],
    ['Error', 'Region is missing', 'set AWS_REGION'],
    ['ExpiredToken', 'The security token is expired', 'sign in again'],
    ['AccessDeniedException', 'not authorized to perform ssm:GetParameter', 'ssm:GetParameter'],
    ['ValidationError', 'Stack with id Careline does not exist', 'There is no stack Careline'],
    ['Error', 'getaddrinfo ENOTFOUND sts.us-nowhere-1.amazonaws.com', 'the name of the region'],
  ])('%s: %s', (name, message, sentence) => {
    expect(sentenceOfAws(failure(name, message))).toContain(sentence);
  });

  test('that is none of these stays as it is', () => {
    expect(sentenceOfAws(failure('InternalFailure'))).toBeUndefined();
    expect(sentenceOfAws('text')).toBeUndefined();
  });
});
