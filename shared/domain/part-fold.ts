/** The shape of a subject's fold: its part of the state after an event. */
import type { CommitHead } from './core/commit-head.ts';
import type { EventOf, EventType } from './events.ts';
import type { Referral } from './referral.ts';

/**
 * By type of event, one part of the state after it. A subject also listens to events of others, so that their effects
 * on it are in its own fold. `before` is the whole state before the event.
 */
export type PartFold<Part extends keyof Referral> = {
  readonly [Type in EventType]?: (
    part: Referral[Part],
    event: EventOf<Type>,
    commit: CommitHead,
    before: Referral,
  ) => Referral[Part];
};
