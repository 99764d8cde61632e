/** Which hospital or advocacy center is nearest, and can give an appointment now. */
import { towns } from '../../policy/places/towns.ts';
import { type Nearness, nearness } from '../core/vocabulary.ts';
import type { Referral } from '../referral.ts';
import type { ProviderPlace } from './providers.ts';

const townNamed = (name: string) =>
  towns.find((town) => town.name.toUpperCase() === name.trim().toUpperCase().replaceAll('-', ' '));

/** How near a place is to the child, by the town where the child is now. Else the child's residence counts. */
export function nearnessOf(
  { town }: Pick<ProviderPlace, 'town'>,
  { child, places: { routing } }: Pick<Referral, 'child' | 'places'>,
): Nearness {
  const there = townNamed(town);
  const here = townNamed(child.presentTown) ?? townNamed(child.residenceTown);
  if (!there) return 'distance-not-known';
  if (here?.name === there.name) return 'same-town';
  const office = here?.office ?? routing?.office;
  const region = here?.region ?? routing?.region;
  if (office === undefined && region === undefined) return 'distance-not-known';
  return office === there.office ? 'same-office' : region === there.region ? 'same-region' : 'farther';
}

/** Whether it can give an appointment, by its own word. `today`: a New York day. Unknown is not no. */
export const hasOpenings = (place: ProviderPlace | undefined, today: string): 'yes' | 'no' | 'unknown' =>
  place === undefined || place.openUntil < today ? 'unknown' : place.openings > 0 ? 'yes' : 'no';

export const isProtocolOnFile = (place: ProviderPlace | undefined, today: string): boolean =>
  place?.protocolUntil !== undefined && place.protocolUntil >= today;

const byOpenings = ['yes', 'unknown', 'no'] as const;

/** Sorts places: those with openings first, then the nearest. A provider without a place comes among the unknown. */
export function nearestFirst<Each extends { readonly place?: ProviderPlace | undefined }>(
  providers: readonly Each[],
  state: Pick<Referral, 'child' | 'places'>,
  today: string,
): readonly Each[] {
  const rank = ({ place }: Each) =>
    byOpenings.indexOf(hasOpenings(place, today)) * nearness.length +
    nearness.indexOf(place === undefined ? 'distance-not-known' : nearnessOf(place, state));
  return providers.toSorted((one, other) => rank(one) - rank(other));
}
