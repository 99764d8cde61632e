import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { readMailNews } from '../../shared/alerts/send/mail-news.ts';
import { env } from '../../shared/lambda/env.ts';
import { logger } from '../../shared/lambda/logger.ts';
import { notice } from '../../shared/lambda/notice.ts';
import { openLedger } from '../../shared/lambda/open-ledger.ts';
import { createDirectoryWrites } from '../../shared/store/directory-writes.ts';
import { sdk } from '../../shared/store/sdk.ts';
import { recordDelivery } from './record-delivery.ts';

const client = new DynamoDBClient(sdk);
const parts = {
  ledger: openLedger(client, env('LEDGER_TABLE'), Math.random),
  directory: createDirectoryWrites({ client, table: env('DIRECTORY_TABLE') }),
};

export const handler = notice(async (message) => {
  const news = readMailNews(message);
  if (!news) return;
  const known = await recordDelivery(parts, news, new Date().toISOString());
  if (!known) logger.warn('News came of an alert that was never requested.', { alertId: news.alertId });
});
