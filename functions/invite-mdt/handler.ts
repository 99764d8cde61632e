import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { stepInput, taskOutput } from '../../shared/contracts/tasks.ts';
import { inviteMdt } from '../../shared/domain/pathway/steps.ts';
import { carryOut } from '../../shared/lambda/carry-out.ts';
import { env } from '../../shared/lambda/env.ts';
import { openLedger } from '../../shared/lambda/open-ledger.ts';
import { task } from '../../shared/lambda/task.ts';
import { sdk } from '../../shared/store/sdk.ts';

const ledger = openLedger(new DynamoDBClient(sdk), env('LEDGER_TABLE'), Math.random);

export const handler = task(stepInput, taskOutput, (input) =>
  carryOut({ ledger, now: new Date().toISOString(), name: 'invite-mdt' }, input, inviteMdt),
);
