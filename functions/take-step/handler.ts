import { takeStepInput, taskOutput } from '../../shared/contracts/tasks.ts';
import { carryOut } from '../../shared/lambda/carry-out.ts';
import { env } from '../../shared/lambda/env.ts';
import { openCodes, openLedger } from '../../shared/lambda/open-ledger.ts';
import { openTables } from '../../shared/lambda/open-tables.ts';
import { task } from '../../shared/lambda/workflow-task.ts';
import { decisionOf } from './take-step.ts';

const ledger = openLedger(openTables(Date.now), env('LEDGER_TABLE'), Math.random, openCodes(Date.now));

/** The step is the actor of its commit, so the audit says what happened. */
export const handler = task(takeStepInput, taskOutput, ({ step, ...input }) =>
  carryOut({ ledger, now: new Date().toISOString(), name: step }, input, decisionOf[step]),
);
