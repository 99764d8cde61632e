/** What one confirmed referral costs, and what its deadlines do, in an embedded cloud in memory. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { paginateGetExecutionHistory, type SFNClient } from '@aws-sdk/client-sfn';
import { startCloud } from '../../infra/local/cloud.ts';
import { createApiClient } from '../../infra/local/demo/api-client.ts';
import { play } from '../../infra/local/demo/play.ts';
import { tuesday } from '../support/stage.ts';
import { executionsOf, operatorOf } from '../support/stage-cloud.ts';
import { watchdogs } from './watchdogs.ts';

export const report: unknown = JSON.parse(
  readFileSync(fileURLToPath(new URL('../../docs/examples/confirmed-living-at-home.json', import.meta.url)), 'utf8'),
);
export const reporter = 'careline.worker@dcf.example';

/** A deadline's run: the states that it entered, in order, and whether it has ended well. */
interface DeadlineRun {
  readonly entered: readonly string[];
  readonly hasEnded: boolean;
}

/** The runs of deadlines. A deadline's id has a dot, a referral's has none. */
async function runsOfDeadlines(sfn: SFNClient): Promise<readonly DeadlineRun[]> {
  const runs = (await executionsOf(sfn)).filter(({ name }) => name.includes('.'));
  return Promise.all(
    runs.map(async ({ arn, status }) => {
      const entered: string[] = [];
      for await (const { events = [] } of paginateGetExecutionHistory({ client: sfn }, { executionArn: arn })) {
        for (const { stateEnteredEventDetails: details } of events) if (details?.name) entered.push(details.name);
      }
      return { entered, hasEnded: status === 'SUCCEEDED' };
    }),
  );
}

const raisedIn = ({ entered }: DeadlineRun) => entered.filter((state) => state === 'RaiseCheckpoint').length;

/**
 * One report, taken at a standing clock. `then` goes on from there. The runs of all deadlines are read at the end.
 */
async function withReferral<Result>(
  assembly: string,
  then: (parts: {
    readonly cloud: Awaited<ReturnType<typeof startCloud>>;
    readonly api: ReturnType<typeof createApiClient>;
    readonly referralId: string;
    /** Requests to KMS so far, by function. */
    readonly keyRequests: ReadonlyMap<string, number>;
  }) => Promise<Result>,
) {
  const keyRequests = new Map<string, number>();
  const cloud = await startCloud({
    assembly,
    frozenAt: Date.parse(tuesday),
    onAllowed({ owner, action, context }) {
      // DynamoDB's own questions to the keys of tables are left out. It keeps answers for five minutes, unlike this cloud.
      if (action.startsWith('kms:') && context['kms:ViaService'] === undefined)
        keyRequests.set(owner, (keyRequests.get(owner) ?? 0) + 1);
    },
  });
  const { sfn, dynamodb } = operatorOf(cloud);
  try {
    // Filling the directory with sample people is no part of a referral.
    const before = cloud.unitsByFunction();
    keyRequests.clear();
    const api = createApiClient(cloud);
    const { referralIds } = await api.report(reporter, report);
    await cloud.clock.advance(0);
    const result = await then({ cloud, api, referralId: referralIds[0] ?? '', keyRequests });
    const units = [...cloud.unitsByFunction()]
      .map(([name, { read, write }]) => ({
        name,
        read: read - (before.get(name)?.read ?? 0),
        write: write - (before.get(name)?.write ?? 0),
      }))
      .toSorted((one, other) => other.read - one.read);
    const invocations = { ...cloud.invocations() };
    return { result, units, invocations, runs: await runsOfDeadlines(sfn) };
  } finally {
    sfn.destroy();
    dynamodb.destroy();
    await cloud.stop();
  }
}

/** Everyone acts on time, as in `npm run demo`. */
export async function measureReferral(assembly: string) {
  const { result, units, invocations, runs } = await withReferral(
    assembly,
    async ({ cloud, api, referralId, keyRequests: soFar }) => {
      const began = performance.now();
      await play({ api, clock: cloud.clock, act: 'on-time', onProgress: () => undefined }, [referralId]);
      const seconds = (performance.now() - began) / 1000;
      // The audit asks about every code again, and is no part of the work.
      const keyRequests = new Map(soFar);
      const { chain, stage, deadlines } = await api.audit('administrator@dcf.example', referralId);
      return {
        seconds,
        /** Requests to KMS by each function, for codes and for the vault. */
        keyRequests,
        stage,
        commits: chain.length,
        deadlines: deadlines.length,
        transitions: cloud.transitions(),
        mails: cloud.sent().length,
      };
    },
  );
  const acts = units.filter(({ name }) => !watchdogs.includes(name));
  const keptAtOnce = runs.filter((run) => run.hasEnded && raisedIn(run) === 0);
  return {
    ...result,
    units,
    /** Without those of the watchdogs. */
    readUnits: acts.reduce((sum, { read }) => sum + read, 0),
    writeUnits: acts.reduce((sum, { write }) => sum + write, 0),
    invocations,
    /** The most transitions of a deadline that was kept before its first checkpoint. */
    keptTransitions: Math.max(...keptAtOnce.map(({ entered }) => entered.length)),
  };
}

/**
 * No one acts for a day. Gives the most transitions that one more checkpoint cost any deadline, and how many were
 * raised.
 */
export async function measureCheckpoints(assembly: string) {
  const { runs } = await withReferral(assembly, ({ cloud }) => cloud.clock.advance(24 * 3_600_000));
  const raised = runs.map(raisedIn).filter((count) => count > 0);
  const each = runs.filter((run) => raisedIn(run) > 0).map((run) => (run.entered.length - 1) / raisedIn(run));
  return { checkpoints: raised.reduce((sum, count) => sum + count, 0), transitions: Math.max(...each) };
}
