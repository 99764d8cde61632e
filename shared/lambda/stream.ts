import middy from '@middy/core';
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { faultOf, logger } from './logger.ts';
import { count } from './metrics.ts';

/** A nudge: this chain has grown. What it says beyond that is read from the ledger. */
export interface Nudge {
  /** `referral`, `alert`, `roster`, `draft` or `finding`. */
  readonly kind: string;
  readonly id: string;
}

const nudgeOf = (record: DynamoDBRecord): Nudge => {
  const [kind = '', id = ''] = (record.dynamodb?.Keys?.pk?.S ?? '').split('#');
  return { kind, id };
};

/**
 * A consumer of the ledger's stream. Each chain in a batch is worked on once; where one fails, the batch is taken up
 * again from its first record. `watchesTampering`: exactly one consumer counts records that change or remove a commit.
 */
export function ledgerStream(
  work: (nudge: Nudge) => Promise<void>,
  { watchesTampering = false }: { readonly watchesTampering?: boolean } = {},
) {
  return middy(async ({ Records }: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> => {
    const done = new Set<string>();
    for (const record of Records) {
      if (watchesTampering && record.eventName !== 'INSERT') {
        count('LedgerTampered');
        logger.error('A commit in the ledger was changed or removed.', { chain: record.dynamodb?.Keys?.pk?.S });
      }
      const nudge = nudgeOf(record);
      const chain = `${nudge.kind}#${nudge.id}`;
      if (done.has(chain)) continue;
      try {
        await work(nudge);
        done.add(chain);
      } catch (error) {
        logger.error('A record of the stream could not be worked on.', { chain, ...faultOf(error) });
        return { batchItemFailures: [{ itemIdentifier: record.dynamodb?.SequenceNumber ?? '' }] };
      }
    }
    return { batchItemFailures: [] };
  });
}
