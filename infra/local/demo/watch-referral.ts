/** What the demo's player sees of a referral: its view, and the people who act on it. */
import type { Api, PeopleView, ReferralView } from './api-client.ts';

export interface Watched {
  readonly view: ReferralView;
  readonly people: PeopleView;
}

/** Reads everything but services that stand apart: of those only the caseworker is told. */
export const watcher = 'careline.supervisor@dcf.example';

/** The part of a view that decides who acts: the place, the team, and the holders of seats and linkages. */
const heldBy = ({ routing, team, seats, linkages }: ReferralView): string =>
  JSON.stringify([
    routing,
    team,
    seats.map(({ discipline, personId, deputyId }) => [discipline, personId, deputyId]),
    Object.values(linkages).map(({ service, providerId, contactId }) => [service, providerId, contactId]),
  ]);

const placeOf = ({ routing }: ReferralView): string => JSON.stringify([routing]);

const caseworkerOf = ({ roles }: PeopleView): string | undefined =>
  roles.find(({ role }) => role === 'caseworker')?.people[0]?.email;

/**
 * Gives a function that reads a referral by its id, as the caseworker once there is one. It asks for the people only
 * when the part of the view that decides them has changed. Rejects with `ApiRefusal` where the API refuses.
 */
export function createReferralWatch(api: Pick<Api, 'people' | 'referral'>): (id: string) => Promise<Watched> {
  const known = new Map<
    string,
    { readonly reader: string; readonly people: PeopleView; readonly held: string; readonly place: string }
  >();
  return async (id) => {
    const before = known.get(id);
    const seen = await api.referral(before?.reader ?? watcher, id);
    if (before && heldBy(seen) === before.held) return { view: seen, people: before.people };
    // The place alone decides who the caseworker is.
    const moved = before === undefined || placeOf(seen) !== before.place;
    const watched = moved ? await api.people(watcher, id) : undefined;
    const reader = watched ? (caseworkerOf(watched) ?? watcher) : (before?.reader ?? watcher);
    const view = reader === (before?.reader ?? watcher) ? seen : await api.referral(reader, id);
    const people = watched && reader === watcher ? watched : await api.people(reader, id);
    known.set(id, { reader, people, held: heldBy(view), place: placeOf(view) });
    return { view, people };
  };
}
