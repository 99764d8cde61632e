// @ts-nocheck
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { stepInput, taskOutput } from '../../shared/contracts/tasks.ts';
import { openIntakeDeadlines } from '../../shared/domain/steps.ts';
import { carryOut } from '../../shared/lambda/carry-out.ts';
import { env } from '../../shared/lambda/env.ts';
import { openLedger } from '../../shared/lambda/open-ledger.ts';
import { task } from '../../shared/lambda/task.ts';
import { createIdentities } from '../../shared/store/identities.ts';
import { findCandidates } from './open-intake-deadlines.ts';

const client = new DynamoDBClient({});
const ledger = openLedger(client, env('LEDGER_TABLE'), Math.random);
const identities = createIdentities({ client, table: env('IDENTITIES_TABLE') });

export const handler = task(stepInput, taskOutput, async (input) => {
  const candidates = await findCandidates({ ledger, identities }, input);
  return carryOut({ ledger, now: new Date().toISOString(), name: 'open-intake-deadlines' }, input, (draft) =>
    openIntakeDeadlines(draft, candidates),
  );
});
