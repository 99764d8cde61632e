/** Asks the directory for all that the recipients of mail follow from. What follows is a pure function of the answers. */
import {
  type Contacts,
  type DirectoryEntry,
  dutyKey,
  type Lookups,
  oncallLookups,
  oncallOf,
} from '../../alerts/compose/recipients.ts';
import type { Discipline, Role } from '../../domain/core/vocabulary.ts';
import { type Delegation, holdsAt } from '../../domain/directory/delegations.ts';
import type { OnCallEntry, OnCallPerson } from '../../domain/directory/on-call.ts';

/** The part of the directory that is asked. */
export interface AlertDirectory {
  person(id: string): Promise<DirectoryEntry | undefined>;
  /** Those of these people who are in the directory, in no order. */
  people(ids: readonly string[]): Promise<readonly DirectoryEntry[]>;
  /** The people on shift first, then the directory's order. `now` is a UTC instant. */
  onCallOrder(role: Role, scope: string, now: string): Promise<readonly OnCallEntry[]>;
  seats(team: string): Promise<readonly { readonly discipline: Discipline; readonly personId: string }[]>;
  /** The delegations of these people on leave that are not over. */
  delegations(now: string, of: readonly string[]): Promise<readonly Delegation[]>;
}

/** Caches the directory for one invocation, because the alerts of a referral lead to the same people. */
export function askedOnce({ person, people, onCallOrder, seats, delegations }: AlertDirectory): AlertDirectory {
  const once = <Given extends readonly string[], Answer>(ask: (...given: Given) => Promise<Answer>) => {
    const answers = new Map<string, Promise<Answer>>();
    return (...given: Given): Promise<Answer> => {
      const key = given.join(' ');
      const answer = answers.get(key) ?? ask(...given);
      answers.set(key, answer);
      return answer;
    };
  };
  const found = new Map<string, DirectoryEntry | undefined>();
  // Ids have no blanks.
  const delegationsOnce = once((now: string, ids: string) => delegations(now, ids.split(' ')));
  return {
    person: once(person),
    async people(ids) {
      const open = ids.filter((id) => !found.has(id));
      if (open.length > 0) {
        const entries = new Map((await people(open)).map((entry) => [entry.id, entry]));
        for (const id of open) found.set(id, entries.get(id));
      }
      return ids.flatMap((id) => found.get(id) ?? []);
    },
    onCallOrder: once(onCallOrder),
    seats: once(seats),
    delegations: (now, of) => delegationsOnce(now, of.toSorted().join(' ')),
  };
}

/** All lookups together, each once. */
export const together = (all: readonly Lookups[]): Lookups => ({
  duties: [...new Map(all.flatMap(({ duties }) => duties).map((duty) => [dutyKey(duty), duty])).values()],
  teams: [...new Set(all.flatMap(({ teams }) => teams))],
  people: [...new Set(all.flatMap(({ people }) => people))],
});

/**
 * The answers of the directory. People are asked for in one call. A lookup that fails is named in `unanswered`, and its
 * fault is given to `onFault`. Throws where the delegations cannot be read. `now` is a UTC instant.
 */
export async function readContacts(
  directory: AlertDirectory,
  lookups: Lookups,
  now: string,
  onFault: (fault: unknown) => void,
): Promise<Contacts> {
  const unanswered = new Set<string>();
  const settle = <Answer>(key: string, work: Promise<Answer>): Promise<readonly (readonly [string, Answer])[]> =>
    work.then(
      (answer) => [[key, answer] as const],
      (fault: unknown) => {
        unanswered.add(key);
        onFault(fault);
        return [];
      },
    );
  const [duties, seats] = await Promise.all([
    Promise.all(lookups.duties.map((duty) => settle(dutyKey(duty), directory.onCallOrder(duty.role, duty.scope, now)))),
    Promise.all(lookups.teams.map((team) => settle(team, directory.seats(team)))),
  ]);
  const asked = [
    ...lookups.people,
    ...duties.flat().flatMap(([, entries]) => entries.map(({ personId }) => personId)),
    ...seats.flat().flatMap(([, members]) => members.map(({ personId }) => personId)),
  ];
  // Of these people alone: a row of a delegation may be forged, and each names a chain to read.
  const delegations = await directory.delegations(now, [...new Set(asked)]);
  const handed = delegations.filter((each) => holdsAt(each, now));
  const ids = [...new Set([...asked, ...handed.map(({ delegateId }) => delegateId)])];
  // Where one call for all fails, a call for each finds those that can be read.
  const people = await directory
    .people(ids)
    .catch(async () =>
      (await Promise.all(ids.map((id) => settle(id, directory.person(id))))).flat().flatMap(([, found]) => found ?? []),
    );
  // A disabled person has no role left. They get no mail, and what was handed to them goes back.
  const known = new Map(people.flatMap((each) => (each.roles?.length !== 0 ? [[each.id, each] as const] : [])));
  return {
    duties: new Map(duties.flat()),
    seats: new Map(seats.flat()),
    delegations: delegations.filter(({ delegateId }) => known.has(delegateId) || unanswered.has(delegateId)),
    people: known,
    unanswered,
  };
}

const rethrow = (fault: unknown): never => {
  throw fault;
};

/** The people on call with a number, by the directory at `now`, a UTC instant. Throws where it does not answer. */
export const findOncall = async (
  directory: AlertDirectory,
  now: string,
  onFault: (fault: unknown) => void = rethrow,
): Promise<readonly OnCallPerson[]> => oncallOf(await readContacts(directory, oncallLookups, now, onFault), now);
