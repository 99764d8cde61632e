/** A batch that a consumer of the stream gave up, in the whole cloud. Its place comes again, and its work is done. */
import { DeleteItemCommand, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { DynamoDBStreamsClient, GetRecordsCommand, GetShardIteratorCommand } from '@aws-sdk/client-dynamodb-streams';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { describe, expect, it } from 'vitest';
import { localRegion } from '../../../infra/local/endpoint/service.ts';
import { readTemplate } from '../../../infra/local/template/template.ts';
import { synthesize } from '../../../infra/synthesize.ts';
import { report } from '../../support/story.ts';
import { stage } from './shared-stage.ts';

describe('in the whole cloud', () => {
  it('the consumer reads a batch that was given up from the stream again, with its own role', async () => {
    const settings = {
      endpoint: stage.cloud.endpointUrl,
      region: localRegion,
      credentials: { accessKeyId: 'operator', secretAccessKey: 'local' },
    };
    const [lambda, streams] = [new LambdaClient(settings), new DynamoDBStreamsClient(settings)];
    const mappings = readTemplate((await synthesize()).folder).ofType('AWS::Lambda::EventSourceMapping');
    const sources = mappings.map(({ properties }) => String(properties.EventSourceArn));
    const stream = { StreamArn: sources.find((arn) => arn.includes('/stream/')) };
    const shard = { ...stream, ShardId: 'shardId-00000000000000000000-00000000' };
    const sequenceOf = async (chain: string): Promise<string | undefined> => {
      const from = {
        ...shard,
        ShardIteratorType: 'AT_SEQUENCE_NUMBER',
        SequenceNumber: `1${'1'.padStart(20, '0')}`,
      } as const;
      let { ShardIterator } = await streams.send(new GetShardIteratorCommand(from));
      for (;;) {
        const { Records = [], NextShardIterator } = await streams.send(new GetRecordsCommand({ ShardIterator }));
        const found = Records.find(({ dynamodb }) => dynamodb?.Keys?.pk?.S === chain);
        if (found || Records.length === 0) return found?.dynamodb?.SequenceNumber;
        ShardIterator = NextShardIterator;
      }
    };

    const id = await report(stage);
    const row = { TableName: stage.table('Board'), Key: { pk: { S: 'referral' }, sk: { S: id } } };
    const rowOf = async () => (await stage.dynamodb.send(new GetItemCommand(row))).Item;
    expect(await rowOf()).toBeDefined();
    // As where the batch was never worked on: no row, and the consumer knows of none.
    const cursor = { TableName: stage.table('Cursors'), Key: { pk: { S: id }, sk: { S: 'react' } } };
    for (const each of [row, cursor]) await stage.dynamodb.send(new DeleteItemCommand(each));
    const at = await sequenceOf(`referral#${id}`);
    const place = {
      streamArn: stream.StreamArn,
      shardId: shard.ShardId,
      startSequenceNumber: at,
      endSequenceNumber: at,
    };
    const Payload = JSON.stringify({ Records: [{ body: JSON.stringify({ DDBStreamBatchInfo: place }) }] });
    const answer = await lambda.send(new InvokeCommand({ FunctionName: 'React:live', Payload }));
    expect(JSON.parse(answer.Payload?.transformToString() ?? '')).toEqual({ batchItemFailures: [] });
    expect(await rowOf()).toBeDefined();
    await stage.cloud.rest();
    for (const client of [lambda, streams]) client.destroy();
  });
});
