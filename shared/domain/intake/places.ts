/**
 * The places of a referral: where the child lives, where it happened, where the child is now. Each has its own office
 * or police.
 */
import type { places } from '../core/vocabulary.ts';
import type { Referral } from '../referral.ts';
import type { Routing } from './intake-state.ts';

export type Place = (typeof places)[number];
export type Places = Readonly<Record<Place, string>>;

/** What the application found for a place that a person named: a town with its routing, or the nearest names. */
export interface PlaceFound {
  readonly town?: string;
  readonly nearest: readonly string[];
  readonly routing?: Routing;
}

export interface PlaceAsked {
  readonly place: Place;
  /** Towns that may be meant, the nearest first. */
  readonly nearest: readonly string[];
}

/** The places whose words are no town of the state. A person must say which town is meant. */
export const placesAsked = ({ child, places: { nearestTowns } }: Referral): readonly PlaceAsked[] =>
  (['residenceTown', 'occurrenceTown', 'presentTown'] as const)
    .filter((place) => child[place] === 'other')
    .map((place) => ({ place, nearest: nearestTowns[place] ?? [] }));

/** The places whose police are told: where it happened and where the child lives (C.G.S. 17a-101g(a)). */
export const policePlaces: readonly { readonly place: Place; readonly words: string }[] = [
  { place: 'occurrenceTown', words: 'Where it happened' },
  { place: 'residenceTown', words: 'Where the child lives' },
  { place: 'presentTown', words: 'Where the child is now' },
];

/** The routing that a person confirms: that of a corrected place, else the one that stands. Undefined where none is known. */
export const routingToConfirm = ({ places: { suggestedRouting, routing } }: Referral): Routing | undefined =>
  suggestedRouting ?? routing;
