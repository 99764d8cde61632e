import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { handle, type LambdaContext, type LambdaEvent } from 'hono/aws-lambda';
import { numberFor } from '../../shared/alerts/compose/recipients.ts';
import { rateLimits } from '../../shared/application/access/rate-limit.ts';
import { createDigests } from '../../shared/application/matching/secret.ts';
import { findOncall } from '../../shared/application/read/contacts.ts';
import { createEvenly } from '../../shared/application/read/evenly.ts';
import { numberWords } from '../../shared/domain/directory/on-call.ts';
import { beginAtDoor, currentRequest } from '../../shared/lambda/current-request.ts';
import { env } from '../../shared/lambda/env.ts';
import { faultOf, logger } from '../../shared/lambda/logger.ts';
import { openMetrics } from '../../shared/lambda/metrics.ts';
import { openDirectory } from '../../shared/lambda/open-directory.ts';
import { openCodes, openLedger } from '../../shared/lambda/open-ledger.ts';
import { openProofs } from '../../shared/lambda/open-proofs.ts';
import { openBoard, openFacts, openWaits } from '../../shared/lambda/open-rows.ts';
import { openTables } from '../../shared/lambda/open-tables.ts';
import { openIdentities } from '../../shared/lambda/open-vault.ts';
import { policyOf } from '../../shared/policy/policies.ts';
import { createAccountClosing, createAccounts, poolClient } from '../../shared/store/accounts.ts';
import { byChains } from '../../shared/store/directory-by-chains.ts';
import { createLimits, steadyClock } from '../../shared/store/limits.ts';
import { createVaultSecret } from '../../shared/store/read-vault-secret.ts';
import { sdk } from '../../shared/store/sdk.ts';
import { createSessions } from '../../shared/store/sessions.ts';
import { createConsole } from './app/console.tsx';
import { createOidc } from './app/oidc.ts';
import { siteAt } from './app/site.ts';

const { count } = openMetrics(Date.now);
const client = openTables(Date.now);
const ledger = openLedger(client, env('LEDGER_TABLE'), Math.random, openCodes(Date.now), 'console');
const pool = new CognitoIdentityProviderClient(poolClient);
const directory = byChains(openDirectory(client), ledger);
const consoleUrl = env('CONSOLE_URL');
const now = steadyClock(Date.now, () => performance.now(), performance.timeOrigin + performance.now());
const vaultSecret = { client: new SecretsManagerClient(sdk), arn: env('VAULT_SECRET_ARN'), now: Date.now };
const { key: secretKey } = createVaultSecret(vaultSecret);
/** The stack puts them beside the bundle. */
const assetFolder = join(__dirname, 'assets');

const proofs = openProofs(() => readFileSync(join(__dirname, 'verify.mjs'), 'utf8'));

const answer = handle(
  createConsole({
    ledger,
    identities: openIdentities(client, Date.now),
    board: openBoard(client),
    facts: openFacts(client),
    waits: openWaits(client),
    directory,
    oncall: async (now, readerId) => {
      const found = numberFor(readerId, await findOncall(directory, now));
      return found && numberWords(found, now);
    },
    sessions: createSessions({
      client,
      table: env('SESSIONS_TABLE'),
      codeOf: async (...texts) => createDigests(await secretKey()).hex(...texts),
      onForged: () => logger.error('A row of a session does not carry its code, so it opens no session.'),
    }),
    oidc: createOidc({
      issuer: env('OIDC_ISSUER'),
      clientId: env('OIDC_CLIENT_ID'),
      signedInUrl: siteAt(consoleUrl).url('/signed-in'),
    }),
    closeAccount: createAccountClosing(pool, env('USER_POOL_ID')),
    lookUpAccount: createAccounts({
      client: pool,
      userPoolId: env('USER_POOL_ID'),
      now: Date.now,
      keptFor: 60_000,
      onLastYes: () => count('AccountNotConfirmed'),
    }),
    secretKey,
    waitFor: createLimits({ client, table: env('SESSIONS_TABLE'), limit: rateLimits.person, now }),
    policyOf,
    machines: { referral: env('REFERRAL_MACHINE_ARN'), deadline: env('DEADLINE_MACHINE_ARN') },
    proofs,
    consoleUrl,
    assets: readdirSync(assetFolder).map((file) => ({ file, content: readFileSync(join(assetFolder, file), 'utf8') })),
    training: env('STAGE') !== 'production',
    evenly: createEvenly(
      () => performance.now(),
      (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
    ),
    now: () => new Date().toISOString(),
    newId: () => randomBytes(32).toString('base64url'),
    onFault: (error, fault) => logger.error('A request failed.', { faultId: fault, ...faultOf(error) }),
  }),
);

export const handler = async (event: LambdaEvent, context: LambdaContext) => {
  beginAtDoor(event);
  const answered = await answer(event, context);
  const requestId = currentRequest();
  return {
    ...answered,
    headers: { ...answered.headers, ...(requestId !== undefined && { 'x-request-id': requestId }) },
  };
};
