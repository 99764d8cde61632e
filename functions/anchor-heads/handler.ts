import { KMSClient } from '@aws-sdk/client-kms';
import { S3Client } from '@aws-sdk/client-s3';
import { SESClient } from '@aws-sdk/client-ses';
import * as z from 'zod';
import { createPlainMailer } from '../../shared/alerts/send/plain-mailer.ts';
import { env, optionalEnv } from '../../shared/lambda/env.ts';
import { logger } from '../../shared/lambda/logger.ts';
import { openMetrics } from '../../shared/lambda/metrics.ts';
import { openCodes, openLedger } from '../../shared/lambda/open-ledger.ts';
import { openTables } from '../../shared/lambda/open-tables.ts';
import { task } from '../../shared/lambda/workflow-task.ts';
import { createAnchorArchive } from '../../shared/store/anchor-archive.ts';
import { createAnchorSigner } from '../../shared/store/anchor-key.ts';
import { verifyChain } from '../../shared/store/commit.ts';
import { keyService } from '../../shared/store/key-service.ts';
import { createNotedHeads } from '../../shared/store/noted-heads.ts';
import { sdk } from '../../shared/store/sdk.ts';
import { type AnchorParts, anchorHeads } from './anchor-heads.ts';
import { tellWitnesses } from './tell-witnesses.ts';

const { count } = openMetrics(Date.now);
const client = openTables(Date.now);
const witnesses = optionalEnv('ANCHOR_WITNESSES')?.split(',') ?? [];
const parts: Omit<AnchorParts, 'now'> = {
  ledger: openLedger(client, env('LEDGER_TABLE'), Math.random, openCodes(Date.now)),
  heads: createNotedHeads({ client, table: env('CURSORS_TABLE') }),
  archive: createAnchorArchive({ client: new S3Client(sdk), bucket: env('ANCHORS_BUCKET') }),
  signer: createAnchorSigner({ client: new KMSClient(keyService), keyArn: env('ANCHOR_KEY_ARN') }),
  verify: verifyChain,
  tell: tellWitnesses(
    createPlainMailer({
      client: new SESClient(sdk),
      from: env('MAIL_FROM'),
      configurationSet: env('CONFIGURATION_SET'),
    }),
    witnesses,
    env('VERIFY_SCRIPT_DIGEST'),
  ),
  onDoubt({ chain, as }) {
    count('LedgerTampered');
    logger.error('A chain of the ledger is not as it was anchored.', { chain, as });
  },
};

const anchored = z.object({ chains: z.number(), leaves: z.number().optional(), doubts: z.number() });

export const handler = task(z.unknown(), anchored, () => anchorHeads({ ...parts, now: new Date().toISOString() }));
