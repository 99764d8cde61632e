/**
 * Keeps the row of facts of each referral. `react` looks at it at most hourly and when the referral ends, and the watchdog at
 * what was left stale. A row that would say the same is not written again. A new layout writes each anew, and goes on where it stopped.
 */
import { hash } from 'node:crypto';
import { borneOut } from '../../domain/core/progress.ts';
import type { Event, EventType } from '../../domain/events.ts';
import { type FactCommit, factRow } from '../../domain/facts/fact-row.ts';
import { type FactRow, factLayout, type KeptRow } from '../../domain/facts/fact-row-shape.ts';
import { type FoldedCommit, fold } from '../../domain/fold.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import { isUpTo } from '../../reports/utc-instants.ts';
import { endOfYear } from '../../reports/year-end.ts';
import type { Commit } from '../../store/commit.ts';
import type { Cursors, FactProgress } from '../../store/cursors.ts';
import type { Facts } from '../../store/facts.ts';
import type { ReferralRead } from '../../store/ledger.ts';

export interface FactParts {
  readonly facts: Pick<Facts, 'put'>;
  readonly cursors: Pick<Cursors, 'putFacts'>;
  readonly policyOf: (version: string) => Policy;
}

/** A row is looked at no more often than this, in milliseconds. */
const leastTime = 3_600_000;

/**
 * Events after which the row is written at once, also where it says the same. A report on a period counts what has ended in it, and a
 * sealed referral must leave its parts.
 */
const atOnce: ReadonlySet<EventType> = new Set([
  ...(['referral-opened', 'closed', 'withdrawn', 'merged', 'merge-undone'] as const),
  ...(['referral-sealed', 'seal-lifted'] as const),
]);

const isAtOnce = (commits: readonly Commit<Event>[], after: number): boolean =>
  commits.some(({ seq, events }) => seq > after && events.some(({ type }) => atOnce.has(type)));

/** The row of all these commits, with what it said when the year of its receipt ended. That is made of the commits up to then alone. */
export function keptRow(
  row: FactRow,
  all: readonly (FoldedCommit & FactCommit & { readonly policy: string })[],
  policyOf: FactParts['policyOf'],
): KeptRow {
  const end = endOfYear(row.receivedAt);
  if (isUpTo(row.asOf, end)) return row;
  const commits = all.filter(({ at }) => isUpTo(at, end));
  const state = fold(row.id, commits);
  if (!state) return row;
  return { ...row, atYearEnd: factRow({ state, commits }, policyOf(state.policy ?? commits[0]?.policy ?? '')) };
}

/** What a row says, whatever commit it follows from. */
const digestOf = ({ seq: _, asOf: __, ...said }: KeptRow): string => hash('sha256', JSON.stringify(said), 'hex');

/**
 * From when a row that is behind the chain, or has another layout, may be written, in epoch milliseconds. It is an hour after the
 * last look, or at once. Undefined for any other row. `progress` was read before the commits.
 */
export function dueToWrite(progress: FactProgress, commits: readonly Commit<Event>[]): number | undefined {
  const { seq, layout, replaces } = borneOut(progress, commits);
  if (replaces || layout !== factLayout) return 0;
  if (seq >= (commits.at(-1)?.seq ?? 0)) return undefined;
  if (progress.at === undefined) return 0;
  return isAtOnce(commits, seq) ? 0 : Date.parse(progress.at) + leastTime;
}

/**
 * Writes the row of a referral where it is stale and due. `progress`: how far it had come, read before the referral. `now`: a UTC
 * instant. A repeat, or two at once, leave the row of the highest commit. Says whether the row was written, or said the same already.
 * Undefined where it was not due.
 */
export async function keepFacts(
  { facts, cursors, policyOf }: FactParts,
  { state, commits, policy }: ReferralRead,
  progress: FactProgress,
  now: string,
): Promise<'written' | 'same' | undefined> {
  const last = commits.at(-1);
  const due = dueToWrite(progress, commits);
  if (!last || due === undefined || Date.parse(now) < due) return undefined;
  const from = borneOut(progress, commits);
  const row = keptRow(factRow({ state, commits }, policyOf(policy)), commits, policyOf);
  const digest = digestOf(row);
  const isSame = from === progress && digest === progress.digest && !isAtOnce(commits, progress.seq);
  // The row first: the cursor never says more than the row has.
  if (!isSame) await facts.put(row, from.cut);
  await cursors.putFacts(
    state.id,
    { seq: last.seq, head: last.stored.hash, layout: factLayout, at: now, digest },
    from,
  );
  return isSame ? 'same' : 'written';
}
