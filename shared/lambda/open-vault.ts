import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createDataKeys } from '../store/data-keys.ts';
import { createIdentities, type Identities } from '../store/identities.ts';
import { createVaultIndex, type VaultIndex } from '../store/vault-index.ts';
import { createWrappingKey } from '../store/wrapping-key.ts';
import { env, optionalEnv } from './env.ts';

/** The vault. A function without a grant of the wrapping key reads and writes no content. `now`: a clock in milliseconds. */
export const openVault = (client: DynamoDBClient, now: () => number): Identities =>
  createIdentities({
    client,
    table: env('IDENTITIES_TABLE'),
    keys: createDataKeys({
      client,
      table: env('VAULTKEYS_TABLE'),
      wrapping: createWrappingKey({ arn: optionalEnv('WRAPPING_KEY') }),
      now,
    }),
  });

/** The vault with the index of its children. */
export const openIdentities = (client: DynamoDBClient, now: () => number): Identities & VaultIndex => ({
  ...openVault(client, now),
  ...createVaultIndex({ client, table: env('CHILDINDEX_TABLE'), vault: env('IDENTITIES_TABLE') }),
});
