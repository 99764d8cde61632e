import { Duration } from 'aws-cdk-lib';
import { EventSourceMapping, type Function as LambdaFunction, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { accept } from './accepted-findings.ts';
import { allow } from './careline-function.ts';
import type { DataTable } from './data-table.ts';
import { createFailureQueue } from './failure-queue.ts';
import { acknowledgeForced } from './forced-wildcards.ts';
import { onlyThrough } from './key-conditions.ts';
import { live } from './release.ts';

/** So long is a record tried. It holds up those behind it in its shard, and the sweep does their work meanwhile. */
const mostAge = Duration.minutes(15);
/** How often a batch is taken from its queue again. Once in the time that AWS asks of a queue: six times that of the function. */
const replays = 3;
const betweenReplays = Duration.minutes(6);

/**
 * Feeds the table's stream to a function, from the oldest record on, ten at a time. A record that keeps failing is isolated by
 * bisection and tried until it is fifteen minutes old. Then the place of its batch goes to the queue `<id>Replays`, which hands it
 * to the same function again. What fails there too goes to the queue `<id>Failures`, which raises an alarm. Returns that queue.
 */
export function createStreamConsumer(
  scope: Construct,
  source: Pick<DataTable, 'table' | 'key'>,
  consumer: LambdaFunction,
): Queue {
  const { tableStreamArn } = source.table;
  if (tableStreamArn === undefined) throw new Error(`${source.table.node.path} has no stream to consume.`);

  const { id } = consumer.node;
  const failures = createFailureQueue(scope, `${id}Failures`);
  const again = createFailureQueue(scope, `${id}Replays`, {
    visibilityTimeout: betweenReplays,
    deadLetterQueue: { queue: failures, maxReceiveCount: replays },
  });
  new EventSourceMapping(scope, `${id}Stream`, {
    target: live(consumer),
    eventSourceArn: tableStreamArn,
    startingPosition: StartingPosition.TRIM_HORIZON,
    batchSize: 10,
    bisectBatchOnError: true,
    maxRecordAge: mostAge,
    reportBatchItemFailures: true,
    onFailure: { bind: () => ({ destination: again.queueArn }) },
  });
  const replay = new EventSourceMapping(scope, `${id}Replay`, {
    target: live(consumer),
    eventSourceArn: again.queueArn,
    batchSize: 1,
    // After an outage, what is played again must leave places for what comes now.
    maxConcurrency: 2,
  });
  accept(replay, 'Serverless-LambdaEventSourceMappingDestination');

  allow(consumer, ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'], [tableStreamArn]);
  allow(consumer, ['dynamodb:ListStreams'], [`${source.table.tableArn}/stream/*`]);
  if (consumer.role) acknowledgeForced(consumer.role, 'stream listing');
  if (source.key)
    allow(consumer, ['kms:Decrypt', 'kms:DescribeKey'], [source.key.keyArn], onlyThrough(scope, 'dynamodb'));
  allow(
    consumer,
    ['sqs:SendMessage', 'sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
    [again.queueArn],
  );
  return failures;
}
