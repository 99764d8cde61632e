import { SFNClient } from '@aws-sdk/client-sfn';
import * as z from 'zod';
import { waitInput } from '../../shared/contracts/tasks.ts';
import { env } from '../../shared/lambda/env.ts';
import { openCodes, openLedger } from '../../shared/lambda/open-ledger.ts';
import { openTables } from '../../shared/lambda/open-tables.ts';
import { task } from '../../shared/lambda/workflow-task.ts';
import { policyOf } from '../../shared/policy/policies.ts';
import { createRuns } from '../../shared/store/executions.ts';
import { sdk } from '../../shared/store/sdk.ts';
import { createWaits } from '../../shared/store/waits.ts';
import { awaitPerson } from './await-person.ts';

const client = openTables(Date.now);
const ledger = openLedger(client, env('LEDGER_TABLE'), Math.random, openCodes(Date.now));
const waits = createWaits({ client, table: env('WAITS_TABLE') });
const { resume } = createRuns({ client: new SFNClient(sdk) });

export const handler = task(waitInput, z.void(), (wait) =>
  awaitPerson({ ledger, waits, policyOf, resume, now: new Date().toISOString() }, wait),
);
