/** The two calls of DynamoDB Streams that the product makes: it reads again what a consumer gave up. One shard a table. */
import * as z from 'zod';
import { action, createJsonService } from '../endpoint/json.ts';
import { type Authorize, type AwsService, Refusal } from '../endpoint/service.ts';
import { type StreamRecord, type StreamSource, shardId } from './streams.ts';
import type { Table } from './tables.ts';

const mostRecords = 1000;
type StreamedTable = Table & { readonly stream: NonNullable<Table['stream']> };

const notFound = (what: string) => new Refusal('ResourceNotFoundException', `Requested resource not found: ${what}`);

/** An iterator says after which sequence of which table the next page begins. */
const iteratorOf = (table: Table, after: number) => Buffer.from(JSON.stringify([table.name, after])).toString('base64');

/** The record in the API's own shape: the invocation of a function has the stream's ARN as well. */
function told({ record }: StreamRecord) {
  const { eventSourceARN: _, userIdentity, ...rest } = record;
  if (!userIdentity) return rest;
  return { ...rest, userIdentity: { Type: userIdentity.type, PrincipalId: userIdentity.principalId } };
}

export function createStreamsService(options: {
  readonly tables: ReadonlyMap<string, Table>;
  readonly streams: StreamSource;
  readonly authorize: Authorize;
}): AwsService {
  const { streams, authorize } = options;
  const tables = [...options.tables.values()].filter((table): table is StreamedTable => table.stream !== undefined);

  const positionOf = (iterator: string): readonly [StreamedTable, number] => {
    try {
      const [name, after] = JSON.parse(Buffer.from(iterator, 'base64').toString()) as [string, number];
      const table = tables.find((each) => each.name === name);
      if (table && Number.isInteger(after)) return [table, after];
    } catch {
      // Not one of ours.
    }
    throw new Refusal('ValidationException', 'Invalid ShardIterator');
  };

  const place = z.strictObject({
    StreamArn: z.string(),
    ShardId: z.string(),
    ShardIteratorType: z.literal('AT_SEQUENCE_NUMBER'),
    SequenceNumber: z.string().regex(/^1\d{20}$/),
  });
  return createJsonService({
    client: 'dynamodb-streams',
    prefix: 'dynamodb',
    title: 'DynamoDB Streams',
    target: 'DynamoDBStreams_20120810.',
    authorize,
    actions: {
      GetShardIterator: action(place, ({ StreamArn, ShardId, SequenceNumber }, { allow }) => {
        allow(StreamArn);
        const table = tables.find(({ stream }) => stream.arn === StreamArn);
        if (!table) throw notFound(`Stream: ${StreamArn} not found`);
        if (ShardId !== shardId) throw notFound(`Shard: ${ShardId} in Stream: ${StreamArn} not found`);
        return { ShardIterator: iteratorOf(table, Number(SequenceNumber.slice(1)) - 1) };
      }),
      GetRecords: action(z.strictObject({ ShardIterator: z.string() }), ({ ShardIterator }, { allow }) => {
        const [table, after] = positionOf(ShardIterator);
        allow(table.stream.arn);
        const records = streams.read(table.name, after, mostRecords);
        return {
          Records: records.map(told),
          NextShardIterator: iteratorOf(table, records.at(-1)?.sequence ?? after),
        };
      }),
    },
  });
}
