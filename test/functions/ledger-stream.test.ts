import type { Context, DynamoDBStreamEvent } from 'aws-lambda';
import { describe, expect, test } from 'vitest';
import { ledgerStream, type Nudge } from '../../shared/lambda/stream.ts';

const recordOf = (pk: string, seq: number) => ({
  eventName: 'INSERT' as const,
  dynamodb: { Keys: { pk: { S: pk }, seq: { N: String(seq) } }, SequenceNumber: `S${seq}-${pk}` },
});
const batch: DynamoDBStreamEvent = {
  Records: [
    recordOf('alert#CR-1.A1', 1),
    recordOf('referral#CR-1', 7),
    recordOf('alert#CR-1.A1', 2),
    recordOf('alert#CR-1.A1', 3),
  ],
};

describe('a batch of the stream of the ledger', () => {
  test('is worked on once for each chain, with the place of its last commit', async () => {
    const worked: Nudge[] = [];
    const handler = ledgerStream(async (nudge) => void worked.push(nudge));
    expect(await handler(batch, {} as Context)).toEqual({ batchItemFailures: [] });
    expect(worked).toEqual([
      { kind: 'alert', id: 'CR-1.A1', chain: 'alert#CR-1.A1', seq: 3 },
      { kind: 'referral', id: 'CR-1', chain: 'referral#CR-1', seq: 7 },
    ]);
  });

  test('names the highest place, in whatever order the items of a batch came', async () => {
    const worked: Nudge[] = [];
    const handler = ledgerStream(async (nudge) => void worked.push(nudge));
    const unordered = [84, 85, 82].map((seq) => recordOf('referral#CR-1', seq));
    await handler({ Records: unordered }, {} as Context);
    expect(worked).toEqual([{ kind: 'referral', id: 'CR-1', chain: 'referral#CR-1', seq: 85 }]);
  });

  test('begins again at the first record of the chain that failed', async () => {
    const handler = ledgerStream(async ({ kind }) => {
      if (kind === 'referral') throw new Error('The ledger is busy.');
    });
    expect(await handler(batch, {} as Context)).toEqual({
      batchItemFailures: [{ itemIdentifier: 'S7-referral#CR-1' }],
    });
  });
});
