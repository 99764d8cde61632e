/** The commands that do nothing but record an act which keeps a duty. */
import { actAt } from '../core/command.ts';
import type { Decision } from '../core/decision.ts';
import { isRefusal, type Refusal } from '../core/refusal.ts';
import type { Milestone } from '../policy/policy.ts';
import { markKept } from './deadlines.ts';

/**
 * Records an act at the instant that the person gave, or at the decision's, and keeps the duty by `milestone`. `add` adds
 * its event. Refuses a time that `actAt` refuses.
 */
export function recordKept(
  decision: Decision,
  given: string | undefined,
  milestone: Milestone,
  add: (at: string) => void,
): Refusal | undefined {
  const at = actAt(decision, given);
  if (isRefusal(at)) return at;
  add(at);
  markKept(decision, milestone, at);
  return undefined;
}
