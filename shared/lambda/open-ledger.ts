import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { policyOf, released } from '../policy/policies.ts';
import { createKeyCodes } from '../store/key-codes.ts';
import { createLedger, type Ledger } from '../store/ledger.ts';
import { env } from './env.ts';

/** The ledger with all released policies, as every function uses it. `random` (0 to 1) is for the jitter between tries. */
export const openLedger = (client: DynamoDBClient, table: string, random: () => number): Ledger =>
  createLedger({
    client,
    table,
    policyOf,
    released,
    random,
    codes: createKeyCodes({
      writesAs: process.env.WRITES_AS === 'door' ? 'door' : 'task',
      keys: { door: env('DOOR_CODE_KEYS').split(','), task: env('TASK_CODE_KEYS').split(',') },
    }),
    pause: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  });
