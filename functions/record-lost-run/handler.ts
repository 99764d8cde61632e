import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { env } from '../../shared/lambda/env.ts';
import { openLedger } from '../../shared/lambda/open-ledger.ts';
import { task } from '../../shared/lambda/task.ts';
import { sdk } from '../../shared/store/sdk.ts';
import { recordLostRun } from './record-lost-run.ts';

const ledger = openLedger(new DynamoDBClient(sdk), env('LEDGER_TABLE'), Math.random);
const statusChange = z.object({ detail: z.object({ name: z.string() }) });

export const handler = task(statusChange, z.void(), ({ detail }) =>
  recordLostRun({ ledger, now: new Date().toISOString() }, detail.name),
);
