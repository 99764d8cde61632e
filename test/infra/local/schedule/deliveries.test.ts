/** What AWS services send on the template's behalf. Each test takes one part out of a small template. */
import { describe, expect, test } from 'vitest';
import { requireDeliveries, undelivered } from '../../../../infra/local/schedule/deliveries.ts';
import { functionWith, templateOf } from '../dynamodb/cloud.ts';

type Resources = Parameters<typeof templateOf>[0];

const arnOf = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });
const lets = (name: string, Action: unknown, more: object = {}) => ({
  Effect: 'Allow',
  Principal: { Service: `${name}.amazonaws.com` },
  Action,
  Resource: '*',
  ...more,
});
const from = (source: unknown) => ({ Condition: { ArnEquals: { 'aws:SourceArn': source } } });
const topicPolicy = (topic: string, ...Statement: readonly object[]) => ({
  Type: 'AWS::SNS::TopicPolicy',
  Properties: { Topics: [{ Ref: topic }], PolicyDocument: { Statement } },
});
const useOfKey = ['kms:Decrypt', 'kms:GenerateDataKey*'];
const keyFor = (name: string) => ({
  Type: 'AWS::KMS::Key',
  Properties: { KeyPolicy: { Statement: [lets(name, useOfKey)] } },
});

const whole: Resources = {
  ...functionWith('Sweep', { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: arnOf('Failures') }),
  Sweep: {
    Type: 'AWS::Lambda::Function',
    Properties: { Role: arnOf('SweepRole'), DeadLetterConfig: { TargetArn: arnOf('Failures') } },
  },
  AlarmsKey: keyFor('cloudwatch'),
  Alarms: { Type: 'AWS::SNS::Topic', Properties: { KmsMasterKeyId: arnOf('AlarmsKey') } },
  AlarmsPolicy: topicPolicy('Alarms', lets('cloudwatch', 'sns:Publish', from(arnOf('SweepAlarm')))),
  SweepAlarm: { Type: 'AWS::CloudWatch::Alarm', Properties: { AlarmActions: [{ Ref: 'Alarms' }] } },
  Mail: { Type: 'AWS::SES::ConfigurationSet', Properties: {} },
  MailNews: {
    Type: 'AWS::SES::ConfigurationSetEventDestination',
    Properties: {
      ConfigurationSetName: { Ref: 'Mail' },
      EventDestination: { SnsDestination: { TopicARN: { Ref: 'MailEvents' } } },
    },
  },
  MailEventsKey: keyFor('ses'),
  MailEvents: { Type: 'AWS::SNS::Topic', Properties: { KmsMasterKeyId: arnOf('MailEventsKey') } },
  MailEventsPolicy: topicPolicy('MailEvents', lets('ses', 'sns:Publish')),
  EveryHour: {
    Type: 'AWS::Events::Rule',
    Properties: { Targets: [{ Arn: arnOf('Sweep'), Id: 'T', DeadLetterConfig: { Arn: arnOf('Failures') } }] },
  },
  Failures: { Type: 'AWS::SQS::Queue', Properties: {} },
  FailuresPolicy: {
    Type: 'AWS::SQS::QueuePolicy',
    Properties: {
      Queues: [{ Ref: 'Failures' }],
      PolicyDocument: { Statement: [lets('events', 'sqs:SendMessage', from(arnOf('EveryHour')))] },
    },
  },
};

const refused = (changed: Resources) => undelivered(templateOf({ ...whole, ...changed }));

test('a template with all its permissions delivers everything', () => {
  expect(refused({})).toEqual([]);
  expect(() => requireDeliveries(templateOf(whole))).not.toThrow();
});

const plainOnly = topicPolicy('Alarms', {
  Effect: 'Deny',
  Principal: '*',
  Action: 'sns:Publish',
  Resource: '*',
  Condition: { Bool: { 'aws:SecureTransport': 'false' } },
});

