/** One deadline changed within a referral. */
import type { Deadline, Referral } from '../referral.ts';

/** The referral with this deadline changed. Throws where it has none of this id, which only a damaged ledger can bring about. */
export function changeDeadline(
  state: Referral,
  id: string,
  change: (deadline: Deadline) => Partial<Deadline>,
): Referral {
  const deadline = state.deadlines[id];
  if (!deadline) throw new Error(`The event names the deadline ${id}, which was never opened.`);
  return { ...state, deadlines: { ...state.deadlines, [id]: { ...deadline, ...change(deadline) } } };
}
