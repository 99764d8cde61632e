/** What the state of a referral remembers of practical needs, and of the search for a place. */
import type { AgeBand } from '../core/age-bands.ts';
import type {
  BedNeed,
  Discipline,
  NeedEnd,
  NeedMeter,
  PlaceAnswer,
  Placing,
  PracticalNeed,
} from '../core/vocabulary.ts';

export interface Need {
  /** Such as `N1`. */
  readonly id: string;
  readonly practicalNeed: PracticalNeed;
  readonly neededBy: string;
  /** The person who asked. Absent where a function did. */
  readonly askedBy?: string;
  readonly askedAt: string;
  /** The seat that sees to it. Absent where the person who asked does. */
  readonly owner?: Discipline;
  readonly ended?: { readonly needEnd: NeedEnd; readonly metBy?: NeedMeter; readonly at: string };
}

/** A question to one provider, by telephone. */
export interface PlaceAsk {
  readonly ask: string;
  readonly service: Placing;
  readonly providerId: string;
  readonly ageBand: AgeBand;
  readonly placeFrom: string;
  readonly placeUntil?: string;
  readonly bedNeeds: readonly BedNeed[];
  readonly askedBy?: string;
  readonly askedAt: string;
  readonly answered?: { readonly placeAnswer: PlaceAnswer; readonly at: string };
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
