import { Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';
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
      conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } },
    }),
  );
  const topic = new Topic(scope, id, { masterKey: key, enforceSSL: true });
  nameExactly(topic, id);
  return topic;
}
