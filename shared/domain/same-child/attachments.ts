/**
 * Referrals that rest on another: what was attached to it counts there, so it must stay open while anything does. An attaching
 * changes two chains. The other referral is claimed first, in a commit of its own; only then is the attached one ended. So of
 * two that are attached to each other in the same second, each sees the other's claim, and neither is ended.
 */

import type { Draft } from '../core/draft.ts';
import type { Lookups } from '../core/lookups.ts';
import { type Refusal, refuse } from '../core/refusal.ts';
import { unscreenedReturns } from '../missing/absences.ts';
import type { Referral } from '../referral.ts';
import type { Attachment } from './same-child-state.ts';

/** A claim that no attaching followed within this time, in milliseconds, came from a door that stopped: none runs so long. */
const claimLasts = 3_600_000;

/** True while a claim may still be followed by the attaching. `now` is a UTC instant. */
export const isFresh = ({ at }: Attachment, now: string): boolean => Date.parse(now) - Date.parse(at) < claimLasts;

/** The references of what rests on this referral. Without word of a claim's other side it counts as attached. */
function restingOn(
  { sameChild: { attachments } }: Referral,
  now: string,
  { resting }: Lookups['resting'],
): readonly string[] {
  return attachments
    .filter((each) => isFresh(each, now) || !resting || resting.some(({ id }) => id === each.from))
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
export function othersRest(draft: Draft, looked: Lookups['resting']): Refusal | undefined {
  return restingOn(draft.state(), draft.context.now, looked).length === 0
    ? undefined
    : refuse(
        'others-rest-on-it',
        'Another referral is attached to this one, or being attached now, and nobody would work for that child. Undo that first.',
      );
}

/** A refusal while a referral that is attached to this one has deadlines of law open: who closes this one would lose sight of them. */
export function othersOwe(draft: Draft, looked: Lookups['resting']): Refusal | undefined {
  const owing = (looked.resting ?? []).some(({ owes }) => owes.length > 0);
  const claimed = restingOn(draft.state(), draft.context.now, looked).filter((from) =>
    draft.state().sameChild.attachments.some((each) => each.from === from && isFresh(each, draft.context.now)),
  );
  const unsettled = claimed.some((from) => !looked.resting?.some(({ id }) => id === from));
  return owing || unsettled
    ? refuse(
        'attached-owes',
        'The referral cannot be closed yet: another is being attached to it, or is attached and still owes what the law asks for.',
      )
    : undefined;
}
