/** Reads a case from outside: no fault befalls it. */

import { sealedQueue } from '../../shared/domain/board/board-rows.ts';
import { callQueue } from '../../shared/domain/calls/call-rows.ts';
import { policyOf, released } from '../../shared/policy/policies.ts';
import { createBoard } from '../../shared/store/board.ts';
import { alertChain, referralChain } from '../../shared/store/chains.ts';
import type { ReadingOfCommits } from '../../shared/store/commit.ts';
import { codesInProcess } from '../../shared/store/commit-codes.ts';
import { createLedger } from '../../shared/store/ledger.ts';
import type { MemoryTables } from './memory-tables.ts';

export type Reader = ReturnType<typeof createReader>;

export function createReader(tables: MemoryTables, reading: ReadingOfCommits) {
  const client = tables.client(
    () => 0,
    () => true,
  );
  const ledger = createLedger({
    client,
    table: 'Ledger',
    policyOf,
    released,
    random: () => 0,
    codes: codesInProcess('door'),
    pause: async () => {},
    reading,
  });
  const board = createBoard({ client, table: 'Board' });
  const rowsIn = async (queue: string) => (await board.queue(queue, { limit: 500 })).rows;
  return {
    /** The rows of the board of what calls: of sealed referrals and of all others. */
    rowsThatCall: async () => [...(await rowsIn(callQueue)), ...(await rowsIn(sealedQueue))],
    /** All of a referral. As a callback it ignores the place in the list, which the ledger would take as enough commits. */
    referral: (id: string) => ledger.referral(id),
    alert: (id: string) => ledger.alert(id),
    commitsOf: async (id: string) => (await ledger.referral(id))?.commits ?? [],
    /** Every sent mail as the mail load counts it. */
    mails: () => ledger.mailsIn({ from: '2026-01-01T00:00:00.000Z', before: '2029-01-01T00:00:00.000Z' }),
    /** The commits of a chain as they are stored. */
    storedOf: (kind: 'referral' | 'alert', id: string) =>
      ledger.readAfresh(kind === 'referral' ? referralChain(id) : alertChain(id)),
  };
}
