/** The clocks of a report that was stored a moment ago, before the run has opened them. */
import { beginDecision } from '../core/decision.ts';
import { openIntakeIfNone } from '../pathway/steps.ts';
import type { Policy } from '../policy/policy.ts';
import type { Referral } from '../referral.ts';

/**
 * The referral with the clocks that its run opens next, under their later ids. The same referral where they are open.
 * Every command opens these clocks first, so a form may name them.
 */
export function withFirstClocks(state: Referral, policy: Policy): Referral {
  const actor = { kind: 'function', id: 'open-intake-deadlines' } as const;
  const decision = beginDecision(state, { now: state.report.recordedAt, policy, actor });
  openIntakeIfNone(decision);
  return decision.state();
}
