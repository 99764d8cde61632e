/** What the state of a referral remembers of practical needs, and of the search for a place. */
import type { EventIn } from '../core/event-shape.ts';
import type { needEvents } from './need-events.ts';

type NeedEvent<Type extends keyof typeof needEvents> = EventIn<typeof needEvents, Type>;

/** The person who asked. Absent where a function did. */
interface Asked {
  readonly askedBy?: string;
  readonly askedAt: string;
}

export interface Need extends Asked, Omit<NeedEvent<'need-asked'>, 'type' | 'v' | 'need'> {
  /** Such as `N1`. */
  readonly id: string;
  readonly ended?: Omit<NeedEvent<'need-ended'>, 'type' | 'v' | 'need'>;
}

/** A question to one provider, by telephone. */
export interface PlaceAsk extends Asked, Omit<NeedEvent<'place-asked'>, 'type' | 'v'> {
  readonly answered?: Omit<NeedEvent<'place-answered'>, 'type' | 'v' | 'ask'>;
}

export interface NeedsState {
  /** In the order of recording. */
  readonly asked: readonly Need[];
  readonly places: readonly PlaceAsk[];
}

export const noNeeds: NeedsState = { asked: [], places: [] };

export const openNeeds = ({ needs = noNeeds }: { readonly needs?: NeedsState }): readonly Need[] =>
  needs.asked.filter(({ ended }) => ended === undefined);

export const openAsks = ({ needs = noNeeds }: { readonly needs?: NeedsState }): readonly PlaceAsk[] =>
  needs.places.filter(({ answered }) => answered === undefined);
