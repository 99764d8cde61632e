/**
 * Tells a sealed referral of another that may be about the same child, and asks those whom it names. Whoever found the two alike gets the
 * ordinary answer.
 */

import { draft } from '../../domain/core/draft.ts';
import { askAboutCandidates } from '../../domain/identity/identity-commands.ts';
import type { Referral } from '../../domain/referral.ts';
import { tellOfMatch } from '../../domain/same-child/matches.ts';
import type { Ledger } from '../../store/ledger.ts';
import type { Candidate } from '../matching/blind-index.ts';

/**
 * `found` is the other referral, `others` are the states of `alike`, in its order. `now` is a UTC instant. By nobody's hand: the chain must
 * not name who came upon it.
 */
export async function tellSealed(
  { ledger, now }: { readonly ledger: Pick<Ledger, 'changeReferral'>; readonly now: string },
  found: Pick<Referral, 'id' | 'candidates' | 'seal'>,
  alike: readonly Candidate[],
  others: readonly (Referral | undefined)[],
): Promise<void> {
  const sealed = alike.filter((_, index) => others[index]?.seal !== undefined);
  for (const { id, score } of sealed) {
    // Where both are sealed, who is named here may not see that one; and what was asked there is not asked here as well.
    const asks = found.seal === undefined && !found.candidates.includes(id);
    await ledger.changeReferral(
      id,
      {
        now,
        actor: { kind: 'function', id: 'compare' },
        cause: { kind: 'command', name: 'tell-of-match', id: `${asks ? 'ASK' : 'MATCH'}-${found.id}` },
      },
      (state, context) => {
        if (!state) return [];
        const drafted = draft(state, context);
        tellOfMatch(drafted, found.id, score);
        if (asks) askAboutCandidates(drafted, [{ id: found.id, score }]);
        return drafted.events();
      },
      'as-read',
    );
  }
}
