import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { handle, type LambdaContext, type LambdaEvent } from 'hono/aws-lambda';
import * as z from 'zod';
import { rateLimits } from '../../shared/application/access/rate-limit.ts';
import { createEvenly } from '../../shared/application/read/evenly.ts';
import { beginAtDoor } from '../../shared/lambda/current-request.ts';
import { env } from '../../shared/lambda/env.ts';
import { faultOf, logger } from '../../shared/lambda/logger.ts';
import { openDirectory } from '../../shared/lambda/open-directory.ts';
import { openCodes, openLedger } from '../../shared/lambda/open-ledger.ts';
import { openProofs } from '../../shared/lambda/open-proofs.ts';
import { openBoard, openFacts, openWaits } from '../../shared/lambda/open-rows.ts';
import { openTables } from '../../shared/lambda/open-tables.ts';
import { openIdentities } from '../../shared/lambda/open-vault.ts';
import { policyOf } from '../../shared/policy/policies.ts';
import { byChains } from '../../shared/store/directory-by-chains.ts';
import { createLimits, steadyClock } from '../../shared/store/limits.ts';
import { createVaultSecret } from '../../shared/store/read-vault-secret.ts';
import { sdk } from '../../shared/store/sdk.ts';
import { createApi } from './api.ts';

const client = openTables(Date.now);
const now = steadyClock(Date.now, () => performance.now(), performance.timeOrigin + performance.now());
const named = z.object({ requestId: z.string() });
const letIn = z.object({ authorizer: z.object({ personId: z.string(), signedInAt: z.coerce.number().catch(0) }) });

/** The stack puts the script beside the bundle. */
const proofs = openProofs(() => readFileSync(join(__dirname, 'verify.mjs'), 'utf8'));
const ledger = openLedger(client, env('LEDGER_TABLE'), Math.random, openCodes(Date.now), 'api');
const answer = handle(
  createApi({
    ledger,
    identities: openIdentities(client, Date.now),
    board: openBoard(client),
    facts: openFacts(client),
    waits: openWaits(client),
    directory: byChains(openDirectory(client), ledger),
    secretKey: createVaultSecret({ client: new SecretsManagerClient(sdk), arn: env('VAULT_SECRET_ARN'), now: Date.now })
      .key,
    policyOf,
    proofs,
    personIdOf: (request) => letIn.safeParse(request).data?.authorizer.personId,
    signedInAtOf: (request) => letIn.safeParse(request).data?.authorizer.signedInAt ?? 0,
    requestIdOf: (request) => named.safeParse(request).data?.requestId,
    evenly: createEvenly(
      () => performance.now(),
      (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
    ),
    now: () => new Date().toISOString(),
    newId: randomUUID,
    // The stack copies the file beside the bundle. It is read only on request, so no other request waits for it.
    description: () => readFileSync(join(__dirname, 'openapi.json'), 'utf8'),
    waitFor: createLimits({ client, table: env('SESSIONS_TABLE'), limit: rateLimits.person, now }),
    onFault: (error) => logger.error('A request failed.', faultOf(error)),
  }),
);

export const handler = (event: LambdaEvent, context: LambdaContext) => {
  beginAtDoor(event);
  return answer(event, context);
};
