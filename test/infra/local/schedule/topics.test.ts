import { expect, it } from 'vitest';
import { createActivity, createClock } from '../../../../infra/local/clock/clock.ts';
import { createKms } from '../../../../infra/local/kms/kms.ts';
import { createTopics } from '../../../../infra/local/schedule/topics.ts';
import {
  functionResource,
  judgeResources,
  noon,
  permission,
  type WrittenResource,
  writeTemplate,
} from '../lambda/hand-written.ts';

const ses = {
  kind: 'service',
  name: 'ses.amazonaws.com',
  sourceArn: 'arn:aws:ses:us-east-1:000000000000:configuration-set/Mail',
} as const;
const topicArn = 'arn:aws:sns:us-east-1:000000000000:MailEvents';
const subscription = (Properties: Readonly<Record<string, unknown>>): WrittenResource => ({
  Type: 'AWS::SNS::Subscription',
  Properties: { TopicArn: { Ref: 'MailEvents' }, ...Properties },
});
const toFunction = { Protocol: 'lambda', Endpoint: { 'Fn::GetAtt': ['RecordDelivery', 'Arn'] } };

function start(
  subscriptions: Readonly<Record<string, WrittenResource>>,
  more: Readonly<Record<string, WrittenResource>> = {},
) {
  const activity = createActivity();
  const received: { name: string; event: unknown }[] = [];
  const template = writeTemplate({
    MailEvents: { Type: 'AWS::SNS::Topic', Properties: {} },
    MayTell: {
      Type: 'AWS::SNS::TopicPolicy',
      Properties: {
        Topics: [{ Ref: 'MailEvents' }],
        PolicyDocument: {
          Statement: [
            {
              Effect: 'Allow',
              Principal: { Service: ses.name },
              Action: 'sns:Publish',
              Resource: { Ref: 'MailEvents' },
            },
          ],
        },
      },
    },
    RecordDelivery: functionResource('RecordDelivery'),
    MayRecord: permission('RecordDelivery', 'sns', { Ref: 'MailEvents' }),
    ...subscriptions,
    ...more,
  });
  const authorize = judgeResources(template);
  const { useKey } = createKms({ template, authorize });
  const topics = createTopics({
    template,
    authorize,
    useKey,
    clock: createClock({ activity, frozenAt: noon }),
    activity,
    lambda: {
      invoke: async (arn, event) => {
        received.push({ name: arn.replace(/.*:/, ''), event });
        return { ok: true, payload: null };
      },
    },
  });
  return { activity, received, topics };
}

it('a message reaches the subscribed function in the shape of SNS', async () => {
  const { activity, received, topics } = start({ Sub: subscription(toFunction) });
  void topics.publish(ses, topicArn, '{"eventType":"Bounce"}');
  await activity.rest();
  expect(received).toEqual([
    {
      name: 'RecordDelivery',
      event: {
        Records: [
          {
            EventSource: 'aws:sns',
            EventVersion: '1.0',
            EventSubscriptionArn: `${topicArn}:Sub`,
            Sns: {
              Type: 'Notification',
              MessageId: expect.any(String),
              TopicArn: topicArn,
              Subject: null,
              Message: '{"eventType":"Bounce"}',
              Timestamp: '2027-03-01T12:00:00.000Z',
              SignatureVersion: '1',
              Signature: expect.any(String),
              SigningCertUrl: expect.any(String),
              UnsubscribeUrl: expect.any(String),
              MessageAttributes: {},
            },
          },
        ],
      },
    },
  ]);
});

it('a message counts as delivered only when the function has taken it, so that a killed process tells it again', async () => {
  const { received, topics } = start({ Sub: subscription(toFunction) });
  await topics.publish(ses, topicArn, 'x');
  expect(received).toHaveLength(1);
});

it('a subscription by e-mail stops the start: only functions are told here', () => {
  const mail = subscription({ Protocol: 'email', Endpoint: 'oncall@careline.example' });
  expect(() => start({ Mail: mail })).toThrow(/only functions can be told here/);
});

it('a topic that the template has not is refused', () => {
  expect(() => start({}).topics.publish(ses, `${topicArn}2`, 'x')).toThrow(/no topic/);
});

it('a filter policy or a missing permission stops the start', () => {
  expect(() => start({ Sub: subscription({ ...toFunction, FilterPolicy: { a: ['b'] } }) })).toThrow(/FilterPolicy/);
  expect(() =>
    start(
      { Sub: subscription({ Protocol: 'lambda', Endpoint: { 'Fn::GetAtt': ['Other', 'Arn'] } }) },
      { Other: functionResource('Other') },
    ),
  ).toThrow(/may not invoke Other/);
});
