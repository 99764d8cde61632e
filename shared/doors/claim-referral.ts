/** The other side of an attaching: a commit in the chain of the referral that another is attached to (`domain/attachments.ts`). */
import { event } from '../domain/events.ts';
import { isRefusal, type Refusal, refuse } from '../domain/refusal.ts';
import type { Ledger } from '../store/ledger.ts';

interface Chains {
  readonly ledger: Pick<Ledger, 'changeReferral'>;
  /** UTC instant. */
  readonly now: string;
  readonly personId: string;
  /** Of the command that attaches or detaches. */
  readonly commandId: string;
}
interface Pair {
  readonly from: string;
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

/** Claims `to`, or refuses where it is open no more. */
export async function claim(chains: Chains, { from, to }: Pair): Promise<Refusal | undefined> {
  const changed = await chains.ledger.changeReferral(to, frameOf(chains, 'claim-referral'), (state) => {
    if (state?.stage !== 'open') {
      return gone;
    }
    const known = state.attachments.find((each) => each.from === from);
    // An older claim is made anew, so that it lasts until the attaching that follows.
    const isNew = known && Date.parse(chains.now) - Date.parse(known.at) < 60_000;
    return isNew ? [] : [event('attachment-claimed', { from })];
  });
  if (!changed) return gone;
  if (isRefusal(changed)) return changed;
  return changed.state.attachments.some((each) => each.from === from) ? undefined : gone;
}

export async function release(chains: Chains, { from, to }: Pair): Promise<void> {
  await chains.ledger.changeReferral(to, frameOf(chains, 'release-referral'), (state) =>
    state?.attachments.some((each) => each.from === from) ? [event('attachment-released', { from })] : [],
  );
}
