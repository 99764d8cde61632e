import type { OnUnreadable } from '../../shared/application/matching/read-others.ts';
import { stepInput, taskOutput } from '../../shared/contracts/tasks.ts';
import { carryOut } from '../../shared/lambda/carry-out.ts';
import { env } from '../../shared/lambda/env.ts';
import { faultOf, logger } from '../../shared/lambda/logger.ts';
import { openCodes, openLedger } from '../../shared/lambda/open-ledger.ts';
import { openTables } from '../../shared/lambda/open-tables.ts';
import { task } from '../../shared/lambda/workflow-task.ts';
import { createChildIndex } from '../../shared/store/child-index.ts';
import { askAboutSameChild } from './ask-same-child.ts';

const client = openTables(Date.now);
const ledger = openLedger(client, env('LEDGER_TABLE'), Math.random, openCodes(Date.now));
const identities = createChildIndex({ client, table: env('CHILDINDEX_TABLE') });

const onUnreadable: OnUnreadable = (error, referralId) =>
  logger.error('A referral of the same child cannot be read.', { referralId, ...faultOf(error) });

export const handler = task(stepInput, taskOutput, (input) => {
  const now = new Date().toISOString();
  return askAboutSameChild({ ledger, identities, now, onUnreadable }, input, (decide) =>
    carryOut({ ledger, now, name: 'ask-same-child' }, input, decide),
  );
});
