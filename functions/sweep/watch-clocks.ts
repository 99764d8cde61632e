import { beginDecision } from '../../shared/domain/core/decision.ts';
import { isRefusal } from '../../shared/domain/core/refusal.ts';
import { openMissingClocks } from '../../shared/domain/intake/opening.ts';
import type { CommitContext, Ledger, ReferralRead } from '../../shared/store/ledger.ts';

/** Opens the missing first clocks of a report. `onFault` gets the fault of each that still cannot be computed. */
export async function openClocks(
  ledger: Pick<Ledger, 'changeReferral'>,
  { state: { id, pathway } }: ReferralRead,
  frame: CommitContext,
  onFault: (fault: unknown) => void,
): Promise<'no-clocks' | undefined> {
  if (!pathway.clocksMissing) return undefined;
  let faults: readonly unknown[] = [];
  const changed = await ledger.changeReferral(id, frame, (state, context) => {
    if (!state) return [];
    const decision = beginDecision(state, context);
    const found: unknown[] = [];
    openMissingClocks(decision, (fault) => found.push(fault));
    faults = found;
    return decision.events();
  });
  faults.forEach(onFault);
  return changed && !isRefusal(changed) && changed.events.length > 0 ? 'no-clocks' : undefined;
}
