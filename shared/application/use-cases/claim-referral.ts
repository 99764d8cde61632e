/**
 * The other side of a merge: a commit in the chain of the referral that another is merged into
 * (`domain/same-child/attachments.ts`).
 */

import { draft } from '../../domain/core/draft.ts';
import { isRefusal, type Refusal, refuse } from '../../domain/core/refusal.ts';
import type { Referral } from '../../domain/referral.ts';
import { giveBack, takeIn } from '../../domain/same-child/attached-duties.ts';
import { knownOnlyHere } from '../../domain/same-child/known-only-here.ts';
import type { Ledger } from '../../store/ledger.ts';

interface Chains {
  readonly ledger: Pick<Ledger, 'changeReferral'>;
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

const gone = refuse(
  'other-gone-meanwhile',
  'The other referral has moved: it is open no more, or a claim on it was given back. Look at it and answer again.',
);

/** Claims `to` for a merge. Refuses where `to` is not open any more, or lacks facts that only `from` has. */
export async function claim(chains: Chains, { from, to }: Pair): Promise<Refusal | undefined> {
  const changed = await chains.ledger.changeReferral(to, frameOf(chains, 'claim-referral'), (state, context) => {
    if (state?.stage !== 'open') return gone;
    const lost = knownOnlyHere(from, { other: state }, chains.now);
    if (lost) return lost;
    const known = state.sameChild.attachments.find((each) => each.from === from.id);
    // An older claim is renewed, so that it lasts until the merge that follows.
    if (known && Date.parse(chains.now) - Date.parse(known.at) < 60_000) return [];
    const drafted = draft(state, context);
    takeIn(drafted, from);
    return drafted.events();
  });
  if (!changed) return gone;
  if (isRefusal(changed)) return changed;
  return changed.state.sameChild.attachments.some((each) => each.from === from.id) ? undefined : gone;
}

export async function release(chains: Chains, { from, to }: Pair): Promise<void> {
  await chains.ledger.changeReferral(to, frameOf(chains, 'release-referral'), (state, context) => {
    if (!state?.sameChild.attachments.some((each) => each.from === from.id)) return [];
    const drafted = draft(state, context);
    giveBack(drafted, from);
    return drafted.events();
  });
}
