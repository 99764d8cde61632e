/** DynamoDB Streams over its own API, for SDKs and the AWS CLI: one shard a table. */
import type { Authorize, AwsRequest, AwsResponse } from '../endpoint/service.ts';
import { localAccount, localRegion } from '../endpoint/service.ts';
import { answer, DynamoDbFailure } from './failure.ts';
import { type StreamRecord, type StreamSource, sequenceNumber, shardId } from './streams.ts';
import type { Table } from './tables.ts';

export const streamsTarget = 'DynamoDBStreams_20120810.';

const mostRecords = 1000;
type Input = Readonly<Record<string, unknown>>;
type StreamedTable = Table & { readonly stream: NonNullable<Table['stream']> };

const invalid = (sentence: string) => new DynamoDbFailure('ValidationException', sentence);
const notFound = (what: string) =>
  new DynamoDbFailure('ResourceNotFoundException', `Requested resource not found: ${what}`);

function countOf(value: unknown, most: number): number {
  const count = value === undefined ? most : Number(value);
  if (!(Number.isInteger(count) && count >= 1 && count <= most)) throw invalid(`Limit must be from 1 to ${most}.`);
  return count;
}

/** An iterator says after which sequence of which table the next page begins. */
const iteratorOf = (table: Table, after: number) => Buffer.from(JSON.stringify([table.name, after])).toString('base64');

/** The record in the API's own shape: the invocation of a function has the stream's ARN as well. */
function told({ record }: StreamRecord) {
  const { eventSourceARN: _, userIdentity, ...rest } = record;
  if (!userIdentity) return rest;
  return { ...rest, userIdentity: { Type: userIdentity.type, PrincipalId: userIdentity.principalId } };
}

/** Answers a request of the streams' API. Throws `DynamoDbFailure` and `AccessDenied`. */
export function createStreamsApi(options: {
  readonly tables: ReadonlyMap<string, Table>;
  readonly streams: StreamSource;
  readonly createdAt: ReadonlyMap<string, number>;
  readonly authorize: Authorize;
}): (request: AwsRequest) => AwsResponse {
  const { streams, authorize, createdAt } = options;
  const tables = [...options.tables.values()].filter((table): table is StreamedTable => table.stream !== undefined);

  const tableOf = (arn: unknown): StreamedTable => {
    const table = tables.find(({ stream }) => stream.arn === arn);
    if (table) return table;
    throw notFound(`Stream: ${arn} not found`);
  };
  const summary = ({ name, stream }: StreamedTable) => ({
    StreamArn: stream.arn,
    TableName: name,
    StreamLabel: stream.arn.split('/').at(-1),
  });
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
    ListStreams({ TableName, Limit, ExclusiveStartStreamArn }, allow) {
      allow(`arn:aws:dynamodb:${localRegion}:${localAccount}:table/${TableName ?? '*'}/stream/*`);
      const all = tables.filter(({ name }) => name === (TableName ?? name));
      const start = ExclusiveStartStreamArn === undefined ? 0 : all.indexOf(tableOf(ExclusiveStartStreamArn)) + 1;
      const page = all.slice(start, start + countOf(Limit, 100));
      const isLast = start + page.length >= all.length;
      return { Streams: page.map(summary), ...(isLast ? {} : { LastEvaluatedStreamArn: page.at(-1)?.stream.arn }) };
    },
    DescribeStream({ StreamArn, Limit, ExclusiveStartShardId }, allow) {
      allow(String(StreamArn));
      countOf(Limit, 100);
      const table = tableOf(StreamArn);
      const [oldest] = streams.read(table.name, 0, 1);
      const from = oldest?.sequence ?? streams.latest(table.name) + 1;
      const shard = { ShardId: shardId, SequenceNumberRange: { StartingSequenceNumber: sequenceNumber(from) } };
      return {
        StreamDescription: {
          ...summary(table),
          StreamStatus: 'ENABLED',
          StreamViewType: table.stream.view,
          CreationRequestDateTime: (createdAt.get(table.name) ?? 0) / 1000,
          KeySchema: table.schema.KeySchema,
          Shards: ExclusiveStartShardId === undefined ? [shard] : [],
        },
      };
    },
    GetShardIterator({ StreamArn, ShardId, ShardIteratorType, SequenceNumber }, allow) {
      allow(String(StreamArn));
      const table = tableOf(StreamArn);
      if (ShardId !== shardId) throw notFound(`Shard: ${ShardId} in Stream: ${StreamArn} not found`);
      const at = () => {
        const number = /^1(\d{20})$/.exec(String(SequenceNumber))?.[1];
        if (number === undefined) throw invalid('Invalid SequenceNumber');
        return Number(number);
      };
      const afters: Readonly<Record<string, () => number>> = {
        TRIM_HORIZON: () => 0,
        LATEST: () => streams.latest(table.name),
        AT_SEQUENCE_NUMBER: () => at() - 1,
        AFTER_SEQUENCE_NUMBER: at,
      };
      const after = afters[String(ShardIteratorType)];
      if (!after) throw invalid(`ShardIteratorType must be one of ${Object.keys(afters).join(', ')}.`);
      return { ShardIterator: iteratorOf(table, after()) };
    },
    GetRecords({ ShardIterator, Limit }, allow) {
      const [table, after] = positionOf(ShardIterator);
      allow(table.stream.arn);
      const records = streams.read(table.name, after, countOf(Limit, mostRecords));
      return {
        Records: records.map(told),
        NextShardIterator: iteratorOf(table, records.at(-1)?.sequence ?? after),
      };
    },
  };

  return ({ headers, body, principal }) => {
    const name = headers['x-amz-target']?.slice(streamsTarget.length) ?? '';
    const perform = Object.hasOwn(operations, name) ? operations[name] : undefined;
    if (!perform) {
      const offered = Object.keys(operations).join(', ');
      const sentence = `The embedded DynamoDB Streams does not offer ${name}: it has ${offered}.`;
      throw new DynamoDbFailure('UnknownOperationException', sentence);
    }
    let input: Input;
    try {
      input = JSON.parse(body.toString('utf8')) as Input;
    } catch {
      throw new DynamoDbFailure('SerializationException', 'The request body is not JSON.');
    }
    return answer(
      200,
      perform(input, (resource) => authorize(principal, `dynamodb:${name}`, resource)),
    );
  };
}
