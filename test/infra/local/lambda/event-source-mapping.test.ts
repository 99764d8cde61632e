import { describe, expect, it } from 'vitest';
import { createActivity, createClock } from '../../../../infra/local/clock/clock.ts';
import type { StreamRecord, StreamSource } from '../../../../infra/local/dynamodb/streams.ts';
import { startEventSourceMappings } from '../../../../infra/local/lambda/event-source-mapping.ts';
import type { InvokeResult } from '../../../../infra/local/lambda/invocation.ts';
import { whereKnown } from '../../../../shared/domain/core/where-known.ts';
import { functionResource, noon, temporaryFolder, writeTemplate } from './hand-written.ts';

const streamArn = 'arn:aws:dynamodb:us-east-1:000000000000:table/Ledger/stream/2026-01-01T00:00:00.000';
const queueArn = 'arn:aws:sqs:us-east-1:000000000000:ReactFailures';
const failed: InvokeResult = { ok: false, errorType: 'LedgerBusy', errorMessage: 'Try later.' };
const succeeded: InvokeResult = { ok: true, payload: null };
const partly = (...sequences: number[]): InvokeResult => ({
  ok: true,
  payload: { batchItemFailures: sequences.map((sequence) => ({ itemIdentifier: String(sequence) })) },
});

const mapping = (name: string, more: Readonly<Record<string, unknown>> = {}) => ({
  Type: 'AWS::Lambda::EventSourceMapping',
  Properties: {
    EventSourceArn: streamArn,
    FunctionName: name,
    StartingPosition: 'TRIM_HORIZON',
    BatchSize: 4,
    BisectBatchOnFunctionError: true,
    MaximumRecordAgeInSeconds: 540,
    FunctionResponseTypes: ['ReportBatchItemFailures'],
    DestinationConfig: { OnFailure: { Destination: queueArn } },
    ...more,
  },
});

/** A stream in memory, whose records carry their sequence as AWS's text. */
function createStream() {
  const records: StreamRecord[] = [];
  const listeners: ((tableName: string) => void)[] = [];
  const source: StreamSource = {
    read: (table, after, limit) =>
      table === 'Ledger' ? records.filter(({ sequence }) => sequence > after).slice(0, limit) : [],
    onAppend: (listener) => void listeners.push(listener),
  };
  const append = (count: number, arrived = noon) => {
    for (let index = 0; index < count; index += 1) {
      const sequence = records.length + 1;
      const dynamodb = { SequenceNumber: String(sequence), ApproximateCreationDateTime: arrived / 1000 };
      records.push({ sequence, record: { eventName: 'INSERT', dynamodb } });
    }
    for (const listener of listeners) listener('Ledger');
  };
  return { source, append };
}

/** Starts the mappings of functions whose answers come from `answer`; `batches` collects `<name>:<sequences>`. */
function start(
  answer: (name: string, sequences: readonly number[]) => InvokeResult | Promise<InvokeResult>,
  more: {
    readonly properties?: Readonly<Record<string, unknown>>;
    readonly functions?: readonly string[];
    readonly folder?: string;
    readonly stream?: ReturnType<typeof createStream>;
  } = {},
) {
  const { functions = ['React'], stream = createStream() } = more;
  const activity = createActivity();
  const clock = createClock({ activity, frozenAt: noon });
  const batches: string[] = [];
  const given: Parameters<Parameters<typeof startEventSourceMappings>[0]['onFailure']>[0][] = [];
  const template = writeTemplate({
    ...Object.fromEntries(functions.map((name) => [name, functionResource(name)])),
    ...Object.fromEntries(functions.map((name) => [`${name}Stream`, mapping(name, more.properties)])),
  });
  const mappings = startEventSourceMappings({
    template,
    streams: stream.source,
    clock,
    activity,
    ...whereKnown({ folder: more.folder }),
    onFailure: (batch) => given.push(batch),
    backoff: () => 0,
    lambda: {
      invoke: async (arn, payload) => {
        const name = arn.replace(/.*:/, '');
        const { Records } = payload as { Records: StreamRecord['record'][] };
        const sequences = Records.map(({ dynamodb }) => Number(dynamodb?.SequenceNumber));
        batches.push(`${name}:${sequences.join(',')}`);
        return answer(name, sequences);
      },
    },
  });
  return { stream, activity, clock, batches, given, mappings };
}

