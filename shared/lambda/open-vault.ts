import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KMSClient } from '@aws-sdk/client-kms';
import { createDataKeys } from '../store/data-keys.ts';
import { createIdentities, type Identities } from '../store/identities.ts';
import { sdk } from '../store/sdk.ts';
import { createWrappingKey } from '../store/wrapping-key.ts';
import { env, optionalEnv } from './env.ts';

/** A person waits for the key service. A lost answer is tried again, and then the person hears of it. */
const requestHandler = { connectionTimeout: 1000, requestTimeout: 3000, throwOnRequestTimeout: true };

/** The vault. A function without a grant of the wrapping key reads and writes no content. `now`: a clock in milliseconds. */
export const openVault = (client: DynamoDBClient, now: () => number): Identities =>
  createIdentities({
    client,
    table: env('IDENTITIES_TABLE'),
    keys: createDataKeys({
      client,
      table: env('VAULTKEYS_TABLE'),
      wrapping: createWrappingKey({
        client: new KMSClient({ ...sdk, requestHandler }),
        arn: optionalEnv('WRAPPING_KEY'),
      }),
      now,
    }),
  });
