/** `npm run bench -- --facts`: what rows of facts and reports cost. A played history of invented referrals, in memory. */
import { keepFacts } from '../../shared/application/use-cases/keep-facts.ts';
import type { Event } from '../../shared/domain/events.ts';
import type { FactRow } from '../../shared/domain/facts/fact-row-shape.ts';
import { fold } from '../../shared/domain/fold.ts';
import { policyOf } from '../../shared/policy/policies.ts';
import { periodOf } from '../../shared/reports/calendars.ts';
import { equityTable } from '../../shared/reports/equity.ts';
import { needsTable } from '../../shared/reports/needs.ts';
import { playHistory } from '../../shared/reports/played/play-referrals.ts';
import { riskTable } from '../../shared/reports/risk.ts';
import { type Recorded, reportOn, rowsAt } from '../../shared/reports/whole-report.ts';
import type { Commit } from '../../shared/store/commit.ts';
import { inventedReference } from '../support/invented-rows.ts';
import { connecticutPolicy } from '../support/released-policy.ts';
import { type DynamoTables, startDynamoTables } from '../support/tables.ts';
import { measureList, measureReportPages } from './report-pages.ts';

const played = 200;
const kept = 40;
/** So many rows are written anew. */
export const rebuilt = 10_000;
/** Of so many referrals the pages are made. */
export const shown = 5000;
const until = '2026-11-28T00:00:00.000Z';
const hour = 3_600_000;
const year = periodOf('state-fiscal', 2026);

type Timed = readonly [seconds: number, megabytes: number];

/** Seconds of the work, and by how much it left the heap larger. */
function timed(work: () => unknown): Timed {
  const before = process.memoryUsage().heapUsed;
  const began = performance.now();
  work();
  return [(performance.now() - began) / 1000, (process.memoryUsage().heapUsed - before) / 1e6];
}

/** The commits of a played referral as the store gives them. */
const stored = ({ id, commits }: Recorded): readonly Commit<Event>[] =>
  commits.map((commit) => ({
    ...commit,
    cause: { kind: 'delivery' },
    stored: { text: '', prev: '', hash: `${id}-${commit.seq}` },
  })) as unknown as readonly Commit<Event>[];

/**
 * Lives through the commits of a referral as `react` does, and ends with the sweep of the next hour. Gives how often its row was
 * written, and how often it was looked at.
 */
async function keepWhole({ facts, cursors }: DynamoTables, recorded: Recorded) {
  const commits = stored(recorded);
  const times = { written: 0, looks: 0 };
  const keepAt = async (count: number, now: string): Promise<void> => {
    const some = commits.slice(0, count);
    const state = fold(recorded.id, some);
    if (!state) throw new Error('A played referral folds to nothing.');
    const read = { state, commits: some, policy: connecticutPolicy.version } as Parameters<typeof keepFacts>[1];
    const kept = await keepFacts({ facts, cursors, policyOf }, read, await cursors.facts(recorded.id), now);
    if (kept !== undefined) times.looks += 1;
    if (kept === 'written') times.written += 1;
  };
  for (const [index, { at }] of commits.entries()) await keepAt(index + 1, at);
  const last = Date.parse(commits.at(-1)?.at ?? until);
  await keepAt(commits.length, new Date(last + hour).toISOString());
  return times;
}

/** `assembly`: the folder of the synthesized stack, whose pages are asked for. */
export async function measureFacts(assembly: string) {
  const asked = { seed: 'bench', referrals: played, from: '2024-11-28T00:00:00.000Z', until };
  const history = playHistory(asked, connecticutPolicy);
  let rows: readonly FactRow[] = [];
  const [rowSeconds] = timed(() => {
    rows = rowsAt(history, until, policyOf);
  });
  const many = Array.from({ length: rebuilt }, (_, number) => {
    const row = rows[number % rows.length];
    if (!row) throw new Error('The history has no row.');
    return { ...row, id: inventedReference(number), links: { earlier: [] } };
  });
  const tables = await startDynamoTables();
  try {
    const before = tables.units().write;
    let [writes, looks] = [0, 0];
    for (const recorded of history.slice(0, kept)) {
      const times = await keepWhole(tables, recorded);
      writes += times.written;
      looks += times.looks;
    }
    const keptUnits = tables.units().write - before;
    const began = performance.now();
    const unitsBefore = tables.units().write;
    for (const row of many) await tables.facts.put(row);
    const rebuild = {
      seconds: (performance.now() - began) / 1000,
      units: tables.units().write - unitsBefore,
    };
    const bytes = many.reduce((sum, row) => sum + JSON.stringify(row).length, 0) / many.length;
    const [, rowMegabytes] = timed(() => structuredClone(many));
    const [all, allMegabytes] = timed(() => reportOn(many, { period: year, asOf: until }));
    return {
      rowsPerSecond: history.length / rowSeconds,
      writesOfReferral: writes / kept,
      looksOfReferral: looks / kept,
      unitsOfReferral: keptUnits / kept,
      rebuild,
      /** Of one row as JSON, on average. */
      bytes,
      rowMegabytes,
      report: { seconds: all, megabytes: Math.max(0, allMegabytes) },
      needs: timed(() => needsTable(many, { period: year, asOf: until }, []))[0],
      risk: timed(() => riskTable(many, year, until))[0],
      equity: timed(() => equityTable(many, year, until))[0],
      pages: await measureReportPages(assembly, many.slice(0, shown), until),
      list: await measureList(assembly, until),
    };
  } finally {
    await tables.stop();
  }
}
export type MeasuredFacts = Awaited<ReturnType<typeof measureFacts>>;
