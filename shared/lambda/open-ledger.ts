import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { policyOf, released } from '../policy/policies.ts';
import { createLedger, type Ledger } from '../store/ledger.ts';

/** The ledger with all released policies, as every function uses it. `random` (0 to 1) is for the jitter between tries. */
export const openLedger = (client: DynamoDBClient, table: string, random: () => number): Ledger =>
  createLedger({
    client,
    table,
    policyOf,
    released,
    random,
    pause: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  });
