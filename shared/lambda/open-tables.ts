import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createTablesClient } from '../store/tables-client.ts';
import { openMetrics } from './metrics.ts';

/** The client of DynamoDB. What it is refused for being too much is counted for an alarm. `now`: milliseconds since 1970. */
export const openTables = (now: () => number): DynamoDBClient =>
  createTablesClient({ onRefused: () => openMetrics(now).count('TablesThrottled') });
