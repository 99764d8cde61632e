/**
 * Lambda's readers of DynamoDB streams. Each mapping of the template reads its stream in order, at its own pace and
 * from its own durable checkpoint. A mapping gives up a record only once it is too old, and sends the metadata to the
 * on-failure destination.
 */
import { setTimeout as pause } from 'node:timers/promises';
import * as z from 'zod';
import type { Activity, Clock } from '../clock/clock.ts';
import { openKept } from '../data-folder/kept-file.ts';
import { type StreamRecord, type StreamSource, shardId } from '../dynamodb/streams.ts';
import { readProperties } from '../template/read-properties.ts';
import type { Resource, Template } from '../template/template.ts';
import { readFunctionName } from './function-name.ts';
import type { InvokeResult, Lambda } from './invocation.ts';

/** Strict: a property that is not here would be accepted and ignored. */
const properties = z.strictObject({
  EventSourceArn: z.string().regex(/:table\/[^/]+\/stream\//, 'only DynamoDB streams are read here'),
  FunctionName: z.string(),
  StartingPosition: z.literal('TRIM_HORIZON'),
  BatchSize: z.int().min(1).max(10_000),
  BisectBatchOnFunctionError: z.literal(true),
  MaximumRecordAgeInSeconds: z.int().min(60, 'the age must be bounded here'),
  FunctionResponseTypes: z.tuple([z.literal('ReportBatchItemFailures')]),
  DestinationConfig: z.strictObject({ OnFailure: z.strictObject({ Destination: z.string() }) }),
  Enabled: z.boolean().default(true),
  Tags: z.unknown().optional(),
});

interface Mapping extends z.infer<typeof properties> {
  readonly logicalId: string;
  readonly functionArn: string;
  readonly tableName: string;
}

export interface EventSourceMappingOptions {
  readonly template: Template;
  readonly lambda: Pick<Lambda, 'invoke'>;
  readonly streams: StreamSource;
  readonly clock: Clock;
  readonly activity: Activity;
  /** Where checkpoints are kept; in memory without it. */
  readonly folder?: string;
  readonly onFailure: (failed: ReturnType<typeof describeFailure>) => void;
  /**
   * Real milliseconds before the given retry (from 1). They count as activity, so that an advance of the clock sees
   * the retries through. Default 50, 100, 200 … 1000; give 0 where the clock stands still.
   */
  readonly backoff?: (retry: number) => number;
}

/** Starts reading at once. Throws on a mapping with properties that are not known here, or without a greatest age. */
export function startEventSourceMappings(options: EventSourceMappingOptions) {
  const { streams, activity, folder } = options;
  const mappings = options.template
    .ofType('AWS::Lambda::EventSourceMapping')
    .filter(({ properties: { EventSourceArn } }) => !String(EventSourceArn).startsWith('arn:aws:sqs:'))
    .map((resource) => parse(resource, options.template));
  const readers = mappings
    .filter((mapping) => mapping.Enabled)
    .map((mapping) => ({ mapping, reader: createReader(mapping, options) }));
  streams.onAppend((tableName) => {
    for (const { mapping, reader } of readers) if (mapping.tableName === tableName) reader.nudge();
  });
  for (const { reader } of readers) reader.nudge();

  return {
    /** Stops reading; resolves when the invocations in flight have ended. */
    async stop() {
      await Promise.all(readers.map(({ reader }) => reader.stop()));
    },
  };

  function createReader(mapping: Mapping, { backoff = defaultBackoff }: EventSourceMappingOptions) {
    const checkpoint = openCheckpoint(folder, mapping.logicalId);
    const { MaximumRecordAgeInSeconds: mostAge } = mapping;
    let stopping = false;
    let again = false;
    let reading: Promise<void> | undefined;

    const read = async () => {
      do {
        again = false;
        for (;;) {
          const records = streams.read(mapping.tableName, checkpoint.get(), mapping.BatchSize);
          const last = records.at(-1);
          if (stopping || !last) break;
          await deliver(records);
          if (!stopping) checkpoint.set(last.sequence);
        }
      } while (again && !stopping);
    };

    /** Delivers a batch until each of its records is done or given up, or the reader stops. */
    const deliver = async (batch: readonly StreamRecord[]) => {
      let records = batch;
      for (let tries = 0; records.length > 0 && !stopping; ) {
        records = dropTooOld(records, tries);
        if (records.length === 0) return;
        if (tries > 0) await pause(backoff(tries));
        tries += 1;
        const result = await options.lambda.invoke(mapping.functionArn, {
          Records: records.map(({ record }) => record),
        });
        // Lambda is stopping: no fault of the records, which are read again at the next start.
        if (!result.ok && result.errorType === 'Lambda.ServiceException') stopping = true;
        if (stopping && !result.ok) return;
        const done = countDone(records, result);
        const rest = records.slice(done);
        if (done > 0) {
          checkpointAfter(records, done);
          // Progress begins the retries anew: they are there for a record that is stuck.
          tries = rest.length > 0 ? 1 : 0;
        }
        records = rest;
        if (records.length > 1 && done === 0) {
          const middle = Math.ceil(records.length / 2);
          await deliver(records.slice(0, middle));
          await deliver(records.slice(middle));
          return;
        }
        if (records.length === 0) return;
        if (tries * secondsOfTry >= mostAge) {
          drop(records, tries, result.version);
          return;
        }
      }
    };

    const checkpointAfter = (records: readonly StreamRecord[], count: number) => {
      const last = records[count - 1];
      if (last) checkpoint.set(last.sequence);
    };
    const drop = (records: readonly StreamRecord[], tries: number, version?: string) => {
      if (records.length === 0) return;
      options.onFailure(describeFailure(mapping, records, tries, options.clock.now(), version));
      checkpointAfter(records, records.length);
    };
    const dropTooOld = (records: readonly StreamRecord[], tries: number) => {
      const oldest = options.clock.now() - mostAge * 1000;
      const firstYoung = records.findIndex((record) => arrival(record) >= oldest);
      const tooOld = firstYoung === -1 ? records.length : firstYoung;
      drop(records.slice(0, tooOld), tries);
      return records.slice(tooOld);
    };

    return {
      nudge() {
        again = true;
        if (reading || stopping) return;
        reading = activity.track(read).finally(() => {
          reading = undefined;
          if (again) this.nudge();
        });
      },
      async stop() {
        stopping = true;
        await reading;
      },
    };
  }
}

/** The clock may stand still here. So each try counts as this much of the age of its records. */
const secondsOfTry = 180;
const defaultBackoff = (retry: number) => Math.min(1000, 25 * 2 ** retry);

function parse(resource: Resource, template: Template): Mapping {
  const mapping = readProperties(resource, properties);
  const { name, qualifier } = readFunctionName(mapping.FunctionName);
  const target = template.ofType('AWS::Lambda::Function').find((each) => each.name === name);
  if (!target)
    throw new Error(`The mapping ${resource.logicalId} names ${name}, which is no function of the template.`);
  return {
    ...mapping,
    logicalId: resource.logicalId,
    functionArn: qualifier === undefined ? target.arn : `${target.arn}:${qualifier}`,
    tableName: /:table\/([^/]+)\//.exec(mapping.EventSourceArn)?.[1] ?? '',
  };
}

/**
 * How many records from the first on are done. As on AWS, an answer without failures is success. An answer that names a
 * record outside the batch counts as a failure of the whole batch.
 */
function countDone(records: readonly StreamRecord[], result: InvokeResult): number {
  if (!result.ok) return 0;
  if (result.payload === null) return records.length;
  const answer = batchAnswer.safeParse(result.payload);
  if (!answer.success) return 0;
  const places = (answer.data.batchItemFailures ?? []).map(({ itemIdentifier }) =>
    records.findIndex(({ record }) => record.dynamodb?.SequenceNumber === itemIdentifier),
  );
  return places.includes(-1) ? 0 : Math.min(records.length, ...places);
}

const batchAnswer = z.object({ batchItemFailures: z.array(z.object({ itemIdentifier: z.string() })).nullish() });

/** Epoch milliseconds; streams give whole seconds. */
function arrival({ record }: StreamRecord): number {
  return (record.dynamodb?.ApproximateCreationDateTime ?? 0) * 1000;
}

/** What Lambda sends to an on-failure queue: metadata, never the records. */
function describeFailure(
  mapping: Mapping,
  records: readonly StreamRecord[],
  tries: number,
  now: number,
  version = '$LATEST',
) {
  const [first, last] = [records[0], records.at(-1)] as [StreamRecord, StreamRecord];
  const iso = (instant: number) => new Date(instant).toISOString();
  const sequenceOf = ({ record, sequence }: StreamRecord) => record.dynamodb?.SequenceNumber ?? String(sequence);
  return {
    /** Logical id of the mapping. */
    mapping: mapping.logicalId,
    /** The ARN of the queue. */
    destination: mapping.DestinationConfig.OnFailure.Destination,
    message: {
      requestContext: {
        requestId: `${mapping.logicalId}-${first.sequence}`,
        functionArn: mapping.functionArn,
        condition: 'RecordAgeExceeded',
        approximateInvokeCount: tries,
      },
      responseContext: {
        statusCode: 200,
        executedVersion: version,
        functionError: tries > 0 ? 'Unhandled' : null,
      },
      version: '1.0',
      timestamp: iso(now),
      DDBStreamBatchInfo: {
        shardId,
        startSequenceNumber: sequenceOf(first),
        endSequenceNumber: sequenceOf(last),
        approximateArrivalOfFirstRecord: iso(arrival(first)),
        approximateArrivalOfLastRecord: iso(arrival(last)),
        batchSize: records.length,
        streamArn: mapping.EventSourceArn,
      },
    },
  };
}

/** The sequence number of the last record that is done. */
function openCheckpoint(folder: string | undefined, mapping: string) {
  const { found, keep } = openKept(folder, `${mapping}.checkpoint.json`, z.number());
  let sequence = found ?? 0;
  return {
    get: () => sequence,
    set(next: number) {
      sequence = next;
      keep(next);
    },
  };
}
