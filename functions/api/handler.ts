import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { handle, type LambdaContext, type LambdaEvent } from 'hono/aws-lambda';
import * as z from 'zod';
import { rateLimits } from '../../shared/application/access/rate-limit.ts';
import { createEvenly } from '../../shared/application/read/evenly.ts';
import { env } from '../../shared/lambda/env.ts';
import { faultOf, logger } from '../../shared/lambda/logger.ts';
import { openLedger } from '../../shared/lambda/open-ledger.ts';
import { openVault } from '../../shared/lambda/open-vault.ts';
import { beginAtDoor } from '../../shared/lambda/request.ts';
import { policyOf } from '../../shared/policy/policies.ts';
import { createBoard } from '../../shared/store/board.ts';
import { createDirectory } from '../../shared/store/directory.ts';
import { createLimits, steadyClock } from '../../shared/store/limits.ts';
import { sdk } from '../../shared/store/sdk.ts';
import { createVaultIndex } from '../../shared/store/vault-index.ts';
import { createVaultSecret } from '../../shared/store/vault-secret.ts';
import { createWaits } from '../../shared/store/waits.ts';
import { createApi } from './api.ts';

const client = new DynamoDBClient(sdk);
const now = steadyClock(Date.now, () => performance.now(), performance.timeOrigin + performance.now());
const named = z.object({ requestId: z.string() });
const letIn = z.object({ authorizer: z.object({ personId: z.string() }) });

const answer = handle(
  createApi({
    ledger: openLedger(client, env('LEDGER_TABLE'), Math.random),
    identities: {
      ...openVault(client, Date.now),
      ...createVaultIndex({ client, table: env('CHILDINDEX_TABLE'), vault: env('IDENTITIES_TABLE') }),
    },
    board: createBoard({
      client,
      table: env('BOARD_TABLE'),
      onUnread: (error) => logger.error('A row of the board cannot be read.', faultOf(error)),
    }),
    waits: createWaits({
      client,
      table: env('WAITS_TABLE'),
      onUnread: (error) => logger.error('A saved wait cannot be read.', faultOf(error)),
    }),
    directory: createDirectory({ client, table: env('DIRECTORY_TABLE') }),
    secretKey: createVaultSecret({ client: new SecretsManagerClient(sdk), arn: env('VAULT_SECRET_ARN'), now: Date.now })
      .key,
    policyOf,
    personIdOf: (request) => letIn.safeParse(request).data?.authorizer.personId,
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
