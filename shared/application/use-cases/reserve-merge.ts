/**
 * The other side of a merge: a commit in the chain of the referral that another is merged into
 * (`domain/same-child/merges.ts`).
 */

import { beginDecision } from '../../domain/core/decision.ts';
import { isRefusal, type Refusal } from '../../domain/core/refusal.ts';
import type { Referral } from '../../domain/referral.ts';
import { refuse } from '../../domain/refusals.ts';
import { adoptClocks, returnClocks } from '../../domain/same-child/adopted-clocks.ts';
import { mergeBlockers } from '../../domain/same-child/merge-blockers.ts';
import type { Ledger } from '../../store/ledger.ts';

interface Chains {
  readonly ledger: Pick<Ledger, 'changeReferral' | 'referral' | 'refuseInDoubt'>;
  /** UTC instant. */
  readonly now: string;
  readonly personId: string;
  /** The id of the command that merges, or undoes a merge. */
  readonly commandId: string;
}
interface Pair {
  /** The referral to be merged, as it was read. */
  readonly from: Referral;
  readonly to: string;
  /** The referral to be merged is the same report, entered twice. */
  readonly isSameReport?: boolean;
}

/**
 * The state shows whether there is a claim. So a repeated commit needs no stored answer, and a claim after a release is a new
 * one.
 */
const frameOf = ({ now, personId, commandId }: Chains, name: string) => ({
  now,
  actor: { kind: 'person', id: personId } as const,
  cause: { kind: 'command', name, id: `${commandId}.${Date.parse(now)}` } as const,
});

const gone = refuse('other-gone-meanwhile');

/**
 * Claims `to` for a merge. Refuses where `to` is in doubt, is not open any more, or lacks facts that only `from` has.
 */
export async function claim(chains: Chains, { from, to, isSameReport = false }: Pair): Promise<Refusal | undefined> {
  await chains.ledger.referral(to);
  const inDoubt = await chains.ledger.refuseInDoubt(to, chains.now);
  if (inDoubt) return inDoubt;
  const changed = await chains.ledger.changeReferral(to, frameOf(chains, 'reserve-merge'), (state, context) => {
    if (state?.stage !== 'open') return gone;
    const lost = mergeBlockers(from, { other: state }, chains.now);
    if (lost) return lost;
    const known = state.sameChild.merges.find((each) => each.from === from.id);
    // An older claim is renewed, so that it lasts until the merge that follows.
    if (known && Date.parse(chains.now) - Date.parse(known.at) < 60_000) return [];
    const decision = beginDecision(state, context);
    adoptClocks(decision, from, isSameReport);
    return decision.events();
  });
  if (!changed) return gone;
  if (isRefusal(changed)) return changed;
  return changed.state.sameChild.merges.some((each) => each.from === from.id) ? undefined : gone;
}

export async function release(chains: Chains, { from, to }: Pair): Promise<void> {
  await chains.ledger.changeReferral(to, frameOf(chains, 'end-merge-reservation'), (state, context) => {
    if (!state?.sameChild.merges.some((each) => each.from === from.id)) return [];
    const decision = beginDecision(state, context);
    returnClocks(decision, from);
    return decision.events();
  });
}
