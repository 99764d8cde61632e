import * as z from 'zod';
import { takeOutOfIndex } from '../../shared/application/matching/reindex.ts';
import { env } from '../../shared/lambda/env.ts';
import { openCodes, openLedger } from '../../shared/lambda/open-ledger.ts';
import { openTables } from '../../shared/lambda/open-tables.ts';
import { openIdentities } from '../../shared/lambda/open-vault.ts';
import { task } from '../../shared/lambda/workflow-task.ts';
import { eraseVault } from './erase-vault.ts';

const client = openTables(Date.now);
const parts = {
  ledger: openLedger(client, env('LEDGER_TABLE'), Math.random, openCodes(Date.now)),
  identities: openIdentities(client, Date.now),
  takeOutOfIndex,
  most: 500,
};

const erased = z.object({ removed: z.number(), more: z.boolean() });

export const handler = task(z.unknown(), erased, async () => {
  const { faults, ...found } = await eraseVault({ ...parts, now: new Date().toISOString() });
  // Thrown last. The failure raises an alarm, and the finished work stays done.
  if (faults.length > 0) throw faults[0];
  return found;
});
