/**
 * The ledger's stream and its two consumers: batches in order for each shard, partial failures, bounded retries, and
 * faults.
 */
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import type { Consumer } from '../../shared/store/cursors.ts';
import type { Faults } from './faults.ts';
import type { Item } from './memory-tables.ts';
import type { VirtualTime } from './virtual-time.ts';

interface Shard {
  readonly consumer: Consumer;
  readonly queue: DynamoDBRecord[];
  busy: boolean;
  attempts: number;
  /** How many of the first are in the consumer's hands. */
  inHand: number;
}

/** As the stack has it: a record is tried once, and five times more. */
const retries = 5;

export interface StreamOptions {
  readonly time: VirtualTime;
  readonly faults: Faults;
  readonly isUp: () => boolean;
  readonly consume: (consumer: Consumer, event: DynamoDBStreamEvent) => Promise<DynamoDBBatchResponse>;
  readonly onGivenUp: (consumer: Consumer) => void;
}

export function createStream({ time, faults, isUp, consume, onGivenUp }: StreamOptions) {
  let written = 0;
  /** How many processes there were: what one began, the next does not go on with. */
  let lives = 0;
  /** Each chain has a shard. So a referral and one of its alerts may be worked on side by side. */
  const shards = (['react', 'send-alerts'] as const).map((consumer) =>
    [0, 1].map((): Shard => ({ consumer, queue: [], busy: false, attempts: 0, inHand: 0 })),
  );

  const sizeOf = () => faults.dice.pick([1, 10, 10, 10, 3]);

  async function work(shard: Shard): Promise<void> {
    if (shard.busy) return;
    shard.busy = true;
    const mine = lives;
    const isGone = () => !isUp() || mine !== lives;
    // Records of one instant may come in one batch.
    await undefined;
    while (!isGone() && shard.queue.length > 0) {
      const batch = shard.queue.slice(0, sizeOf());
      shard.inHand = batch.length;
      let done = 0;
      try {
        const { batchItemFailures } = await consume(shard.consumer, { Records: batch });
        const failed = batchItemFailures[0]?.itemIdentifier;
        done =
          failed === undefined ? batch.length : batch.findIndex((record) => record.dynamodb?.SequenceNumber === failed);
      } catch {
        done = 0;
      }
      // The process may have died meanwhile: then the place in the stream is where it was.
      if (isGone()) return;
      shard.inHand = 0;
      shard.queue.splice(0, done);
      if (done > 0) shard.attempts = 0;
      if (done === batch.length) continue;
      shard.attempts += 1;
      if (shard.attempts > retries) {
        shard.queue.shift();
        shard.attempts = 0;
        onGivenUp(shard.consumer);
        continue;
      }
      await time.after(1000 * 2 ** shard.attempts);
    }
    if (mine === lives) shard.busy = false;
  }

  const place = (shard: Shard, record: DynamoDBRecord) => {
    const { inHand, queue } = shard;
    const at =
      queue.length > inHand && faults.happens('record-out-of-order', shard.consumer)
        ? inHand + Math.floor(faults.dice.next() * (queue.length - inHand))
        : queue.length;
    shard.queue.splice(at, 0, record);
    void work(shard);
  };

  return {
    append({ pk, seq }: Item): void {
      if (pk?.S?.startsWith('access#')) return;
      written += 1;
      const record: DynamoDBRecord = {
        eventName: 'INSERT',
        dynamodb: {
          Keys: { pk: { S: pk?.S ?? '' }, seq: { N: seq?.N ?? '' } },
          SequenceNumber: String(written).padStart(12, '0'),
        },
      };
      for (const consumer of shards) {
        const shard = consumer[pk?.S?.startsWith('referral#') ? 0 : 1] as Shard;
        const name = shard.consumer;
        if (faults.happens('record-lost', name)) continue;
        if (faults.happens('record-twice', name))
          time.at(time.now() + faults.dice.between(0, 60_000), () => place(shard, record));
        if (faults.happens('record-late', name))
          time.at(time.now() + faults.dice.between(1000, 120_000), () => place(shard, record));
        else place(shard, record);
      }
    },
    /** After a restart: goes on where it was. */
    resume(): void {
      lives += 1;
      for (const shard of shards.flat()) {
        shard.busy = false;
        shard.inHand = 0;
        void work(shard);
      }
    },
    isIdle: () => shards.flat().every(({ queue }) => queue.length === 0),
  };
}
