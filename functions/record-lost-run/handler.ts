import * as z from 'zod';
import { env } from '../../shared/lambda/env.ts';
import { openCodes, openLedger } from '../../shared/lambda/open-ledger.ts';
import { openTables } from '../../shared/lambda/open-tables.ts';
import { task } from '../../shared/lambda/workflow-task.ts';
import { recordLostRun } from './record-lost-run.ts';

const ledger = openLedger(openTables(Date.now), env('LEDGER_TABLE'), Math.random, openCodes(Date.now));
const statusChange = z.object({ detail: z.object({ name: z.string() }) });

export const handler = task(statusChange, z.void(), ({ detail }) =>
  recordLostRun({ ledger, now: new Date().toISOString() }, detail.name),
);
