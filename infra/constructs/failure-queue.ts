import { Duration } from 'aws-cdk-lib';
import { Queue, QueueEncryption, type QueueProps } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { accept } from './accepted-findings.ts';
import { nameExactly } from './kept-resources.ts';

/** A queue for events that a function gave up on: encrypted, TLS only, kept 14 days. One without a queue of its own to fail into has an alarm on any message. */
export function createFailureQueue(
  scope: Construct,
  id: string,
  more: Pick<QueueProps, 'visibilityTimeout' | 'deadLetterQueue'> = {},
): Queue {
  const queue = new Queue(scope, id, {
    ...more,
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    retentionPeriod: Duration.days(14),
  });
  nameExactly(queue, id);
  if (!more.deadLetterQueue) accept(queue, 'AwsSolutions-SQS3', 'Serverless-SQSRedrivePolicy');
  return queue;
}
