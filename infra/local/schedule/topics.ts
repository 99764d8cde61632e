/** SNS: delivers messages to the Lambda functions that the template subscribes to a topic. */
import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { Activity, Clock } from '../clock/clock.ts';
import type { Authorize, Principal } from '../endpoint/service.ts';
import type { KeyUse, UseKey } from '../kms/kms.ts';
import type { Lambda } from '../lambda/invocation.ts';
import { createInvokeLater } from '../lambda/invoke-later.ts';
import { requirePermission } from '../lambda/permission.ts';
import { readProperties } from '../template/read-properties.ts';
import type { Resource, Template } from '../template/template.ts';

/** Strict: a filter policy, for one, would be accepted and ignored. */
const properties = z.strictObject({
  TopicArn: z.string(),
  Protocol: z.literal('lambda', 'only functions can be told here'),
  Endpoint: z.string(),
  // Lambda always takes a message here, so there is nothing to put aside before it has it.
  RedrivePolicy: z.unknown().optional(),
});

interface Subscription extends z.infer<typeof properties> {
  readonly arn: string;
}

/** Throws a sentence on a subscription that uses what is not known here. A failing function is tried three times. */
export function createTopics(options: {
  readonly template: Template;
  readonly authorize: Authorize;
  readonly useKey: UseKey;
  readonly lambda: Pick<Lambda, 'invoke'>;
  readonly clock: Clock;
  readonly activity: Activity;
  readonly onFault?: (functionName: string, sentence: string) => void;
}) {
  const { template, clock } = options;
  const { invoke } = options.lambda;
  const invokeLater = createInvokeLater({ invoke, activity: options.activity, onFault: options.onFault });
  const keys = new Map(
    template.ofType('AWS::SNS::Topic').map(({ arn, properties: { KmsMasterKeyId: key } }) => [arn, key]),
  );
  const subscriptions = template
    .ofType('AWS::SNS::Subscription')
    .map((resource) => readSubscription(resource, options.authorize));

  return {
    /**
     * Sends a message to the functions that subscribe to the topic. Invokes at once. Resolves when each has taken the message,
     * or has failed three times. Throws where the template has no such topic. Throws AccessDenied where the publisher may
     * not use the topic or its key.
     */
    publish(publisher: Principal, topicArn: string, message: string): Promise<unknown> {
      if (!keys.has(topicArn)) throw new Error(`There is no topic ${topicArn} in the template.`);
      options.authorize(publisher, 'sns:Publish', topicArn);
      const key = keys.get(topicArn);
      if (key !== undefined) options.useKey(publisher, publishingWith(String(key), topicArn));
      const messageId = randomUUID();
      const ours = subscriptions.filter(({ TopicArn }) => TopicArn === topicArn);
      const invocations = ours.map(({ arn, Endpoint }) => {
        const record = {
          EventSource: 'aws:sns',
          EventVersion: '1.0',
          EventSubscriptionArn: arn,
          Sns: {
            Type: 'Notification',
            MessageId: messageId,
            TopicArn: topicArn,
            Subject: null,
            Message: message,
            Timestamp: new Date(clock.now()).toISOString(),
            SignatureVersion: '1',
            Signature: 'local',
            SigningCertUrl: 'local',
            UnsubscribeUrl: 'local',
            MessageAttributes: {},
          },
        };
        return invokeLater(Endpoint, { Records: [record] });
      });
      return Promise.all(invocations);
    },
  };
}

/** How SNS encrypts a message: with a data key of the topic's key. The publisher needs the key itself. */
export const publishingWith = (key: string, topicArn: string): KeyUse => ({
  key,
  actions: ['GenerateDataKey', 'Decrypt'],
  via: 'sns',
  context: { 'aws:sns:topicArn': topicArn },
});

function readSubscription(resource: Resource, authorize: Authorize): Subscription {
  const read = readProperties(resource, properties);
  const { Endpoint, TopicArn } = read;
  requirePermission(authorize, Endpoint, 'sns', TopicArn);
  return { ...read, arn: `${TopicArn}:${resource.logicalId}` };
}
