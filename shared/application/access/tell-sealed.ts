/**
 * Tells the people of a sealed referral about another that may be of the same child, and asks them. The person who found the
 * match gets the ordinary answer.
 */

import { beginDecision } from '../../domain/core/decision.ts';
import type { Referral } from '../../domain/referral.ts';
import { askAboutCandidates } from '../../domain/same-child/ask-about-candidates.ts';
import { tellOfMatch } from '../../domain/same-child/matches.ts';
import type { Ledger } from '../../store/ledger.ts';
import type { Candidate } from '../matching/blind-index.ts';

/**
 * `found` is the other referral. `others` are the states of `alike`, in its order. `now` is a UTC instant. The commit's actor is
 * a function, because the chain must not name the person who found the match.
 */
export async function tellSealed(
  { ledger, now }: { readonly ledger: Pick<Ledger, 'changeReferral'>; readonly now: string },
  found: Pick<Referral, 'id'> & {
    readonly sameChild: Pick<Referral['sameChild'], 'candidates'>;
    readonly access: Pick<Referral['access'], 'seal'>;
  },
  alike: readonly Candidate[],
  others: readonly (Referral | undefined)[],
): Promise<void> {
  const sealed = alike.filter((_, index) => others[index]?.access.seal !== undefined);
  for (const { id, score } of sealed) {
    // Where both are sealed, the people named here may not see the other. A question that is asked there is not asked here too.
    const asks = found.access.seal === undefined && !found.sameChild.candidates.includes(id);
    await ledger.changeReferral(
      id,
      {
        now,
        actor: { kind: 'function', id: 'compare' },
        cause: { kind: 'command', name: 'tell-of-match', id: `${asks ? 'ASK' : 'MATCH'}-${found.id}` },
      },
      (state, context) => {
        if (!state) return [];
        const decision = beginDecision(state, context);
        tellOfMatch(decision, found.id, score);
        if (asks) askAboutCandidates(decision, [{ id: found.id, score }]);
        return decision.events();
      },
      'as-read',
    );
  }
}
