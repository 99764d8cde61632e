import { SFNClient } from '@aws-sdk/client-sfn';
import * as z from 'zod';
import { type Role, roles } from '../../shared/domain/core/vocabulary.ts';
import { env } from '../../shared/lambda/env.ts';
import { faultOf, logger } from '../../shared/lambda/logger.ts';
import { openMetrics } from '../../shared/lambda/metrics.ts';
import { openDirectory } from '../../shared/lambda/open-directory.ts';
import { openCodes, openLedger } from '../../shared/lambda/open-ledger.ts';
import { openBoard, openCursors, openFacts, openWaits } from '../../shared/lambda/open-rows.ts';
import { openTables } from '../../shared/lambda/open-tables.ts';
import { openVault } from '../../shared/lambda/open-vault.ts';
import { task } from '../../shared/lambda/workflow-task.ts';
import { policyOf, released } from '../../shared/policy/policies.ts';
import { createDirectoryWrites } from '../../shared/store/directory-writes.ts';
import { createRuns } from '../../shared/store/executions.ts';
import { sdk } from '../../shared/store/sdk.ts';
import type { Quiet } from './look-at-referral.ts';
import { type Backlog, sweep } from './sweep.ts';
import { nothingSeen } from './watch-entries.ts';
import type { RunToAskFor } from './watch-runs.ts';

const { count } = openMetrics(Date.now);
const client = openTables(Date.now);
const codes = openCodes(Date.now);
const parts = {
  ledger: openLedger(client, env('LEDGER_TABLE'), Math.random, codes),
  cursors: openCursors(client, codes),
  waits: openWaits(client),
  identities: openVault(client, Date.now),
  directory: {
    ...openDirectory(client),
    ...createDirectoryWrites({ client, table: env('DIRECTORY_TABLE') }),
  },
  board: openBoard(client),
  facts: openFacts(client),
  runs: createRuns({ client: new SFNClient(sdk) }),
  machines: { referral: env('REFERRAL_MACHINE_ARN'), deadline: env('DEADLINE_MACHINE_ARN') },
  policyOf,
  countSeatsNotReached: (seats: number) => count('SeatNotReached', seats),
  released,
  settled: new Map<string, number>(),
  held: new Map<Role, string>(),
  entries: nothingSeen(),
  quiet: new Map<string, Quiet>(),
  unasked: new Map<string, RunToAskFor>(),
  backlog: { looks: new Map(), round: undefined, wholeIn: new Map() } satisfies Backlog as Backlog,
  pause: (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds)),
};

const swept = z.object({
  looked: z.number(),
  repaired: z.record(z.string(), z.number()),
  vacantRoles: z.array(z.enum(roles)).readonly(),
  refusals: z.number(),
  unasked: z.number(),
});

export const handler = task(z.unknown(), swept, async () => {
  const began = performance.now();
  const elapsed = () => performance.now() - began;
  const { faults, ...found } = await sweep({ ...parts, elapsed, now: new Date().toISOString() });
  const repairs = Object.values(found.repaired).reduce((sum, times) => sum + times, 0);
  if (repairs > 0) count('SweepRepaired', repairs);
  if (found.vacantRoles.length > 0)
    logger.error('The policy names roles that no one holds.', { roles: found.vacantRoles });
  for (const fault of faults) logger.error('A part of the sweep failed.', faultOf(fault));
  // Thrown last. The failure raises an alarm, and repairs and findings are logged all the same.
  if (faults.length > 0) throw faults[0];
  return found;
});
