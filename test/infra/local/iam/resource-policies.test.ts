/** Policies that stand at a resource: of topics, queues, buckets, secrets and functions. Those of keys: see kms/. */
import { describe, expect, test } from 'vitest';
import type { Principal } from '../../../../infra/local/endpoint/service.ts';
import { createAuthorize } from '../../../../infra/local/iam/iam.ts';
import { functionWith, templateOf } from '../dynamodb/cloud.ts';

type Resources = Parameters<typeof templateOf>[0];

const alarm = 'arn:aws:cloudwatch:us-east-1:000000000000:alarm:SweepErrors';
const cloudWatch: Principal = { kind: 'service', name: 'cloudwatch.amazonaws.com', sourceArn: alarm };
const react: Principal = { kind: 'function', logicalId: 'React' };
const operator: Principal = { kind: 'operator' };

/** The sentence of a refusal, or true. */
function may(resources: Resources, principal: Principal, action: string, resource: string): true | string {
  try {
    createAuthorize(templateOf({ ...functionWith('React'), ...resources }))(principal, action, resource);
    return true;
  } catch (error) {
    return (error as Error).message;
  }
}

const topicArn = 'arn:aws:sns:us-east-1:000000000000:Alarms';
const topic = (...Statement: readonly object[]): Resources => ({
  Alarms: { Type: 'AWS::SNS::Topic', Properties: {} },
  ...(Statement.length > 0 && {
    AlarmsPolicy: {
      Type: 'AWS::SNS::TopicPolicy',
      Properties: { Topics: [{ Ref: 'Alarms' }], PolicyDocument: { Statement } },
    },
  }),
});
const statement = (Principal: unknown, more: object = {}) => ({
  Effect: 'Allow',
  Principal,
  Action: 'sns:Publish',
  Resource: { Ref: 'Alarms' },
  ...more,
});
const deniesPlainTransport = statement(
  { AWS: '*' },
  { Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
);
const ofCloudWatch = { Service: 'cloudwatch.amazonaws.com' };
const when = (operatorName: string, condition: object) => ({ Condition: { [operatorName]: condition } });

describe('an alarm publishes to a topic', () => {
  test.each([
    ['whose policy allows it', [statement(ofCloudWatch)]],
    [
      'whose policy allows several services',
      [statement({ Service: ['ses.amazonaws.com', 'cloudwatch.amazonaws.com'] })],
    ],
    [
      'whose policy allows it for this account',
      [statement(ofCloudWatch, when('StringEquals', { 'aws:SourceAccount': '000000000000' }))],
    ],
    [
      'whose policy allows it for its alarms',
      [
        statement(
          ofCloudWatch,
          when('ArnLike', { 'AWS:SourceArn': 'arn:aws:cloudwatch:us-east-1:000000000000:alarm:*' }),
        ),
      ],
    ],
    ['whose policy also refuses plain transport', [statement(ofCloudWatch), deniesPlainTransport]],
  ])('%s', (_, statements) => {
    expect(may(topic(...statements), cloudWatch, 'sns:Publish', topicArn)).toBe(true);
  });
});

describe('an alarm does not publish to a topic', () => {
  const none =
    /^Service: cloudwatch\.amazonaws\.com on behalf of \S+:SweepErrors is not authorized .* no resource-based policy allows the sns:Publish action$/;
  const denied = /explicit deny in a resource-based policy$/;
  test.each([
    ['whose policy only refuses plain transport', [deniesPlainTransport], none],
    ['whose policy is for another service', [statement({ Service: 'ses.amazonaws.com' })], none],
    ['whose policy is for the account', [statement({ AWS: '000000000000' })], none],
    [
      'whose policy is for other alarms',
      [statement(ofCloudWatch, when('ArnEquals', { 'aws:SourceArn': `${alarm}2` }))],
      none,
    ],
    [
      'whose policy is for another account',
      [statement(ofCloudWatch, when('StringEquals', { 'aws:SourceAccount': '111111111111' }))],
      none,
    ],
    ['whose policy allows another action', [statement(ofCloudWatch, { Action: 'sns:Subscribe' })], none],
    ['whose policy also denies it', [statement(ofCloudWatch), statement('*', { Effect: 'Deny' })], denied],
    ['that has no policy', [], none],
  ])('%s', (_, statements, sentence) => {
    expect(may(topic(...statements), cloudWatch, 'sns:Publish', topicArn)).toMatch(sentence);
  });
});

describe('a function', () => {
  const publish = { Effect: 'Allow', Action: 'sns:Publish', Resource: topicArn };
  const may_ = (statements: readonly object[], ...own: readonly object[]) =>
    may({ ...topic(...statements), ...functionWith('React', ...own) }, react, 'sns:Publish', topicArn) === true;

  test.each([
    ['with a grant of its role', [deniesPlainTransport], [publish], true],
    ['that the topic names', [statement({ AWS: { 'Fn::GetAtt': ['ReactRole', 'Arn'] } })], [], true],
    [
      'whose session the topic names',
      [statement({ AWS: 'arn:aws:sts::000000000000:assumed-role/ReactRole/React' })],
      [],
      true,
    ],
    ['whose account alone the topic names', [statement({ AWS: 'arn:aws:iam::000000000000:root' })], [], false],
    ['that neither names', [deniesPlainTransport], [], false],
    [
      'that the topic denies',
      [statement({ AWS: { 'Fn::GetAtt': ['ReactRole', 'Arn'] } }, { Effect: 'Deny' })],
      [publish],
      false,
    ],
    ['of an account that the topic denies', [statement({ AWS: '000000000000' }, { Effect: 'Deny' })], [publish], false],
    ['where a topic has no policy', [], [], false],
  ])('%s', (_, statements, own, expected) => {
    expect(may_(statements, ...own)).toBe(expected);
  });
});

test('an operator counts as the root of the account: all that no policy denies', () => {
  expect(may(topic(deniesPlainTransport), operator, 'sns:Publish', topicArn)).toBe(true);
  expect(may(topic(statement('*', { Effect: 'Deny' })), operator, 'sns:Publish', topicArn)).toMatch(
    /^User: arn:aws:iam::000000000000:root is not authorized .* explicit deny in a resource-based policy$/,
  );
});

describe('the policy of', () => {
  const rule: Principal = {
    kind: 'service',
    name: 'events.amazonaws.com',
    sourceArn: 'arn:aws:events:us-east-1:000000000000:rule/SweepSchedule',
  };

  test('a queue lets a rule put in what it gave up', () => {
    const queue = (SourceArn: string): Resources => ({
      Failures: { Type: 'AWS::SQS::Queue', Properties: {} },
      FailuresPolicy: {
        Type: 'AWS::SQS::QueuePolicy',
        Properties: {
          Queues: [{ Ref: 'Failures' }],
          PolicyDocument: {
            Statement: [
              {
                Effect: 'Allow',
                Principal: { Service: 'events.amazonaws.com' },
                Action: 'sqs:SendMessage',
                Resource: { 'Fn::GetAtt': ['Failures', 'Arn'] },
                Condition: { ArnEquals: { 'aws:SourceArn': SourceArn } },
              },
            ],
          },
        },
      },
    });
    const arn = 'arn:aws:sqs:us-east-1:000000000000:Failures';
    expect(may(queue(rule.sourceArn), rule, 'sqs:SendMessage', arn)).toBe(true);
    expect(may(queue(`${rule.sourceArn}2`), rule, 'sqs:SendMessage', arn)).toMatch(/no resource-based policy/);
  });

  test('a function lets a service invoke it, by ARN or by name', () => {
    const permission = (FunctionName: unknown, more: object = {}): Resources => ({
      MayInvoke: {
        Type: 'AWS::Lambda::Permission',
        Properties: { Action: 'lambda:InvokeFunction', FunctionName, Principal: rule.name, ...more },
      },
    });
    const arn = 'arn:aws:lambda:us-east-1:000000000000:function:React';
    const invokes = (resources: Resources) => may(resources, rule, 'lambda:InvokeFunction', arn) === true;
    expect(invokes(permission({ Ref: 'React' }))).toBe(true);
    expect(invokes(permission({ 'Fn::GetAtt': ['React', 'Arn'] }, { SourceArn: rule.sourceArn }))).toBe(true);
    expect(invokes(permission({ Ref: 'React' }, { SourceArn: `${rule.sourceArn}2` }))).toBe(false);
    expect(invokes({})).toBe(false);
  });

  test('a bucket holds for its objects', () => {
    const resources: Resources = {
      Anchors: { Type: 'AWS::S3::Bucket', Properties: {} },
      AnchorsPolicy: {
        Type: 'AWS::S3::BucketPolicy',
        Properties: {
          Bucket: { Ref: 'Anchors' },
          PolicyDocument: {
            Statement: [
              {
                Effect: 'Deny',
                Principal: { AWS: '*' },
                Action: 's3:DeleteObject*',
                Resource: { 'Fn::Join': ['', [{ 'Fn::GetAtt': ['Anchors', 'Arn'] }, '/*']] },
              },
            ],
          },
        },
      },
    };
    expect(may(resources, operator, 's3:DeleteObjectVersion', 'arn:aws:s3:::anchors/2026/root')).toMatch(
      /explicit deny/,
    );
    expect(may(resources, operator, 's3:GetObject', 'arn:aws:s3:::anchors/2026/root')).toBe(true);
    expect(may(resources, operator, 's3:DeleteObject', 'arn:aws:s3:::anchorsother/root')).toBe(true);
  });
});

describe('a start is stopped by', () => {
  test.each([
    [
      'a statement without a principal',
      topic({ Effect: 'Allow', Action: 'sns:Publish', Resource: '*' }),
      'names no Principal',
    ],
    ['a principal of another kind', topic(statement({ Federated: 'example.org' })), 'of the kind Federated'],
    ['a part of an ARN', topic(statement({ AWS: 'arn:aws:iam::000000000000:role/*' })), 'IAM takes no part of an ARN'],
    ['NotPrincipal', topic({ ...statement('*'), NotPrincipal: { AWS: '*' } }), 'has NotPrincipal'],
    [
      'a condition that is not known',
      topic(statement('*', when('StringEquals', { 'aws:SourceVpc': 'x' }))),
      'Statement 1 of the policy AlarmsPolicy has a condition on aws:SourceVpc',
    ],
    [
      'a permission for an organization',
      {
        MayInvoke: {
          Type: 'AWS::Lambda::Permission',
          Properties: {
            Action: 'lambda:InvokeFunction',
            FunctionName: { Ref: 'React' },
            Principal: '*',
            PrincipalOrgID: 'o-1',
          },
        },
      },
      'has PrincipalOrgID',
    ],
    [
      'a policy of a topic that is elsewhere',
      {
        Policy: {
          Type: 'AWS::SNS::TopicPolicy',
          Properties: { Topics: ['arn:aws:sns:us-east-1:111111111111:Other'], PolicyDocument: { Statement: [] } },
        },
      },
      'is not in the stack',
    ],
  ] as const)('%s', (_, resources, sentence) => {
    expect(() => createAuthorize(templateOf({ ...functionWith('React'), ...resources } as Resources))).toThrow(
      sentence,
    );
  });
});
