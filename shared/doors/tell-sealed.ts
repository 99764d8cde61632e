/** Tells a sealed referral of another that may be about the same child. Whoever found the two alike gets the ordinary answer. */
import { draft } from '../domain/draft.ts';
import { tellOfMatch } from '../domain/matches.ts';
import type { Referral } from '../domain/referral.ts';
import type { Ledger } from '../store/ledger.ts';
import type { Candidate } from './blind-index.ts';

/** `others` are the states of `alike`, in its order. `now` is a UTC instant. By nobody's hand: the chain must not name who came upon it. */
export async function tellSealed(
  { ledger, now }: { readonly ledger: Pick<Ledger, 'changeReferral'>; readonly now: string },
  referralId: string,
  alike: readonly Candidate[],
  others: readonly (Referral | undefined)[],
): Promise<void> {
  const sealed = alike.filter((_, index) => others[index]?.seal !== undefined);
  for (const { id, score } of sealed) {
    await ledger.changeReferral(
      id,
      {
        now,
        actor: { kind: 'function', id: 'compare' },
        cause: { kind: 'command', name: 'tell-of-match', id: `MATCH-${referralId}` },
      },
      (state, context) => {
        if (!state) return [];
        const drafted = draft(state, context);
        tellOfMatch(drafted, referralId, score);
        return drafted.events();
      },
      'as-read',
    );
  }
}
