/** What a referral was at each moment of its case. The checks ask for it many times, and it is folded once. */
import { evolve } from '../../shared/domain/fold.ts';
import type { Referral } from '../../shared/domain/referral.ts';
import type { ReferralRead } from '../../shared/store/ledger.ts';

/** A state, and the instant from which it held. Epoch milliseconds. */
interface Moment {
  readonly at: number;
  readonly state: Referral;
}

const folded = new WeakMap<ReferralRead['commits'], readonly Moment[]>();

/** The states of a referral, one after each commit. Their instants never go back. */
export function statesOf({ state: { id }, commits }: ReferralRead): readonly Moment[] {
  const known = folded.get(commits);
  if (known) return known;
  const found: Moment[] = [];
  let state: Referral | undefined;
  // Who was slow says when the act was, and stands in the chain behind what was appended first.
  let at = 0;
  for (const commit of commits) {
    for (const each of commit.events) state = evolve(state, each, commit, id);
    at = Math.max(at, Date.parse(commit.at));
    if (state) found.push({ at, state });
  }
  folded.set(commits, found);
  return found;
}

/** The referral as it was at an instant (epoch milliseconds): after the last commit that was there by then. */
export const stateAt = (referral: ReferralRead, instant: number): Referral | undefined =>
  statesOf(referral).findLast(({ at }) => at <= instant)?.state;
