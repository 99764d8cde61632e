/**
 * The one table of the acts that tell or change where the child is, and the present place by them. A page leads with that
 * place. A child who is missing is at none: the absence says since when.
 */
import type { CommitHead } from '../core/commit-head.ts';
import { whereKnown } from '../core/where-known.ts';
import type { EventOf, EventType } from '../events.ts';
import { absenceNow } from '../missing/absences.ts';
import type { PartFold } from '../part-fold.ts';
import type { Referral } from '../referral.ts';
import { type PlaceIds, placeIn } from './place-told.ts';
import type { Stay, WhereaboutsState } from './whereabouts-state.ts';

/** What an act tells: the instant, the words, and whether the place is a safe one. Undefined where it tells of no place. */
type Told = Omit<Stay, 'by' | 'recordedBy'>;
/** The last act of the same type was a mistake. */
const takenBack = 'taken back';
type Says = Told | typeof takenBack | undefined;
type Moves = {
  readonly [Type in EventType]?: (event: EventOf<Type>, commit: CommitHead, before: Referral) => Says;
};

const there = (event: { readonly at: string } & PlaceIds): Told => ({ at: event.at, ...placeIn(event) });
const inSafePlace = (event: { readonly at: string } & PlaceIds): Told => ({ ...there(event), isSafePlace: true });

export const moves = {
  // As its words are dated (`reportFold`).
  'call-noted': (event, { at }, { seq, report }) => {
    const told = placeIn(event);
    return Object.keys(told).length === 0 ? undefined : { at: seq === 0 ? report.receivedAt : at, ...told };
  },
  'child-seen': (event) =>
    (({ seen: there(event), attempted: undefined, 'not-seen': takenBack }) as const)[event.sighting],
  'safety-plan-recorded': (event, _, { whereabouts = [] }) => {
    const { placement } = event;
    const last = whereabouts.findLast(({ by }) => by === 'safety-plan-recorded');
    const keepsPlace = last?.placement === placement && Object.keys(placeIn(event)).length === 0;
    return {
      ...(placement === 'safe-at-home' ? there(event) : inSafePlace(event)),
      placement,
      ...(keepsPlace && { keepsPlace }),
    };
  },
  'placement-moved': inSafePlace,
  'care-entered': inSafePlace,
  'linkage-started': ({ service, at }) => (service === 'safe-placement' ? { at, isSafePlace: true } : undefined),
  // The absence itself says that the whereabouts are unknown (`presentPlace`).
  'child-missing': () => undefined,
  'child-returned': there,
} as const satisfies Moves;
/** The types of event that tell or change where the child is. */
export type Move = keyof typeof moves;

/** An act recorded late stands where it belongs in time. From a safe place on, what staff tell of the place is as guarded. */
function add(stays: WhereaboutsState, stay: Stay): WhereaboutsState {
  const isSafePlace = stay.isSafePlace ?? stays.some((each) => each.isSafePlace);
  const later = stays.findIndex(({ at }) => Date.parse(at) > Date.parse(stay.at));
  const place = later === -1 ? stays.length : later;
  return stays.toSpliced(place, 0, { ...stay, ...(isSafePlace && { isSafePlace }) });
}

const without = (stays: WhereaboutsState, by: string): WhereaboutsState => {
  const wrong = stays.findLast((stay) => stay.by === by);
  return stays.filter((stay) => stay !== wrong);
};

const folded = Object.entries(moves).map(([by, told]) => [
  by,
  (stays: WhereaboutsState | undefined, event: never, commit: CommitHead, before: Referral) => {
    const stay = (told as (event: never, commit: CommitHead, before: Referral) => Says)(event, commit, before);
    if (stay === takenBack) return without(stays ?? [], by);
    return stay ? add(stays ?? [], { by, recordedBy: commit.actor.id, ...stay }) : stays;
  },
]);
export const whereaboutsFold = Object.fromEntries(folded) as PartFold<'whereabouts'>;

/** A place, the reference of the referral whose act told of it, and its number among all there, from 0. */
export interface Placed {
  readonly of: string;
  readonly number: number;
  readonly stay: Stay;
}
/** Where the child is now, as far as it is known. */
export interface PresentPlace {
  /** Since when the child is missing, a UTC instant. Then no place is the present one. */
  readonly unknownSince?: string;
  /** The last act that told of a place, unless the child is missing. */
  readonly now?: Placed;
  /** The last place in words. Absent where the present one is in words. */
  readonly last?: Placed;
}

/** The field of the vault (`shared/policy/identity-fields.ts`) by which a reader gets the words of this place. */
export const stayField = ({ isSafePlace }: Stay): 'placeNow' | 'safePlace' => (isSafePlace ? 'safePlace' : 'placeNow');

type Placing = Pick<Referral, 'id' | 'missing'> & { readonly whereabouts?: WhereaboutsState | undefined };

/** The places that this referral told of. */
export const placesOf = ({ id, whereabouts = [] }: Placing): readonly Placed[] =>
  whereabouts.flatMap((stay, number) => (stay.keepsPlace ? [] : { of: id, number, stay }));

const hasPlace = ({ stay: { whereExactly, withWhom } }: Placed): boolean =>
  whereExactly !== undefined || withWhom !== undefined;

/**
 * `others` are the merged referrals of the same child that the reader may open. The newest act of all leads. Once this referral
 * told of a safe place, each place of another is guarded as one. An absence moves here before a merge (`record-there-first`).
 */
export function presentPlace(own: Placing, others: readonly Placing[]): PresentPlace {
  const stays = placesOf(own);
  const isGuarded = stays.some(({ stay }) => stay.isSafePlace);
  const guarded = ({ stay, ...placed }: Placed): Placed => ({
    ...placed,
    stay: { ...stay, ...(isGuarded && { isSafePlace: true }) },
  });
  const all = [...others.flatMap(placesOf).map(guarded), ...stays].toSorted(
    (one, other) => Date.parse(one.stay.at) - Date.parse(other.stay.at),
  );
  const unknownSince = absenceNow(own)?.missingSince;
  const now = unknownSince === undefined ? all.at(-1) : undefined;
  const last = now && hasPlace(now) ? undefined : all.findLast(hasPlace);
  return whereKnown({ unknownSince, now, last });
}
