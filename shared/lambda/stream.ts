import middy from '@middy/core';
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { faultOf, logger } from './logger.ts';
import { count } from './metrics.ts';

/** Says that a chain has grown. The consumer reads the rest from the ledger. */
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
 * A consumer of the ledger's stream that calls `work` once for each chain in a batch. Where one fails, the batch starts again at
 * its record. With `watchesTampering` it also counts records that change or remove a commit: exactly one consumer has it on.
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
