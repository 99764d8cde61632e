import { Duration } from 'aws-cdk-lib';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { accept } from './accepted-findings.ts';
import { nameExactly } from './kept-resources.ts';

/** A queue for events that a function gave up on: encrypted, TLS only, kept 14 days. Any message in it raises an alarm. */
export function createFailureQueue(scope: Construct, id: string): Queue {
  const queue = new Queue(scope, id, {
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    retentionPeriod: Duration.days(14),
  });
  nameExactly(queue, id);
  accept(queue, 'AwsSolutions-SQS3', 'Serverless-SQSRedrivePolicy');
  return queue;
}
