/** Tables with rows that are passed over where they cannot be read. The log has their codes alone. */
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type Board, createBoard } from '../store/board.ts';
import type { CommitCodes } from '../store/commit-codes.ts';
import { type Cursors, createCursors } from '../store/cursors.ts';
import { createFacts, type Facts } from '../store/facts.ts';
import { createWaits, type Waits } from '../store/waits.ts';
import { env } from './env.ts';
import { faultOf, logger } from './logger.ts';

export const openBoard = (client: DynamoDBClient): Board =>
  createBoard({
    client,
    table: env('BOARD_TABLE'),
    onUnread: (error) => logger.error('A row of the board cannot be read.', faultOf(error)),
  });

export const openWaits = (client: DynamoDBClient): Waits =>
  createWaits({
    client,
    table: env('WAITS_TABLE'),
    onUnread: (error) => logger.error('A saved wait cannot be read.', faultOf(error)),
  });

export const openFacts = (client: DynamoDBClient): Facts =>
  createFacts({
    client,
    table: env('FACTS_TABLE'),
    onUnread: (error) => logger.error('A row of facts cannot be read.', faultOf(error)),
  });

/** `codes`: those of the ledger, so that a function has one client of the key service. */
export const openCursors = (client: DynamoDBClient, codes: CommitCodes): Cursors =>
  createCursors({ client, table: env('CURSORS_TABLE'), codes });
