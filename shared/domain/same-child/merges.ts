/**
 * Referrals that rest on another: what was attached to it counts there, so it must stay open while anything does. An attaching
 * changes two chains. The other referral is claimed first, in a commit of its own; only then is the attached one ended. So of
 * two that are attached to each other in the same second, each sees the other's claim, and neither is ended.
 */

import type { Decision } from '../core/decision.ts';
import type { Lookups } from '../core/lookups.ts';
import { type Refusal, refuse } from '../core/refusal.ts';
import { unscreenedReturns } from '../missing/absences.ts';
import type { Referral } from '../referral.ts';
import type { Merge } from './same-child-state.ts';

/** A claim that no attaching followed within this time, in milliseconds, came from a door that stopped: none runs so long. */
const reservationLasts = 3_600_000;

/** True while a claim may still be followed by the attaching. `now` is a UTC instant. */
export const isFresh = ({ at }: Merge, now: string): boolean => Date.parse(now) - Date.parse(at) < reservationLasts;

/** The references of what rests on this referral. Without word of a claim's other side it counts as attached. */
function referralsMergedInto(
  { sameChild: { merges } }: Referral,
  now: string,
  { merged }: Lookups['merged'],
): readonly string[] {
  return merges
    .filter((each) => isFresh(each, now) || !merged || merged.some(({ id }) => id === each.from))
    .map(({ from }) => from);
}

/** Refuses what would lose a return that nobody has screened: after the end of this referral nobody could. A lawyer may find that it is not owed. */
export function returnsOwed(state: Referral): Refusal | undefined {
  const [unscreened] = unscreenedReturns(state);
  return unscreened
    ? refuse(
        'return-unscreened',
        `Return ${unscreened.number} from missing has had no screening: record it first, because it cannot be recorded afterwards, or have a lawyer find that it is not owed.`,
      )
    : undefined;
}

/**
 * A refusal while other referrals rest on this one: ended, it would leave nobody to work for their children. Here as below they are not
 * named, for one of them may be sealed against whoever asks; whoever may see them finds them with this one.
 */
export function othersMergedHere(decision: Decision, looked: Lookups['merged']): Refusal | undefined {
  return referralsMergedInto(decision.state(), decision.context.now, looked).length === 0
    ? undefined
    : refuse(
        'others-merged-into-it',
        'Another referral is merged into this one, or being merged now, and nobody would work for that child. Undo that first.',
      );
}

/** A refusal while a referral that is attached to this one has deadlines of law open: who closes this one would lose sight of them. */
export function othersOwe(decision: Decision, looked: Lookups['merged']): Refusal | undefined {
  const owing = (looked.merged ?? []).some(({ owes }) => owes.length > 0);
  const leased = referralsMergedInto(decision.state(), decision.context.now, looked).filter((from) =>
    decision.state().sameChild.merges.some((each) => each.from === from && isFresh(each, decision.context.now)),
  );
  const unsettled = leased.some((from) => !looked.merged?.some(({ id }) => id === from));
  return owing || unsettled
    ? refuse(
        'merged-owes',
        'The referral cannot be closed yet: another is being merged into it, or is merged and still owes what the law asks for.',
      )
    : undefined;
}
