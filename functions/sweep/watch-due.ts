/**
 * The daily look at the chains of the program, which belong to no referral and have no run. Each commit says for which day its
 * chain waits next (`foundBy` in shared/store/chains.ts). So a look reads an index, and then only the chains that are due.
 */

import { remindersDue } from '../../shared/domain/agreements/agreement-states.ts';
import { allAgreements } from '../../shared/domain/agreements/agreements.ts';
import { turnsOfDay } from '../../shared/domain/board/watchdog-turns.ts';
import { agreementRule } from '../../shared/policy/agreement-rules.ts';
import type { CommitContext, Ledger } from '../../shared/store/ledger.ts';

export interface DueWatchParts {
  readonly ledger: Pick<Ledger, 'dueIn' | 'agreements' | 'changeAgreements'>;
}

/** What is due of each kind of chain. A commit follows, or nothing. A look that comes again adds nothing. */
const looks: Readonly<Record<string, (parts: DueWatchParts, context: CommitContext) => Promise<unknown>>> = {
  async agreement({ ledger }, context) {
    if (remindersDue(await ledger.agreements(), agreementRule, context.now).length === 0) return;
    await ledger.changeAgreements(allAgreements, context, (agreements) =>
      remindersDue(agreements, agreementRule, context.now),
    );
  },
};

/** The round of the day at which the look is made: 11:00 UTC, the morning of New York. */
const roundOfDay = 132;
/** After an outage, a day is found so many days later. */
const daysBack = 14;
const day = 86_400_000;

/** Whether one of these rounds has the daily look. */
export const looksToday = (rounds: readonly number[]): boolean =>
  rounds.some((round) => round % turnsOfDay === roundOfDay);

/**
 * Looks at each chain that waited for a day up to `context.now`, a UTC instant. One that fails does not delay the others.
 */
export async function watchDue(
  parts: DueWatchParts,
  context: CommitContext,
  onFault: (fault: unknown) => void,
): Promise<void> {
  const now = Date.parse(context.now);
  const span = { from: new Date(now - daysBack * day).toISOString(), before: new Date(now + 1).toISOString() };
  const chains = await parts.ledger.dueIn(span);
  for (const kind of new Set(chains.map((chain) => chain.split('#')[0] ?? ''))) {
    await looks[kind]?.(parts, context).catch(onFault);
  }
}
