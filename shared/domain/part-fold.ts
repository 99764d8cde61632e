/** The shape of a subject's fold: what its part of the state is after an event. */
import type { CommitHead } from './core/commit-head.ts';
import type { EventOf, EventType } from './events.ts';
import type { Referral } from './referral.ts';

/**
 * By type of event, what one part of the state is after it. A subject listens to the events of others as well, so that what follows for
 * it stands with it. `before` is the whole state that the event found.
 */
export type PartFold<Part extends keyof Referral> = {
  readonly [Type in EventType]?: (
    part: Referral[Part],
    event: EventOf<Type>,
    commit: CommitHead,
    before: Referral,
  ) => Referral[Part];
};
