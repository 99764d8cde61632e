import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KMSClient } from '@aws-sdk/client-kms';
import { policyOf, released } from '../policy/policies.ts';
import { createLedger, type Ledger } from '../store/ledger.ts';
import { sdk } from '../store/sdk.ts';
import { env } from './env.ts';
import { createKeyCodes } from './key-codes.ts';

/** The ledger with all released policies, as every function uses it. `random` (0 to 1) is for the jitter between tries. */
export const openLedger = (client: DynamoDBClient, table: string, random: () => number): Ledger =>
  createLedger({
    client,
    table,
    policyOf,
    released,
    random,
    codes: createKeyCodes({
      client: new KMSClient(sdk),
      writesAs: process.env.WRITES_AS === 'door' ? 'door' : 'task',
      keys: { door: env('DOOR_CODE_KEYS').split(','), task: env('TASK_CODE_KEYS').split(',') },
    }),
    pause: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  });
