/** The proposals of a referral that wait for a second person, as its state remembers them. */
import type { Waiting } from '../core/commit-head.ts';
import type { Proposed } from '../core/vocabulary.ts';
import type { EventOf } from '../events.ts';

/** At most one of each kind. It is here while it waits, so no answered or void proposal can be read. */
export type Proposals = { readonly [Name in Proposed]?: Waiting<EventOf<`${Name}-proposed`>> };
