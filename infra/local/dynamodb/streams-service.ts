/** The two calls of DynamoDB Streams that the product makes: it reads again what a consumer gave up. One shard a table. */
import type { Authorize, AwsRequest, AwsResponse } from '../endpoint/service.ts';
import { answer, DynamoDbFailure } from './failure.ts';
import { type StreamRecord, type StreamSource, shardId } from './streams.ts';
import type { Table } from './tables.ts';

export const streamsTarget = 'DynamoDBStreams_20120810.';

const mostRecords = 1000;
type Input = Readonly<Record<string, unknown>>;
type StreamedTable = Table & { readonly stream: NonNullable<Table['stream']> };

const invalid = (sentence: string) => new DynamoDbFailure('ValidationException', sentence);
const notFound = (what: string) =>
  new DynamoDbFailure('ResourceNotFoundException', `Requested resource not found: ${what}`);

/** An iterator says after which sequence of which table the next page begins. */
const iteratorOf = (table: Table, after: number) => Buffer.from(JSON.stringify([table.name, after])).toString('base64');

/** The record in the API's own shape: the invocation of a function has the stream's ARN as well. */
function told({ record }: StreamRecord) {
  const { eventSourceARN: _, userIdentity, ...rest } = record;
  if (!userIdentity) return rest;
  return { ...rest, userIdentity: { Type: userIdentity.type, PrincipalId: userIdentity.principalId } };
}

export interface StreamsApi {
  readonly operations: readonly string[];
  /** Throws `DynamoDbFailure` and `AccessDenied`. */
  answer(request: AwsRequest): AwsResponse;
}

export function createStreamsApi(options: {
  readonly tables: ReadonlyMap<string, Table>;
  readonly streams: StreamSource;
  readonly authorize: Authorize;
}): StreamsApi {
  const { streams, authorize } = options;
  const tables = [...options.tables.values()].filter((table): table is StreamedTable => table.stream !== undefined);

  const positionOf = (iterator: unknown): readonly [StreamedTable, number] => {
    try {
      const [name, after] = JSON.parse(Buffer.from(String(iterator), 'base64').toString()) as [string, number];
      const table = tables.find((each) => each.name === name);
      if (table && Number.isInteger(after)) return [table, after];
    } catch {
      // Not one of ours.
    }
    throw invalid('Invalid ShardIterator');
  };

  const operations: Readonly<Record<string, (input: Input, allow: (resource: string) => void) => object>> = {
    GetShardIterator({ StreamArn, ShardId, ShardIteratorType, SequenceNumber }, allow) {
      allow(String(StreamArn));
      const table = tables.find(({ stream }) => stream.arn === StreamArn);
      if (!table) throw notFound(`Stream: ${StreamArn} not found`);
      if (ShardId !== shardId) throw notFound(`Shard: ${ShardId} in Stream: ${StreamArn} not found`);
      if (ShardIteratorType !== 'AT_SEQUENCE_NUMBER') throw invalid('ShardIteratorType must be AT_SEQUENCE_NUMBER.');
      const number = /^1(\d{20})$/.exec(String(SequenceNumber))?.[1];
      if (number === undefined) throw invalid('Invalid SequenceNumber');
      return { ShardIterator: iteratorOf(table, Number(number) - 1) };
    },
    GetRecords({ ShardIterator }, allow) {
      const [table, after] = positionOf(ShardIterator);
      allow(table.stream.arn);
      const records = streams.read(table.name, after, mostRecords);
      return {
        Records: records.map(told),
        NextShardIterator: iteratorOf(table, records.at(-1)?.sequence ?? after),
      };
    },
  };
  const names = Object.keys(operations);

  return {
    operations: names.map((name) => `dynamodb-streams:${name}`),
    answer({ headers, body, principal }) {
      const name = headers['x-amz-target']?.slice(streamsTarget.length) ?? '';
      const perform = Object.hasOwn(operations, name) ? operations[name] : undefined;
      if (!perform) {
        const sentence = `The embedded DynamoDB Streams does not offer ${name}: it has ${names.join(', ')}.`;
        throw new DynamoDbFailure('UnknownOperationException', sentence);
      }
      const input = JSON.parse(body.toString('utf8')) as Input;
      return answer(
        200,
        perform(input, (resource) => authorize(principal, `dynamodb:${name}`, resource)),
      );
    },
  };
}
