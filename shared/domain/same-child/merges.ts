/**
 * Referrals that are merged into another one, which must stay open while they owe anything. A merge changes two chains.
 * The other referral is reserved first, in a commit of its own; only then the merged one ends. Two referrals may be
 * merged into each other in the same second. Each then sees the other's reservation, and neither ends.
 */

import type { Lookups } from '../core/command-lookups.ts';
import type { Decision } from '../core/decision.ts';
import type { Refusal } from '../core/refusal.ts';
import { unscreenedReturns } from '../missing/absences.ts';
import type { Referral } from '../referral.ts';
import { refuse } from '../refusals.ts';
import type { Merge } from './same-child-state.ts';

/**
 * A reservation without a merge after this time, in milliseconds, came from a process that stopped. No process runs so
 * long.
 */
const reservationLasts = 3_600_000;

/** True while a merge may still follow the reservation. `now` is a UTC instant. */
const isFresh = ({ at }: Merge, now: string): boolean => Date.parse(now) - Date.parse(at) < reservationLasts;

/**
 * The references of the referrals merged into this one. A reservation whose other side is not known counts as merged.
 */
function referralsMergedInto(
  { sameChild: { merges } }: Referral,
  now: string,
  { merged }: Lookups['merged'],
): readonly string[] {
  return merges
    .filter((each) => isFresh(each, now) || !merged || merged.some(({ id }) => id === each.from))
    .map(({ from }) => from);
}

/**
 * Refuses an act that would end the referral with an unscreened return: no screening can follow the end. A lawyer may
 * find that the screening is not owed.
 */
export function returnsOwed(state: Referral): Refusal | undefined {
  const [unscreened] = unscreenedReturns(state);
  return unscreened ? refuse('return-unscreened', { number: unscreened.number }) : undefined;
}

/**
 * A refusal while other referrals are merged into this one: their children would be left without a worker. The refusals
 * here do not name them, because one may be sealed against the person who asks. People who may see them find them with
 * this one.
 */
export function othersMergedHere(decision: Decision, looked: Lookups['merged']): Refusal | undefined {
  return referralsMergedInto(decision.state(), decision.context.now, looked).length === 0
    ? undefined
    : refuse('others-merged-into-it');
}

/** A refusal while a referral merged into this one has open deadlines of law, which closing this one would hide. */
export function othersOwe(decision: Decision, looked: Lookups['merged']): Refusal | undefined {
  const owing = (looked.merged ?? []).some(({ owes }) => owes.length > 0);
  const leased = referralsMergedInto(decision.state(), decision.context.now, looked).filter((from) =>
    decision.state().sameChild.merges.some((each) => each.from === from && isFresh(each, decision.context.now)),
  );
  const unsettled = leased.some((from) => !looked.merged?.some(({ id }) => id === from));
  return owing || unsettled ? refuse('merged-owes') : undefined;
}
