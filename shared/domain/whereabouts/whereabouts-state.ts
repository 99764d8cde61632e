/** What the state of a referral remembers of the places where the child was. The words are in the vault. */
import type { EventOf } from '../events.ts';
import type { PlaceIds } from './place-told.ts';

/** Where the child was from an instant on, as one act told it. */
export interface Stay extends PlaceIds {
  /** The type of the event that told it. */
  readonly by: string;
  /** When the child was there, a UTC instant. */
  readonly at: string;
  /** The person who recorded it. */
  readonly recordedBy: string;
  /** The child is in a safe place, or was since. Fewer people read where that is. */
  readonly isSafePlace?: true;
  /** Of a safety plan: the kind of place. */
  readonly placement?: EventOf<'safety-plan-recorded'>['placement'];
  /** A plan that was written anew and tells of no other place: the child stays where later acts said. */
  readonly keepsPlace?: true;
}

/** By the instant at which the child was there, the latest last. */
export type WhereaboutsState = readonly Stay[];
