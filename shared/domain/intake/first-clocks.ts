/** The clocks of a report that was stored a moment ago, before the run has opened them. */
import { draft } from '../core/draft.ts';
import { openIntakeIfNone } from '../pathway/steps.ts';
import type { Policy } from '../policy/policy.ts';
import type { Referral } from '../referral.ts';

/**
 * The referral with the clocks that its run opens next, under the ids that they will have; the referral itself where they are open.
 * Every command opens the same ones first, so a form may name them.
 */
export function withFirstClocks(state: Referral, policy: Policy): Referral {
  const actor = { kind: 'function', id: 'open-intake-deadlines' } as const;
  const drafted = draft(state, { now: state.report.recordedAt, policy, actor });
  openIntakeIfNone(drafted);
  return drafted.state();
}
