/** The stream of each table that has one: the records of the last 24 hours, in order. */
import type { DynamoDBRecord } from 'aws-lambda';
import type { Clock } from '../clock/clock.ts';
import { localRegion } from '../endpoint/service.ts';
import type { BatchOperation, Item, Store } from './dynalite.ts';
import { type Change, sameItem } from './rows.ts';
import { streamView, type Table } from './tables.ts';

export interface StreamRecord {
  /** Counts from 1 in each table, without gaps. */
  readonly sequence: number;
  readonly record: DynamoDBRecord;
}

export interface StreamSource {
  /** Up to `limit` records after the sequence `after`, oldest first. Records older than 24 hours are gone. */
  read(tableName: string, after: number, limit: number): readonly StreamRecord[];
  /** Calls `listener` after each write that made records, before the write is answered. */
  onAppend(listener: (tableName: string) => void): void;
}

export type Streams = Awaited<ReturnType<typeof openStreams>>;

interface Kept {
  records: StreamRecord[];
  latest: number;
}

const retention = 24 * 3600 * 1000;
/** Trimming rides along with writes, a few records at a time. */
const trimmedAtOnce = 50;

const recordKey = (table: string, sequence: number) => `stream~${table}~${String(sequence).padStart(16, '0')}`;
const latestKey = (table: string) => `stream-latest~${table}`;

/** Loads the streams of `tables` from the store. */
export async function openStreams(store: Store, tables: Iterable<Table>, clock: Clock) {
  const kept = new Map<string, Kept>();
  for (const { name, stream } of tables) {
    if (!stream) continue;
    const records: StreamRecord[] = [];
    for await (const [, value] of store.db.iterator({ gte: recordKey(name, 0), lt: `stream~${name}~~` })) {
      records.push(value as StreamRecord);
    }
    let latest = 0;
    for await (const [, value] of store.db.iterator({ gte: latestKey(name), lte: latestKey(name) }))
      latest = value as number;
    kept.set(name, { records, latest });
  }
  const listeners: ((tableName: string) => void)[] = [];

  const isGone = ({ record }: StreamRecord) =>
    (record.dynamodb?.ApproximateCreationDateTime ?? 0) * 1000 <= clock.now() - retention;

  const source: StreamSource = {
    read(tableName, after, limit) {
      const records = kept.get(tableName)?.records ?? [];
      const first = records[0]?.sequence ?? 0;
      let from = Math.max(0, after + 1 - first);
      for (let record = records[from]; record && isGone(record); record = records[from]) from += 1;
      return records.slice(from, from + limit);
    },
    onAppend: (listener) => void listeners.push(listener),
  };
  return {
    ...source,
    /** Records for the changes that changed something. `expired` says that TTL made them, not a caller. */
    prepare(changes: readonly { readonly table: Table; readonly change: Change }[], expired: boolean) {
      const operations: BatchOperation[] = [];
      const made = new Map<string, StreamRecord[]>();
      for (const { table, change } of changes) {
        const stream = kept.get(table.name);
        if (!table.stream || !stream || sameItem(change.before, change.after)) continue;
        const records = made.get(table.name) ?? [];
        const sequence = stream.latest + records.length + 1;
        const record = { sequence, record: toRecord(table, table.stream.arn, change, sequence, clock.now(), expired) };
        made.set(table.name, [...records, record]);
        operations.push({ type: 'put', key: recordKey(table.name, sequence), value: record });
      }
      const trimmed = new Map<string, number>();
      for (const [name, records] of made) {
        operations.push({ type: 'put', key: latestKey(name), value: records.at(-1)?.sequence });
        const head = kept.get(name)?.records.slice(0, trimmedAtOnce) ?? [];
        const gone = head.filter(isGone);
        trimmed.set(name, gone.length);
        for (const { sequence } of gone) operations.push({ type: 'del', key: recordKey(name, sequence) });
      }
      return {
        /** To be written together with the change itself. */
        operations,
        /** Makes the records readable and tells the listeners; to be called once the operations are written. */
        publish() {
          for (const [name, records] of made) {
            const stream = kept.get(name);
            if (!stream) continue;
            stream.records.splice(0, trimmed.get(name) ?? 0);
            stream.records.push(...records);
            stream.latest += records.length;
          }
          for (const name of made.keys()) for (const listener of listeners) listener(name);
        },
      };
    },
  };
}

/** The one shard of each stream. */
export const shardId = 'shardId-00000000000000000000-00000000';

/** A sequence as the API writes it. */
export const sequenceNumber = (sequence: number) => `1${String(sequence).padStart(20, '0')}`;

function toRecord(
  table: Table,
  arn: string,
  { before, after }: Change,
  sequence: number,
  now: number,
  expired: boolean,
): DynamoDBRecord {
  const item = after ?? before ?? {};
  const images = {
    Keys: Object.fromEntries(table.keyNames.map((name) => [name, item[name]])),
    ...(after && { NewImage: after }),
    ...(before && { OldImage: before }),
  };
  const serialized = JSON.stringify(images);
  return {
    eventID: sequence.toString(16).padStart(32, '0'),
    eventName: before === undefined ? 'INSERT' : after === undefined ? 'REMOVE' : 'MODIFY',
    eventVersion: '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: localRegion,
    dynamodb: {
      ApproximateCreationDateTime: Math.floor(now / 1000),
      // A copy: what dynalite hands out is not ours to keep.
      ...(JSON.parse(serialized) as Record<'Keys' | 'NewImage' | 'OldImage', Item>),
      SequenceNumber: sequenceNumber(sequence),
      SizeBytes: Buffer.byteLength(serialized),
      StreamViewType: streamView,
    } as NonNullable<DynamoDBRecord['dynamodb']>,
    eventSourceARN: arn,
    ...(expired && { userIdentity: { type: 'Service', principalId: 'dynamodb.amazonaws.com' } }),
  };
}
