import { checkpointInput, taskOutput } from '../../shared/contracts/tasks.ts';
import { checkpointOutcome, raiseCheckpoint } from '../../shared/domain/pathway/steps.ts';
import { carryOut } from '../../shared/lambda/carry-out.ts';
import { env } from '../../shared/lambda/env.ts';
import { openCodes, openLedger } from '../../shared/lambda/open-ledger.ts';
import { openTables } from '../../shared/lambda/open-tables.ts';
import { task } from '../../shared/lambda/workflow-task.ts';

const ledger = openLedger(openTables(Date.now), env('LEDGER_TABLE'), Math.random, openCodes(Date.now));

export const handler = task(checkpointInput, taskOutput, (input) =>
  carryOut(
    { ledger, now: new Date().toISOString(), name: 'raise-checkpoint' },
    input,
    (decision) => raiseCheckpoint(decision, input.runId),
    (state, { policy }) => checkpointOutcome(state, input.runId, policy),
  ),
);