describe('a message is not delivered where', () => {
  test.each([
    [
      'the policy of a topic only refuses plain transport',
      { AlarmsPolicy: plainOnly },
      /the alarm SweepAlarm notifies the topic Alarms, and it cannot.*sns:Publish/,
    ],
    [
      'the policy of a topic is for another alarm',
      {
        AlarmsPolicy: topicPolicy(
          'Alarms',
          lets('cloudwatch', 'sns:Publish', from('arn:aws:cloudwatch:us-east-1:000000000000:alarm:Other')),
        ),
      },
      /SweepAlarm.*sns:Publish/,
    ],
    [
      'the key of a topic is for another service',
      { AlarmsKey: keyFor('ses') },
      /SweepAlarm.*kms:GenerateDataKey on resource: \S+key\/AlarmsKey/,
    ],
    [
      'the key of a topic only decrypts',
      {
        AlarmsKey: {
          Type: 'AWS::KMS::Key',
          Properties: { KeyPolicy: { Statement: [lets('cloudwatch', 'kms:Decrypt')] } },
        },
      },
      /SweepAlarm.*kms:GenerateDataKey/,
    ],
    [
      'the key of a topic has AWS’s own policy',
      { MailEventsKey: { Type: 'AWS::KMS::Key', Properties: {} } },
      /SES tells the topic MailEvents.*kms:GenerateDataKey/,
    ],
    [
      'SES may not publish',
      { MailEventsPolicy: topicPolicy('MailEvents', lets('cloudwatch', 'sns:Publish')) },
      /SES tells the topic MailEvents.*sns:Publish/,
    ],
    [
      'a rule may not use its queue',
      {
        FailuresPolicy: {
          Type: 'AWS::SQS::QueuePolicy',
          Properties: { Queues: [{ Ref: 'Failures' }], PolicyDocument: { Statement: [] } },
        },
      },
      /EveryHour puts what it gave up into the queue Failures.*sqs:SendMessage/,
    ],
  ] as const)('%s', (_, changed, sentence) => {
    expect(refused(changed as Resources)).toEqual([expect.stringMatching(sentence)]);
  });

  test('a log group is encrypted with a key that does not name the service', () => {
    const accountKey = { Type: 'AWS::KMS::Key', Properties: {} };
    const group = { Type: 'AWS::Logs::LogGroup', Properties: { KmsKeyId: arnOf('LogsKey') } };
    expect(refused({ LogsKey: accountKey, SweepLogs: group })).toEqual([
      expect.stringMatching(/the log group SweepLogs is encrypted, and it cannot.*kms:Encrypt/),
    ]);
    const logsKey = (group_: string) => ({
      Type: 'AWS::KMS::Key',
      Properties: {
        KeyPolicy: {
          Statement: [
            lets('logs.us-east-1', ['kms:Encrypt*', 'kms:Decrypt*', 'kms:GenerateDataKey*', 'kms:Describe*'], {
              Condition: {
                ArnLike: {
                  'kms:EncryptionContext:aws:logs:arn': `arn:aws:logs:us-east-1:000000000000:log-group:${group_}`,
                },
              },
            }),
          ],
        },
      },
    });
    expect(refused({ LogsKey: logsKey('*'), SweepLogs: group })).toEqual([]);
    expect(refused({ LogsKey: logsKey('Other'), SweepLogs: group })).toHaveLength(1);
  });

  test('Lambda cannot read a stream for a function, for want of the stream or of the key of the table', () => {
    const stream = { 'Fn::GetAtt': ['Ledger', 'StreamArn'] };
    const feeding = (...statements: readonly object[]): Resources => ({
      LedgerKey: { Type: 'AWS::KMS::Key', Properties: {} },
      Ledger: {
        Type: 'AWS::DynamoDB::Table',
        Properties: { SSESpecification: { SSEEnabled: true, KMSMasterKeyId: arnOf('LedgerKey') } },
      },
      ...functionWith('React', ...statements),
      ReactStream: {
        Type: 'AWS::Lambda::EventSourceMapping',
        Properties: { FunctionName: { Ref: 'React' }, EventSourceArn: stream },
      },
    });
    const actions = ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'];
    const read = (Action: readonly string[]) => ({ Effect: 'Allow', Action, Resource: stream });
    const decrypt = { Effect: 'Allow', Action: 'kms:Decrypt', Resource: arnOf('LedgerKey') };
    expect(refused(feeding(read(actions), decrypt))).toEqual([]);
    expect(refused(feeding(read(actions)))).toEqual([
      expect.stringMatching(/^It must be that Lambda reads the stream of Ledger for React, .*kms:Decrypt/),
    ]);
    for (const missing of actions) {
      const others = actions.filter((action) => action !== missing);
      expect(refused(feeding(read(others), decrypt))).toEqual([expect.stringContaining(`perform: ${missing} on`)]);
    }
  });

  test('the policy of a topic leaves out the rule that tells it', () => {
    const told = (Service: string): Resources => ({
      MailStopped: { Type: 'AWS::Events::Rule', Properties: { Targets: [{ Arn: { Ref: 'Notices' } }] } },
      Notices: { Type: 'AWS::SNS::Topic', Properties: {} },
      NoticesPolicy: {
        Type: 'AWS::SNS::TopicPolicy',
        Properties: {
          Topics: [{ Ref: 'Notices' }],
          PolicyDocument: {
            Statement: [
              { Effect: 'Allow', Action: 'sns:Publish', Resource: { Ref: 'Notices' }, Principal: { Service } },
            ],
          },
        },
      },
    });
    expect(refused(told('events.amazonaws.com'))).toEqual([]);
    expect(refused(told('cloudwatch.amazonaws.com'))).toEqual([
      expect.stringMatching(/^It must be that the rule MailStopped notifies the topic/),
    ]);
  });

  test('Lambda cannot read a queue for a function, for want of a grant', () => {
    const queue = arnOf('Replays');
    const feeding = (...Action: readonly string[]): Resources => ({
      Replays: { Type: 'AWS::SQS::Queue', Properties: {} },
      ...functionWith('React', { Effect: 'Allow', Action, Resource: queue }),
      ReactReplay: {
        Type: 'AWS::Lambda::EventSourceMapping',
        Properties: { FunctionName: { Ref: 'React' }, EventSourceArn: queue },
      },
    });
    const actions = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'];
    expect(refused(feeding(...actions))).toEqual([]);
    for (const missing of actions) {
      const others = actions.filter((action) => action !== missing);
      expect(refused(feeding(...others))).toEqual([expect.stringContaining(`perform: ${missing} on`)]);
    }
  });

  test('the role of a function has no grant on its queue', () => {
    const { SweepPolicy: _policy, ...rest } = whole;
    expect(undelivered(templateOf(rest))[0]).toMatch(/^It must be that Sweep puts what it gave up into the queue/);
  });

  test('an alarm acts on something that is not known here', () => {
    const SweepAlarm = {
      Type: 'AWS::CloudWatch::Alarm',
      Properties: { AlarmActions: ['arn:aws:automate:us-east-1:ec2:stop'] },
    };
    expect(() => refused({ SweepAlarm })).toThrow('only topics can be told here');
  });

  test('and that stops the start', () => {
    expect(() => requireDeliveries(templateOf({ ...whole, AlarmsPolicy: plainOnly }))).toThrow(/SweepAlarm/);
  });
});
