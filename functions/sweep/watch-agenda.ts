import { beginDecision } from '../../shared/domain/core/decision.ts';
import type { Referral } from '../../shared/domain/referral.ts';
import { freezeAgenda, isFreezeDue } from '../../shared/domain/review/agenda.ts';
import type { CommitContext, Ledger } from '../../shared/store/ledger.ts';

/** Freezes the agenda of the meeting ahead, once its day has come. */
export async function watchAgenda(
  ledger: Pick<Ledger, 'changeReferral'>,
  state: Referral,
  frame: CommitContext,
): Promise<void> {
  if (!isFreezeDue(state, frame.now)) return;
  await ledger.changeReferral(state.id, frame, (current, context) => {
    if (!current) return [];
    const decision = beginDecision(current, context);
    freezeAgenda(decision);
    return decision.events();
  });
}
