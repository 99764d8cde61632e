import middy from '@middy/core';
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent, SQSEvent, SQSRecord } from 'aws-lambda';
import { firstOf } from '../domain/audit/findings.ts';
import type { Inserted } from '../store/commit-rows.ts';
import { unlessDamaged } from '../store/reading-room.ts';
import { givenUpBatch, type ReadGivenUp } from './given-up.ts';
import { faultOf, logger } from './logger.ts';

/** Says that a chain has grown. The consumer reads the rest from the ledger. */
export interface Nudge {
  /** `referral`, `alert`, `roster`, `draft` or `finding`. */
  readonly kind: string;
  readonly id: string;
  /** Its name. A chain may go on with another of the same kind and id. */
  readonly chain: string;
  /** The place of the last commit of the chain in this batch, from 1. */
  readonly seq: number;
  /** That commit as the stream has it. Undefined where it was removed. */
  readonly inserted: Inserted | undefined;
}

const nudgeOf = ({ eventName, dynamodb }: DynamoDBRecord): Nudge => {
  const chain = dynamodb?.Keys?.pk?.S ?? '';
  const [kind = '', id = ''] = firstOf(chain).split('#');
  const seq = Number(dynamodb?.Keys?.seq?.N ?? 0);
  const arrivedAt = (dynamodb?.ApproximateCreationDateTime ?? 0) * 1000;
  const image = eventName === 'INSERT' ? dynamodb?.NewImage : undefined;
  // The types of the stream and of the SDK differ in how they name bytes, and a commit has none.
  return { kind, id, chain, seq, inserted: image && { chain, seq, item: image as Inserted['item'], arrivedAt } };
};
const chainOf = ({ chain }: Nudge) => chain;

/**
 * The last place of each chain. DynamoDB keeps the order of the changes of one item alone. So an earlier commit may
 * come after it, and its head would never be anchored.
 */
function lastOfEach(records: readonly DynamoDBRecord[]): ReadonlyMap<string, Nudge> {
  const last = new Map<string, Nudge>();
  for (const nudge of records.map(nudgeOf)) {
    const before = last.get(chainOf(nudge));
    if (!before || nudge.seq >= before.seq) last.set(chainOf(nudge), nudge);
  }
  return last;
}

/** Whether a function may have named a chain so. A person can write any name, and a table refuses to be asked about some. */
const isNamedByUs = ({ kind, id }: Nudge): boolean =>
  (kind === 'referral' ? /^CR-[0-9A-Z-]{1,40}$/ : /^[A-Za-z0-9.-]{1,100}$/).test(id);

const insertedIn = (record: DynamoDBRecord): readonly Inserted[] => [nudgeOf(record).inserted ?? []].flat();

const logDamage = (chain: string, error: unknown): void =>
  logger.error('A chain of the stream cannot be read.', { chain, ...faultOf(error) });

/** No function may change or remove a commit. */
const isTamperedWith = (chain: string, records: readonly DynamoDBRecord[]): boolean =>
  records.some((record) => record.eventName !== 'INSERT' && chainOf(nudgeOf(record)) === chain);

/** A message of the queue of what was given up, as the queue hands it to the same function. */
const isGivenUp = (record: DynamoDBRecord | SQSRecord): record is SQSRecord => 'body' in record;

/**
 * A consumer of the ledger's stream that calls `work` once for each chain in a batch. Where one fails, the batch starts again at
 * its record. `onTampering` gets each chain of which a record was changed or removed, `onInserted` each new item. Neither may
 * reject, and neither holds up work. Exactly one consumer has them.
 *
 * A batch that was given up comes again by a queue, which names its place. `readGivenUp` reads it. Each of its records is
 * tried, whatever becomes of those before it. Rejects where one fails again: then the message stays in the queue.
 */
export function ledgerStream(
  work: (nudge: Nudge) => Promise<void>,
  {
    onTampering,
    onInserted,
    readGivenUp,
  }: {
    readonly onTampering?: (chain: string) => Promise<void>;
    readonly onInserted?: (inserted: Inserted) => Promise<void>;
    readonly readGivenUp?: ReadGivenUp;
  } = {},
) {
  const batch = async (records: readonly DynamoDBRecord[]): Promise<DynamoDBBatchResponse> => {
    const done = new Set<string>();
    const looks = Promise.all(records.flatMap(insertedIn).map((each) => onInserted?.(each)));
    const last = lastOfEach(records);
    for (const record of records) {
      const chain = chainOf(nudgeOf(record));
      const nudge = last.get(chain);
      if (!nudge || done.has(chain)) continue;
      try {
        if (isTamperedWith(chain, records)) await onTampering?.(chain);
        // What is stored there cannot be read, however often it is tried. The records behind it must not wait for that.
        if (isNamedByUs(nudge)) await unlessDamaged(work(nudge), undefined, (error) => logDamage(chain, error));
        done.add(chain);
      } catch (error) {
        logger.error('A record of the stream could not be worked on.', { chain, ...faultOf(error) });
        await looks;
        return { batchItemFailures: [{ itemIdentifier: record.dynamodb?.SequenceNumber ?? '' }] };
      }
    }
    await looks;
    return { batchItemFailures: [] };
  };

  const again = async ({ body }: SQSRecord): Promise<void> => {
    const records = (await readGivenUp?.(givenUpBatch.parse(JSON.parse(body)))) ?? [];
    const answers = [...Map.groupBy(records, (record) => chainOf(nudgeOf(record))).values()].map(batch);
    const failed = (await Promise.all(answers)).filter(({ batchItemFailures: { length } }) => length > 0).length;
    if (failed > 0 || records.length === 0)
      throw new Error(`${failed} chains of ${records.length} records that were given up could not be worked on.`);
  };

  return middy(async ({ Records }: DynamoDBStreamEvent | SQSEvent): Promise<DynamoDBBatchResponse> => {
    const messages = Records.filter(isGivenUp);
    for (const message of messages) await again(message);
    return messages.length > 0 ? { batchItemFailures: [] } : batch(Records.filter((record) => !isGivenUp(record)));
  });
}
