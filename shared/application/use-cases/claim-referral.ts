/** The other side of an attaching: a commit in the chain of the referral that another is attached to (`domain/attachments.ts`). */

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
  /** Of the command that attaches or detaches. */
  readonly commandId: string;
}
interface Pair {
  /** The one that is attached, as it was read. */
  readonly from: Referral;
  readonly to: string;
}

/** Whether it is claimed shows in the state, so the commit needs no answer to repeat: a claim after a release is another one. */
const frameOf = ({ now, personId, commandId }: Chains, name: string) => ({
  now,
  actor: { kind: 'person', id: personId } as const,
  cause: { kind: 'command', name, id: `${commandId}.${Date.parse(now)}` } as const,
});

const gone = refuse(
  'other-gone-meanwhile',
  'The other referral has moved: it is open no more, or a claim on it was given back. Look at it and answer again.',
);

/** Claims `to`, or refuses where it is open no more, or has come to know less than `from` does. */
export async function claim(chains: Chains, { from, to }: Pair): Promise<Refusal | undefined> {
  const changed = await chains.ledger.changeReferral(to, frameOf(chains, 'claim-referral'), (state, context) => {
    if (state?.stage !== 'open') return gone;
    const lost = knownOnlyHere(from, { other: state }, chains.now);
    if (lost) return lost;
    const known = state.attachments.find((each) => each.from === from.id);
    // An older claim is made anew, so that it lasts until the attaching that follows.
    if (known && Date.parse(chains.now) - Date.parse(known.at) < 60_000) return [];
    const drafted = draft(state, context);
    takeIn(drafted, from);
    return drafted.events();
  });
  if (!changed) return gone;
  if (isRefusal(changed)) return changed;
  return changed.state.attachments.some((each) => each.from === from.id) ? undefined : gone;
}

export async function release(chains: Chains, { from, to }: Pair): Promise<void> {
  await chains.ledger.changeReferral(to, frameOf(chains, 'release-referral'), (state, context) => {
    if (!state?.attachments.some((each) => each.from === from.id)) return [];
    const drafted = draft(state, context);
    giveBack(drafted, from);
    return drafted.events();
  });
}
