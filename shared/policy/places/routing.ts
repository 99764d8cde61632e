/**
 * Which offices and team serve a referral, by its places and the New York date of the report. The law uses different places.
 * Prosecutor and team follow where it happened. The response follows where the child is now, and the responsible office where the
 * child lives.
 */

import type { Routing } from '../../domain/intake/intake-state.ts';
import type { Place, PlaceFound, Places } from '../../domain/intake/places.ts';
import { needsConfirmation, type Route, routeTown, teamsOf } from './geography.ts';
import { nearestTowns } from './nearest-towns.ts';

/** The code for a place outside the state. */
export const outOfState = 'out-of-state';

const firstRoute = (places: Places, order: readonly Place[], date: string): Route | undefined =>
  order.map((place) => routeTown(places[place], date)).find((route) => route !== undefined);

/** Undefined where no place is a town of the state. Then a person chooses, and the clocks run meanwhile. */
export function routingOf(places: Places, date: string): Routing | undefined {
  const office = firstRoute(places, ['residenceTown', 'occurrenceTown', 'presentTown'], date);
  const district = firstRoute(places, ['occurrenceTown', 'residenceTown', 'presentTown'], date);
  const response = firstRoute(places, ['presentTown', 'residenceTown', 'occurrenceTown'], date);
  const teams = district ? teamsOf(district.judicialDistrict.value) : [];
  const [team] = teams;
  if (!office || !district || !response || !team) return undefined;
  const isSure = [office, district, response].every((route) => !needsConfirmation(route)) && teams.length === 1;
  return {
    town: office.town,
    region: office.region.value,
    office: office.office.value,
    districtTown: district.town,
    judicialDistrict: district.judicialDistrict.value,
    team: team.id,
    responseOffice: response.office.value,
    confirmed: isSure,
  };
}

/**
 * Reads what a person wrote for a child's place, such as NEW-HAVEN or OUT-OF-STATE. Gives the town as the table spells it, with
 * its routing, or the nearest names.
 */
export function findPlace(places: Places, place: Place, written: string, date: string): PlaceFound {
  const word = [outOfState, 'unknown'].find((code) => code === written.toLowerCase());
  const town = word ?? routeTown(written.replaceAll('-', ' '), date)?.town;
  if (town === undefined) return { nearest: nearestTowns(written.replaceAll('-', ' ')) };
  const routing = routingOf({ ...places, [place]: town }, date);
  return { town, nearest: [], ...(routing && { routing }) };
}
