import { EventSourceMapping, type Function as LambdaFunction, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { allow } from './careline-function.ts';
import type { DataTable } from './data-table.ts';
import { createFailureQueue } from './failure-queue.ts';
import { acknowledgeForced } from './forced-wildcards.ts';
import { onlyThrough } from './key-conditions.ts';
import { live } from './release.ts';

/**
 * Feeds the table's stream to a function, from the oldest record on, ten at a time. A record that keeps failing is isolated by
 * bisection, and tried five times more. Then its metadata goes to the queue `<id>Failures`, which raises an alarm. It never
 * blocks its shard, and `sweep` does its work. Returns the queue.
 */
export function createStreamConsumer(
  scope: Construct,
  source: Pick<DataTable, 'table' | 'key'>,
  consumer: LambdaFunction,
): Queue {
  const { tableStreamArn } = source.table;
  if (tableStreamArn === undefined) throw new Error(`${source.table.node.path} has no stream to consume.`);

  const failures = createFailureQueue(scope, `${consumer.node.id}Failures`);
  new EventSourceMapping(scope, `${consumer.node.id}Stream`, {
    target: live(consumer),
    eventSourceArn: tableStreamArn,
    startingPosition: StartingPosition.TRIM_HORIZON,
    batchSize: 10,
    bisectBatchOnError: true,
    retryAttempts: 5,
    reportBatchItemFailures: true,
    onFailure: { bind: () => ({ destination: failures.queueArn }) },
  });

  allow(consumer, ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'], [tableStreamArn]);
  allow(consumer, ['dynamodb:ListStreams'], [`${source.table.tableArn}/stream/*`]);
  if (consumer.role) acknowledgeForced(consumer.role, 'stream listing');
  if (source.key)
    allow(consumer, ['kms:Decrypt', 'kms:DescribeKey'], [source.key.keyArn], onlyThrough(scope, 'dynamodb'));
  allow(consumer, ['sqs:SendMessage'], [failures.queueArn]);
  return failures;
}