describe('a consumer of a stream', () => {
  it('reads from the first record on, in batches of its size, and then each new record', async () => {
    const stream = createStream();
    stream.append(6);
    const { activity, batches } = start(() => succeeded, { stream });
    await activity.rest();
    stream.append(1);
    await activity.rest();
    expect(batches).toEqual(['React:1,2,3,4', 'React:5,6', 'React:7']);
  });

  it('goes on from the first record that the function reports as failed', async () => {
    let once = true;
    const { stream, activity, batches } = start((_name, sequences) => {
      if (!once || !sequences.includes(3)) return succeeded;
      once = false;
      return partly(3, 4);
    });
    stream.append(4);
    await activity.rest();
    expect(batches).toEqual(['React:1,2,3,4', 'React:3,4']);
  });

  it('isolates a record that always fails by bisection, gives up on it alone and keeps the order', async () => {
    const { stream, activity, batches, given } = start((_name, sequences) =>
      sequences.includes(3) ? failed : succeeded,
    );
    stream.append(5);
    await activity.rest();

    expect(batches).toEqual([
      'React:1,2,3,4',
      'React:1,2',
      'React:3,4',
      'React:3',
      'React:3',
      'React:3',
      'React:4',
      'React:5',
    ]);
    expect(given).toHaveLength(1);
    expect(given[0]).toMatchObject({
      mapping: 'ReactStream',
      destination: queueArn,
      message: {
        requestContext: { condition: 'RecordAgeExceeded', approximateInvokeCount: 3 },
        DDBStreamBatchInfo: {
          startSequenceNumber: '3',
          endSequenceNumber: '3',
          batchSize: 1,
          streamArn,
          approximateArrivalOfFirstRecord: '2027-03-01T12:00:00.000Z',
        },
      },
    });
  });

  it('isolates a record that is always reported as failed in the same way', async () => {
    const { stream, activity, given } = start((_name, sequences) => (sequences.includes(2) ? partly(2) : succeeded));
    stream.append(4);
    await activity.rest();
    expect(given.map(({ message }) => message.DDBStreamBatchInfo.startSequenceNumber)).toEqual(['2']);
    expect(given[0]?.message.DDBStreamBatchInfo.batchSize).toBe(1);
  });

  it('takes an answer that names a record outside of the batch as a failure of the batch', async () => {
    const { stream, activity, given } = start(() => partly(99), { properties: { MaximumRecordAgeInSeconds: 60 } });
    stream.append(1);
    await activity.rest();
    expect(given).toHaveLength(1);
  });

  it('gives up on records that are older than its limit without trying them', async () => {
    const { stream, activity, batches, given } = start(() => succeeded, {
      properties: { MaximumRecordAgeInSeconds: 60 },
    });
    stream.append(2, noon - 61_000);
    stream.append(1);
    await activity.rest();
    expect(batches).toEqual(['React:3']);
    expect(given[0]?.message.requestContext).toMatchObject({
      condition: 'RecordAgeExceeded',
      approximateInvokeCount: 0,
    });
  });

  it('gives a record up at the age that its tries would have, where the clock stands still', async () => {
    const { stream, activity, batches, given } = start(() => failed, {
      properties: { MaximumRecordAgeInSeconds: 900 },
    });
    stream.append(1);
    await activity.rest();
    expect(batches).toHaveLength(5);
    expect(given[0]?.message.requestContext).toMatchObject({
      condition: 'RecordAgeExceeded',
      approximateInvokeCount: 5,
    });
  });

  it('does not hold up the other consumer of the stream', async () => {
    let release: (result: InvokeResult) => void = () => undefined;
    const held = new Promise<InvokeResult>((resolve) => {
      release = resolve;
    });
    const { stream, activity, batches } = start((name) => (name === 'React' ? held : succeeded), {
      functions: ['React', 'SendAlerts'],
    });
    stream.append(1);
    await new Promise((resolve) => setImmediate(resolve));
    stream.append(1);
    await new Promise((resolve) => setImmediate(resolve));
    expect(batches).toEqual(['React:1', 'SendAlerts:1', 'SendAlerts:2']);
    release(succeeded);
    await activity.rest();
    expect(batches).toEqual(['React:1', 'SendAlerts:1', 'SendAlerts:2', 'React:2']);
  });
});

describe('after a restart', () => {
  it('a consumer goes on where it was', async () => {
    const folder = temporaryFolder();
    const stream = createStream();
    stream.append(3);
    const first = start((_name, sequences) => (sequences.includes(2) ? failed : succeeded), { folder, stream });
    await first.activity.rest();
    await first.mappings.stop();
    stream.append(1);

    const second = start(() => succeeded, { folder, stream });
    await second.activity.rest();
    expect(second.batches).toEqual(['React:4']);
    expect(second.given).toEqual([]);
  });

  it('a consumer that was stopped in the middle of a batch reads it again and gave up nothing', async () => {
    const folder = temporaryFolder();
    const stream = createStream();
    const stopping: InvokeResult = { ok: false, errorType: 'Lambda.ServiceException', errorMessage: 'stopping' };
    const first = start(() => stopping, { folder, stream });
    stream.append(2);
    await first.mappings.stop();
    expect(first.given).toEqual([]);

    const second = start(() => succeeded, { folder, stream });
    await second.activity.rest();
    expect(second.batches).toEqual(['React:1,2']);
  });
});

it('a disabled mapping reads nothing', async () => {
  const { stream, activity, batches } = start(() => succeeded, { properties: { Enabled: false } });
  stream.append(1);
  await activity.rest();
  expect(batches).toEqual([]);
});

it.each([
  ['a property that is not known', { TumblingWindowInSeconds: 30 }, /TumblingWindowInSeconds/],
  ['endless retries', { MaximumRecordAgeInSeconds: -1 }, /the age must be bounded/],
  ['another source', { EventSourceArn: 'arn:aws:kinesis:us-east-1:000000000000:stream/x' }, /only DynamoDB streams/],
  ['a function that is not there', { FunctionName: 'Unknown' }, /no function of the template/],
])('a mapping with %s stops the start', (_what, properties, message) => {
  expect(() => start(() => succeeded, { properties })).toThrow(message);
});
