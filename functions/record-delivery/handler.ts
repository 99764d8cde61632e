import { readMailNews } from '../../shared/alerts/send/mail-news.ts';
import { env } from '../../shared/lambda/env.ts';
import { logger } from '../../shared/lambda/logger.ts';
import { notice } from '../../shared/lambda/notice.ts';
import { openCodes, openLedger } from '../../shared/lambda/open-ledger.ts';
import { openTables } from '../../shared/lambda/open-tables.ts';
import { createDirectoryWrites } from '../../shared/store/directory-writes.ts';
import { recordDelivery } from './record-delivery.ts';

const client = openTables(Date.now);
const parts = {
  ledger: openLedger(client, env('LEDGER_TABLE'), Math.random, openCodes(Date.now)),
  directory: createDirectoryWrites({ client, table: env('DIRECTORY_TABLE') }),
};

export const handler = notice(async (message) => {
  const news = readMailNews(message);
  if (!news) return;
  const known = await recordDelivery(parts, news, new Date().toISOString());
  if (!known) logger.warn('News came of an alert that was never requested.', { alertId: news.alertId });
});
