import { ArnFormat, Stack } from 'aws-cdk-lib';
import { type EventPattern, Rule, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { type ITopicSubscription, Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
import { accept } from './accepted-findings.ts';
import { nameExactly, operationsKey } from './kept-resources.ts';

/**
 * An SNS topic, TLS only, encrypted. One AWS service of this account publishes to it, such as
 * `ses.amazonaws.com`. That service needs both the key and the topic.
 */
export function createNoticeTopic(scope: Construct, id: string, publisher: string): Topic {
  const key = operationsKey(scope);
  key.addToResourcePolicy(
    new PolicyStatement({
      principals: [new ServicePrincipal(publisher)],
      actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
      // In a key's own policy "*" means this key.
      resources: ['*'],
      // Whether a service names its account when it uses a key is untried. News that does not come is worse than a key used from afar.
      conditions: { StringEqualsIfExists: { 'aws:SourceAccount': Stack.of(scope).account } },
    }),
  );
  const topic = new Topic(scope, id, { masterKey: key, enforceSSL: true });
  nameExactly(topic, id);
  return topic;
}

/** The topic that mails each alarm, and the one that pages for what cannot wait. */
export interface AlarmTopics {
  readonly mail: Topic;
  readonly page?: Topic;
}

/**
 * A topic that alarms of this account publish to, TLS only. It holds no data, and has no key. A key that is
 * disabled or gone would silence the alarm that tells of it. `heardBy` hears it, once its owner has confirmed.
 */
export function createAlarmTopic(scope: Construct, id: string, heardBy?: ITopicSubscription): Topic {
  const topic = new Topic(scope, id, { enforceSSL: true });
  if (heardBy) accept(topic.addSubscription(heardBy), 'Serverless-SNSRedrivePolicy');
  nameExactly(topic, id);
  accept(topic, 'AwsSolutions-SNS2');
  const stack = Stack.of(scope);
  // A policy replaces the one that a topic has from SNS. With the refusal of plain transport alone, no alarm notifies anyone.
  topic.addToResourcePolicy(
    new PolicyStatement({
      principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
      actions: ['sns:Publish'],
      resources: [topic.topicArn],
      conditions: {
        StringEquals: { 'aws:SourceAccount': stack.account },
        ArnLike: {
          'aws:SourceArn': stack.formatArn({
            service: 'cloudwatch',
            resource: 'alarm',
            resourceName: '*',
            arnFormat: ArnFormat.COLON_RESOURCE_NAME,
          }),
        },
      },
    }),
  );
  return topic;
}

/**
 * Tells these topics each event of this pattern, with a message that ends with its section of docs/runbooks/alarms.md. No alarm, log or
 * filter is in its way, so that who takes those away is told too.
 */
export function tellTopics(
  scope: Construct,
  id: string,
  topics: AlarmTopics,
  told: {
    readonly description: string;
    readonly pattern: EventPattern;
    readonly message: string;
    readonly section: string;
  },
): void {
  const rule = new Rule(scope, id, { description: told.description, eventPattern: told.pattern });
  accept(rule, 'Serverless-EventBusDLQ');
  const input = RuleTargetInput.fromText(`${told.message} Runbook: docs/runbooks/alarms.md#${told.section}`);
  for (const topic of [topics.mail, topics.page]) {
    if (!topic) continue;
    // CDK's own target lets the rules of any account publish.
    rule.addTarget({ bind: () => ({ arn: topic.topicArn, input }) });
    topic.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('events.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [topic.topicArn],
        conditions: { ArnEquals: { 'aws:SourceArn': rule.ruleArn } },
      }),
    );
  }
}
