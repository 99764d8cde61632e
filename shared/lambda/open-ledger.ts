import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Door } from '../domain/audit/act-log.ts';
import { policyOf, released } from '../policy/policies.ts';
import { type CommitCodes, createCommitCodes, type KeyHolder } from '../store/commit-codes.ts';
import { createKeyService } from '../store/key-codes.ts';
import { createLedger, type Ledger } from '../store/ledger.ts';
import { createProcessKeys } from '../store/process-keys.ts';
import { currentRequest } from './current-request.ts';
import { keysIn, optionalEnv } from './env.ts';
import { logger } from './logger.ts';

/** The codes of this process. All that it writes has one key of a day. `now`: its clock, in epoch milliseconds. */
export function openCodes(now: () => number): CommitCodes {
  const holder: KeyHolder = optionalEnv('WRITES_AS') === 'door' ? 'door' : 'task';
  const service = createKeyService({ door: keysIn('DOOR_CODE_KEYS'), task: keysIn('TASK_CODE_KEYS') });
  return createCommitCodes(holder, createProcessKeys({ holder, service }), now);
}

/**
 * The ledger with all released policies, as every function uses it. `random` (0 to 1) is for the jitter between tries. `door`: of a function that people reach.
 */
export const openLedger = (
  client: DynamoDBClient,
  table: string,
  random: () => number,
  codes: CommitCodes,
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
