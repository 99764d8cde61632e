import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import * as z from 'zod';
import { compareAgain } from '../../shared/application/matching/compare-again.ts';
import { underBoth } from '../../shared/application/matching/reindex.ts';
import { createDigests } from '../../shared/application/matching/secret.ts';
import { env } from '../../shared/lambda/env.ts';
import { openCodes, openLedger } from '../../shared/lambda/open-ledger.ts';
import { openTables } from '../../shared/lambda/open-tables.ts';
import { openIdentities } from '../../shared/lambda/open-vault.ts';
import { task } from '../../shared/lambda/workflow-task.ts';
import { createVaultSecret } from '../../shared/store/read-vault-secret.ts';
import { sdk } from '../../shared/store/sdk.ts';
import { keepVault } from './keep-vault.ts';

const client = openTables(Date.now);
const parts = {
  ledger: openLedger(client, env('LEDGER_TABLE'), Math.random, openCodes(Date.now)),
  identities: openIdentities(client, Date.now),
  application: { compareAgain, underBoth },
  most: 500,
};

const secret = createVaultSecret({
  client: new SecretsManagerClient(sdk),
  arn: env('VAULT_SECRET_ARN'),
  now: Date.now,
});
const kept = z.object({ indexed: z.number(), handedOver: z.number(), more: z.boolean() });

export const handler = task(z.unknown(), kept, async () => {
  const { faults, ...found } = await keepVault({
    ...parts,
    digests: createDigests(await secret.key()),
    now: new Date().toISOString(),
  });
  // Thrown last. The failure raises an alarm, and the finished work stays done.
  if (faults.length > 0) throw faults[0];
  return found;
});
