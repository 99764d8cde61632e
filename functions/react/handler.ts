import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SFNClient } from '@aws-sdk/client-sfn';
import { env } from '../../shared/lambda/env.ts';
import { publish } from '../../shared/lambda/figures.ts';
import { faultOf, logger } from '../../shared/lambda/logger.ts';
import { count } from '../../shared/lambda/metrics.ts';
import { openLedger } from '../../shared/lambda/open-ledger.ts';
import { ledgerStream } from '../../shared/lambda/stream.ts';
import { policyOf } from '../../shared/policy/policies.ts';
import { createBoard } from '../../shared/store/board.ts';
import { createCursors } from '../../shared/store/cursors.ts';
import { createDirectory } from '../../shared/store/directory.ts';
import { createRuns } from '../../shared/store/runs.ts';
import { sdk } from '../../shared/store/sdk.ts';
import { createWaits } from '../../shared/store/waits.ts';
import { listDelegations } from './list-delegations.ts';
import { listDraft } from './list-draft.ts';
import { listProvider } from './list-provider.ts';
import { listShifts } from './list-shifts.ts';
import { checkReferral, noteDoubt } from './note-doubt.ts';
import { react } from './react.ts';

const client = new DynamoDBClient(sdk);
const parts = {
  ledger: openLedger(client, env('LEDGER_TABLE'), Math.random),
  waits: createWaits({ client, table: env('WAITS_TABLE') }),
  board: createBoard({ client, table: env('BOARD_TABLE') }),
  cursors: createCursors({ client, table: env('CURSORS_TABLE') }),
  directory: createDirectory({ client, table: env('DIRECTORY_TABLE') }),
  runs: createRuns({ client: new SFNClient(sdk) }),
  machines: { referral: env('REFERRAL_MACHINE_ARN'), deadline: env('DEADLINE_MACHINE_ARN') },
  policyOf,
  publish,
  onRun: (what: 'started' | 'resumed', run: string, requestId: string | undefined) =>
    logger.info(`Run ${what}.`, { run, ...(requestId !== undefined && { requestId }) }),
  onDoubt(chain: string) {
    count('LedgerTampered');
    logger.error('A chain of the ledger is not as it was written.', { chain });
  },
  onUncompared: () => count('NamesNotCompared'),
  onFault: (fault: unknown) => logger.error('A chain in doubt could not be looked into.', faultOf(fault)),
};

export const handler = ledgerStream(
  async ({ kind, id }) => {
    if (kind === 'referral') await react(parts, id).finally(() => checkReferral(parts, id, new Date().toISOString()));
    if (kind === 'provider') await listProvider(parts, id);
    if (kind === 'draft') await listDraft(parts, id);
    if (kind === 'delegation') await listDelegations(parts, id);
    if (kind === 'shift') await listShifts(parts);
  },
  { onTampering: (chain) => noteDoubt(parts, chain, new Date().toISOString()) },
);
