/** Reads a case from outside: no fault befalls it. */
// @ts-nocheck

import { currentPolicy, policyOf } from '../../shared/policy/policies.ts';
import { alertChain, createLedger, referralChain } from '../../shared/store/ledger.ts';
import type { MemoryTables } from './memory-tables.ts';

export type Reader = ReturnType<typeof createReader>;

export function createReader(tables: MemoryTables) {
  const client = tables.client(
    () => 0,
    () => true,
  );
  const ledger = createLedger({
    client,
    table: 'Ledger',
    policyOf,
    newPolicy: currentPolicy,
    random: () => 0,
    pause: async () => {},
  });
  return {
    referral: ledger.referral,
    alert: ledger.alert,
    commitsOf: async (id: string) => (await ledger.referral(id))?.commits ?? [],
    /** The commits of a chain as they are stored. */
    storedOf: (kind: 'referral' | 'alert', id: string) =>
      ledger.readAfresh(kind === 'referral' ? referralChain(id) : alertChain(id)),
  };
}
