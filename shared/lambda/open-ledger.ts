import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Door } from '../domain/audit/act-log.ts';
import { policyOf, released } from '../policy/policies.ts';
import type { CommitCodes } from '../store/commit-codes.ts';
import { createKeyCodes } from '../store/key-codes.ts';
import { createLedger, type Ledger } from '../store/ledger.ts';
import { currentRequest } from './current-request.ts';
import { keysIn, optionalEnv } from './env.ts';
import { logger } from './logger.ts';

/** The codes by the keys of this function. */
export const openCodes = (): CommitCodes =>
  createKeyCodes({
    writesAs: optionalEnv('WRITES_AS') === 'door' ? 'door' : 'task',
    keys: { door: keysIn('DOOR_CODE_KEYS'), task: keysIn('TASK_CODE_KEYS') },
  });

/**
 * The ledger with all released policies, as every function uses it. `random` (0 to 1) is for the jitter between tries. `codes`:
 * for a function that uses them elsewhere too. `door`: of a function that people reach.
 */
export const openLedger = (
  client: DynamoDBClient,
  table: string,
  random: () => number,
  codes: CommitCodes = openCodes(),
  door?: Door,
): Ledger =>
  createLedger({
    client,
    table,
    policyOf,
    released,
    random,
    codes,
    requestId: currentRequest,
    door,
    onAppended: (chain, seq) => logger.info('Committed.', { chain, seq }),
    pause: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  });
