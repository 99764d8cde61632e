import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import { SFNClient } from '@aws-sdk/client-sfn';
import { keepFacts } from '../../shared/application/use-cases/keep-facts.ts';
import { env } from '../../shared/lambda/env.ts';
import { createStreamRecords } from '../../shared/lambda/given-up.ts';
import { faultOf, logger } from '../../shared/lambda/logger.ts';
import { openMetrics } from '../../shared/lambda/metrics.ts';
import { openCodes, openLedger } from '../../shared/lambda/open-ledger.ts';
import { openBoard, openCursors, openFacts, openWaits } from '../../shared/lambda/open-rows.ts';
import { openTables } from '../../shared/lambda/open-tables.ts';
import { ledgerStream } from '../../shared/lambda/stream.ts';
import { policyOf } from '../../shared/policy/policies.ts';
import { createDirectoryWrites } from '../../shared/store/directory-writes.ts';
import { createRuns } from '../../shared/store/executions.ts';
import { createNotedHeads } from '../../shared/store/noted-heads.ts';
import { sdk } from '../../shared/store/sdk.ts';
import { listDelegations } from './list-delegations.ts';
import { listDraft } from './list-draft.ts';
import { listProvider } from './list-provider.ts';
import { checkChain, checkInserted, noteDoubt, tellOfDoubt } from './note-doubt.ts';
import { noteHead } from './note-head.ts';
import { react } from './react.ts';

const { count, publish } = openMetrics(Date.now);
const client = openTables(Date.now);
const codes = openCodes(Date.now);
const parts = {
  ledger: openLedger(client, env('LEDGER_TABLE'), Math.random, codes),
  waits: openWaits(client),
  board: openBoard(client),
  cursors: openCursors(client, codes),
  facts: openFacts(client),
  heads: createNotedHeads({ client, table: env('CURSORS_TABLE') }),
  directory: createDirectoryWrites({ client, table: env('DIRECTORY_TABLE') }),
  runs: createRuns({ client: new SFNClient(sdk) }),
  machines: { referral: env('REFERRAL_MACHINE_ARN'), deadline: env('DEADLINE_MACHINE_ARN') },
  policyOf,
  publish,
  onRun: (what: 'started' | 'resumed', run: string, requestId: string | undefined) =>
    logger.info(`Run ${what}.`, { run, ...(requestId !== undefined && { requestId }) }),
  onDoubt(chain: string) {
    count('LedgerTampered');
    logger.error('A chain of the ledger is not as it was written, or came on another day than its key.', { chain });
  },
  onRecord(record: string) {
    count('RecordInDoubt');
    logger.error('People cannot change a record until a supervisor has confirmed it.', { record });
  },
  named: new Map<string, number>(),
  onUncompared: () => count('NamesNotCompared'),
  onFault: (fault: unknown) => logger.error('A chain in doubt could not be looked into.', faultOf(fault)),
};

async function follow(referralId: string): Promise<void> {
  // The cursor first: it never passes a commit that is there.
  const progress = await parts.cursors.facts(referralId);
  const read = await react(parts, referralId);
  if (read) await keepFacts(parts, read, progress, new Date().toISOString());
}

/** The work on a chain of each kind. */
const works: Readonly<Record<string, (id: string) => Promise<void>>> = {
  referral: follow,
  provider: (id) => listProvider(parts, id),
  draft: (id) => listDraft(parts, id),
  delegation: (id) => listDelegations(parts, id),
  doubt: (id) => tellOfDoubt(parts, id, new Date().toISOString(), follow),
};

export const handler = ledgerStream(
  async ({ kind, id, chain, inserted }) => {
    await works[kind]?.(id).finally(() => checkChain(parts, chain, new Date().toISOString()));
    if (inserted) await noteHead(parts, inserted, new Date().toISOString());
  },
  {
    onTampering: (chain) => noteDoubt(parts, { chain, cause: 'touched' }, new Date().toISOString()),
    onInserted: (inserted) => checkInserted(parts, inserted, new Date().toISOString()),
    readGivenUp: createStreamRecords({ client: new DynamoDBStreamsClient(sdk) }),
  },
);
