/** The professionals that a form can name, as people know them: name, title, place, number, and who is on duty. */
import { seesEveryReferral, type Visitor } from '../../../shared/application/access/visitor.ts';
import { roles, seatRoles, services } from '../../../shared/domain/core/vocabulary.ts';
import { isTelephone } from '../../../shared/domain/directory/directory-entry.ts';
import { isRunning } from '../../../shared/domain/directory/on-call-shifts.ts';
import { mdtTeams } from '../../../shared/policy/places/geography.ts';
import type { Directory, DirectoryPerson } from '../../../shared/store/directory-reads.ts';
import type { Ledger } from '../../../shared/store/ledger.ts';
import type { Field, Option } from '../forms/form-fields.ts';
import { scopeWords } from './page-words.ts';

interface PeopleParts {
  readonly directory: Pick<Directory, 'onDutyAnywhere' | 'seats' | 'providers' | 'people'>;
  readonly ledger: Pick<Ledger, 'shifts'>;
}

/** How long the list is kept, in milliseconds. Who may do what is never read from it. */
const keptFor = 60_000;

interface Professional extends DirectoryPerson {
  readonly isOnDuty: boolean;
}

/**
 * Gives the professionals as choices for this person, by name. They answer for a role, hold a seat, or serve as a provider. `now` is
 * a UTC instant.
 */
export function createPeople(parts: PeopleParts): (visitor: Visitor, now: string) => Promise<readonly Option[]> {
  let kept: { readonly since: number; readonly people: Promise<readonly Professional[]> } | undefined;
  const peopleAt = (now: string) => {
    const at = Date.parse(now);
    if (kept && at >= kept.since && at - kept.since < keptFor) return kept.people;
    const people = readPeople(parts, now);
    kept = { since: at, people };
    // The next page asks again.
    people.catch(() => {
      kept = undefined;
    });
    return people;
  };
  return async (visitor, now) => (await peopleAt(now)).flatMap(choiceFor(seesEveryReferral(visitor)));
}

async function readPeople({ directory, ledger }: PeopleParts, now: string): Promise<readonly Professional[]> {
  const [duties, seats, providers, { schedule }] = await Promise.all([
    Promise.all(roles.map((role) => directory.onDutyAnywhere(role))),
    Promise.all(mdtTeams.map(({ id }) => directory.seats(id))),
    Promise.all(services.map((service) => directory.providers(service))),
    ledger.shifts(),
  ]);
  const onDuty = new Set(schedule.shifts.filter((shift) => isRunning(shift, now)).map(({ personId }) => personId));
  const ids = [...duties.flat(), ...seats.flat(), ...providers.flat()].map(({ personId }) => personId);
  return (
    (await directory.people(ids))
      // A person whose access has ended holds no role.
      .filter(({ roles: held }) => held.length > 0)
      .toSorted((one, other) => one.name.localeCompare(other.name, 'en'))
      .map((person) => ({ ...person, isOnDuty: onDuty.has(person.id) }))
  );
}

/** Staff may name every professional, and see the number. A partner may name other partners, by name and title alone. */
const choiceFor =
  (isStaff: boolean) =>
  ({ id, name, title, phone, roles: held, isOnDuty }: Professional): readonly Option[] => {
    if (!isStaff && !held.some(({ role }) => seatRoles.includes(role))) return [];
    const place = held.map(({ scope }) => scopeWords(scope)).find((words) => words !== '' && !title.includes(words));
    const number = isStaff && isTelephone(phone) ? phone : undefined;
    const details = [name, title, place, number].filter((each) => each !== undefined);
    return [{ value: id, words: `${details.join(', ')}${isOnDuty ? ' (on duty now)' : ''}` }];
  };

/** The fields with these people as choices of each that names one. */
export const withPeople = (fields: readonly Field[], people: readonly Option[]): readonly Field[] =>
  fields.map((field) => (field.kind === 'person' ? { ...field, options: people } : field));
