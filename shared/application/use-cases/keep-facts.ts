/**
 * Keeps the row of facts of each referral. `react` writes it at most hourly and when the referral ends, and the watchdog writes
 * what was left stale. A new layout of the rows writes each anew, beside these two, and goes on where it stopped.
 */
import { borneOut } from '../../domain/core/progress.ts';
import type { Event, EventType } from '../../domain/events.ts';
import { factRow } from '../../domain/facts/fact-row.ts';
import { factLayout } from '../../domain/facts/fact-row-shape.ts';
import type { Policy } from '../../domain/policy/policy.ts';
import type { Commit } from '../../store/commit.ts';
import type { Cursors, FactProgress } from '../../store/cursors.ts';
import type { Facts } from '../../store/facts.ts';
import type { ReferralRead } from '../../store/ledger.ts';

export interface FactParts {
  readonly facts: Pick<Facts, 'put'>;
  readonly cursors: Pick<Cursors, 'putFacts'>;
  readonly policyOf: (version: string) => Policy;
}

/** A row is written no more often than this, in milliseconds. */
const leastTime = 3_600_000;

/** Events after which the row is written at once: a report on a period counts what has ended in it. */
const ending: ReadonlySet<EventType> = new Set(['referral-opened', 'closed', 'withdrawn', 'merged', 'merge-undone']);

/**
 * From when a row that is behind the chain, or has another layout, may be written, in epoch milliseconds. It is an hour after the
 * last writing, or at once. Undefined for any other row. `progress` was read before the commits.
 */
export function dueToWrite(progress: FactProgress, commits: readonly Commit<Event>[]): number | undefined {
  const { seq, layout, replaces } = borneOut(progress, commits);
  if (replaces || layout !== factLayout) return 0;
  if (seq >= (commits.at(-1)?.seq ?? 0)) return undefined;
  if (progress.at === undefined) return 0;
  const hasEnded = commits.some((commit) => commit.seq > seq && commit.events.some(({ type }) => ending.has(type)));
  return hasEnded ? 0 : Date.parse(progress.at) + leastTime;
}

/**
 * Writes the row of a referral where it is stale and due. `progress`: how far it had come, read before the referral. `now`: a UTC
 * instant. A repeat, or two at once, leave the row of the highest commit. True where it wrote.
 */
export async function keepFacts(
  { facts, cursors, policyOf }: FactParts,
  { state, commits, policy }: ReferralRead,
  progress: FactProgress,
  now: string,
): Promise<boolean> {
  const last = commits.at(-1);
  const due = dueToWrite(progress, commits);
  if (!last || due === undefined || Date.parse(now) < due) return false;
  const from = borneOut(progress, commits);
  // The row first: the cursor never says more than the row has.
  await facts.put(factRow({ state, commits }, policyOf(policy)), from.cut);
  await cursors.putFacts(state.id, { seq: last.seq, head: last.stored.hash, layout: factLayout, at: now }, from);
  return true;
}
