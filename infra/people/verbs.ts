/** What each command that writes entries does to the book. Pure: nothing here asks AWS. */
import { seatRoles } from '../../shared/domain/core/vocabulary.ts';
import {
  type Book,
  drop,
  dutiesOf,
  type HeldRole,
  isDutyOf,
  keyOf,
  type PersonEntry,
  peopleIn,
  peopleWith,
  personOf,
  put,
  seatsOf,
} from './book.ts';
import { type FieldName, fields, fits, listIn, townNames } from './entry-fields.ts';

type Given = Readonly<Partial<Record<FieldName, string>>>;

interface Verb {
  readonly needs: readonly FieldName[];
  readonly takes: readonly FieldName[];
  readonly does: string;
  /** Changes the book. Gives a sentence where it cannot, and the book is then thrown away. */
  readonly apply: (book: Book, given: Given, newId: () => string, now: string) => string | undefined;
}

const isDefined = ([, value]: readonly [string, unknown]) => value !== undefined && value !== '';
/** Without the fields that are empty: an empty value takes a field back. */
const filled = <Of extends object>(entry: Of): Of => Object.fromEntries(Object.entries(entry).filter(isDefined)) as Of;

const unknownPerson = (email: string) => `The directory has no person with the address ${email}: add them first.`;

/** Does `work` on the person of the address, who is not disabled. */
const onPerson = (
  book: Book,
  { email = '' }: Given,
  work: (person: PersonEntry) => string | undefined,
): string | undefined => {
  const person = personOf(book, email);
  if (!person) return unknownPerson(email);
  if (person.disabled) return `${email} is disabled: run "enable email=${email}" first.`;
  return work(person);
};

const isSame = (one: HeldRole, other: HeldRole) => one.role === other.role && one.scope === other.scope;

function setOrder(book: Book, person: PersonEntry, held: HeldRole, order: string | undefined): void {
  if (order === undefined) return;
  for (const duty of dutiesOf(book, person.id).filter((each) => isDutyOf(each, held))) drop(book, duty);
  if (order === 'none') return;
  const sk = `${held.scope}#${order}#${person.id}`;
  put(book, { pk: `duty#${held.role}`, sk, personId: person.id, ...held, order: Number(order) });
}

function give(book: Book, given: Given): string | undefined {
  const { role = '', scope = '', order } = given;
  const held = { role, scope };
  if (!fits(role, scope)) return `The role ${role} is not held in ${scope}: give the scope of its own kind.`;
  return onPerson(book, given, (person) => {
    const others = person.roles.filter((each) => !isSame(each, held));
    put(book, { ...person, roles: [...others, held] });
    setOrder(book, person, held, order);
    return undefined;
  });
}

const changed = (person: PersonEntry, given: Given): PersonEntry => {
  const { name, phone, title, textPhone, language, absentUntil } = given;
  const set = Object.entries({ name, phone, title, textPhone, language, absentUntil }).filter(
    ([, value]) => value !== undefined,
  );
  return filled({ ...person, ...Object.fromEntries(set) });
};

const personFields = ['title', 'textPhone', 'language', 'absentUntil'] as const;

/** A seat of a team is for a person with a role of that team, or of the state. */
const maySit = (person: PersonEntry, team: string): boolean =>
  person.roles.some(
    ({ role, scope }) =>
      seatRoles.some((each) => each === role) && (scope === `team-${team}` || !scope.startsWith('team-')),
  );

const seatKey = ({ team = '', discipline = '', place = '' }: Given) => ({
  pk: `team#${team}`,
  sk: `seat#${discipline}#${place}`,
});

export const verbs: Readonly<Record<string, Verb>> = {
  add: {
    needs: ['email', 'name', 'phone'],
    takes: [...personFields, 'role', 'scope', 'order', 'id'],
    does: 'adds a person, with an account to sign in and perhaps a first role',
    apply(book, given, newId) {
      const { email = '', name = '', phone = '', id = newId(), role, scope, order, ...more } = given;
      const address = email.trim().toLowerCase();
      const same = personOf(book, address);
      const wasAdded = same?.name === name.trim() && same.phone === phone && (given.id ?? same.id) === same.id;
      if (peopleWith(book, address).length > 0 && (!wasAdded || same?.disabled))
        return `${address} is in the directory already: use "change" or "give".`;
      if (!same && book.has(keyOf({ pk: `person#${id}`, sk: 'profile' })))
        return `The id ${id} belongs to another person.`;
      const own = { id, name: name.trim(), email: address, phone, roles: [], title: '' };
      // The same command again: it completes a run that was cut short.
      put(book, changed(same ?? { pk: `person#${id}`, sk: 'profile', ...own }, more));
      if (role === undefined && scope === undefined && order === undefined) return undefined;
      if (role === undefined || scope === undefined) return 'A role needs its scope: give both, or neither.';
      return give(book, { email: address, role, scope, ...(order !== undefined && { order }) });
    },
  },
  change: {
    needs: ['email'],
    takes: ['newEmail', 'name', 'phone', ...personFields],
    does: 'changes what is given of a person; an empty value takes it back',
    apply: (book, given) =>
      onPerson(book, given, (person) => {
        const email = given.newEmail?.trim().toLowerCase() ?? person.email;
        if (email !== person.email && peopleIn(book).some((each) => each.email === email))
          return `${email} is the address of another person.`;
        put(book, { ...changed(person, given), email });
        return undefined;
      }),
  },
  disable: {
    needs: ['email'],
    takes: [],
    does: 'ends the access of a person within a minute: account, roles, duties and seats',
    apply(book, { email = '' }) {
      // Two commands at once may have added one person twice. Access must end all the same.
      const people = peopleWith(book, email);
      if (people.length === 0) return unknownPerson(email);
      for (const person of people) {
        for (const each of [...dutiesOf(book, person.id), ...seatsOf(book, person.id)]) drop(book, each);
        put(book, { ...person, roles: [], disabled: true });
      }
      return undefined;
    },
  },
  enable: {
    needs: ['email'],
    takes: [],
    does: 'lets a person in again whose access ended; after "disable", give their roles anew',
    apply(book, { email = '' }, _newId, now) {
      const person = personOf(book, email);
      if (!person) return unknownPerson(email);
      const { disabled: _, ...rest } = person;
      put(book, { ...(rest as PersonEntry), letInAt: now });
      return undefined;
    },
  },
  give: {
    needs: ['email', 'role', 'scope'],
    takes: ['order'],
    does: 'gives a role in a place; with an order, also the duty: 1 is called first',
    apply: give,
  },
  take: {
    needs: ['email', 'role', 'scope'],
    takes: [],
    does: 'takes a role in a place, with its duty, and the seats that it was needed for',
    apply: (book, given) =>
      onPerson(book, given, (person) => {
        const held = { role: given.role ?? '', scope: given.scope ?? '' };
        if (!person.roles.some((each) => isSame(each, held)))
          return `${person.email} does not hold the role ${held.role} in ${held.scope}.`;
        const left = { ...person, roles: person.roles.filter((each) => !isSame(each, held)) };
        put(book, left);
        setOrder(book, person, held, 'none');
        for (const seat of seatsOf(book, person.id)) if (!maySit(left, seat.pk.slice('team#'.length))) drop(book, seat);
        return undefined;
      }),
  },
  seat: {
    needs: ['email', 'team', 'discipline', 'place'],
    takes: [],
    does: 'gives a seat of a team; place 1 is the member, 2 the deputy',
    apply: (book, given) =>
      onPerson(book, given, (person) => {
        const { team = '', discipline = '', place = '' } = given;
        if (!maySit(person, team))
          return `${person.email} has no role for a seat of ${team}: first run "give email=${person.email} role=mdt-member scope=team-${team}".`;
        put(book, { ...seatKey(given), discipline, personId: person.id, order: Number(place) });
        return undefined;
      }),
  },
  unseat: {
    needs: ['team', 'discipline', 'place'],
    takes: [],
    does: 'makes a seat vacant',
    apply(book, given) {
      if (!book.has(keyOf(seatKey(given)))) return 'This seat is vacant already.';
      drop(book, seatKey(given));
      return undefined;
    },
  },
  agency: {
    needs: ['town', 'name', 'phone'],
    takes: ['id'],
    does: 'adds or changes a police agency of a town, with its number for day and night',
    apply(book, { town = '', name = '', phone = '', id }) {
      const own = id ?? `A-${town.toUpperCase().replaceAll(' ', '-')}`;
      put(book, { pk: `agency#${town.toUpperCase()}`, sk: own, id: own, name: name.trim(), phone24h: phone, town });
      return undefined;
    },
  },
  'drop-agency': {
    needs: ['town', 'id'],
    takes: [],
    does: 'removes a police agency',
    apply(book, { town = '', id = '' }) {
      const key = { pk: `agency#${town.toUpperCase()}`, sk: id };
      if (!book.has(keyOf(key))) return `${town} has no police agency ${id}: "list" names them.`;
      drop(book, key);
      return undefined;
    },
  },
  tribe: {
    needs: ['tribe', 'name', 'phone'],
    takes: ['services', 'police', 'policePhone'],
    does: 'adds or changes the door of a tribe: name is that of its office, never of a person',
    apply(book, { tribe = '', name = '', phone = '', services = '', police = '', policePhone = '' }) {
      if ((police === '') !== (policePhone === '')) return 'Give police and policePhone together, or neither.';
      const offer = services === '' ? [] : listIn(services);
      const own = { id: tribe, office: name.trim(), phone, services: offer };
      put(book, { pk: 'tribes', sk: tribe, ...own, ...filled({ police: police.trim(), policePhone }) });
      return undefined;
    },
  },
  'drop-tribe': {
    needs: ['tribe'],
    takes: [],
    does: 'removes what is entered of a tribe; the tribe stays in the list',
    apply(book, { tribe = '' }) {
      const key = { pk: 'tribes', sk: tribe };
      if (!book.has(keyOf(key))) return `Nothing is entered of ${tribe}: "list" shows what is.`;
      drop(book, key);
      return undefined;
    },
  },
  provider: {
    needs: ['service', 'id', 'name', 'phone', 'regions', 'email'],
    takes: ['ageFrom', 'ageTo', 'languages'],
    does: 'adds or changes a provider of a service; email is that of its contact',
    apply: (book, given) =>
      onPerson(book, given, (contact) => {
        const { service = '', id = '', name = '', phone = '', regions = '', languages = 'english' } = given;
        const [ageFrom, ageTo] = [Number(given.ageFrom ?? 0), Number(given.ageTo ?? 99)];
        if (ageFrom > ageTo) return 'ageFrom must not be above ageTo.';
        const offer = { regions: listIn(regions), ageFrom, ageTo, languages: listIn(languages) };
        put(book, {
          pk: `provider#${service}`,
          sk: id,
          id,
          name: name.trim(),
          service,
          phone,
          ...offer,
          personId: contact.id,
        });
        return undefined;
      }),
  },
  'drop-provider': {
    needs: ['service', 'id'],
    takes: [],
    does: 'removes a provider that no one changed in the console',
    apply(book, { service = '', id = '' }) {
      const key = { pk: `provider#${service}`, sk: id };
      if (!book.has(keyOf(key)))
        return `There is no provider ${id} of ${service} here: one of the console is retired there.`;
      drop(book, key);
      return undefined;
    },
  },
};

/** One command as typed: its verb, and words of the form `name=value`. */
export type Line = readonly string[];

/** The words of one line of a file. Double quotes hold a value with blanks together. */
export const wordsOf = (line: string): Line =>
  [...line.matchAll(/(?:[^\s"]|"[^"]*")+/g)].map(([word]) => word.replaceAll('"', ''));

/** The value as it is meant: towns and e-mail addresses may be typed in any case. */
const meant = (name: FieldName, value: string): string => {
  if (name === 'town') return townNames.find((each) => each.toLowerCase() === value.toLowerCase()) ?? value;
  return name === 'email' || name === 'newEmail' ? value.trim().toLowerCase() : value;
};

const isField = (name: string): name is FieldName => Object.hasOwn(fields, name);

/** The fields of a line, and a sentence for each that is missing, wrong, unknown, or given twice. */
export function readLine([name = '', ...words]: Line): {
  readonly verb: Verb | undefined;
  readonly given: Given;
  readonly problems: readonly string[];
} {
  const verb = Object.hasOwn(verbs, name) ? verbs[name] : undefined;
  if (!verb)
    return { verb, given: {}, problems: [`There is no command "${name}": give ${Object.keys(verbs).join(', ')}.`] };
  const known: readonly string[] = [...verb.needs, ...verb.takes];
  const given: Partial<Record<FieldName, string>> = {};
  const problems: string[] = [];
  for (const word of words) {
    const [, field = '', value = ''] = /^([A-Za-z]+)=(.*)$/s.exec(word) ?? [];
    if (field === '') problems.push(`"${word}" is not understood: give name=value.`);
    else if (!known.includes(field) || !isField(field))
      problems.push(`"${name}" has no field "${field}": it takes ${known.join(', ')}.`);
    else if (given[field] !== undefined) problems.push(`"${field}" is given twice: give it once.`);
    else given[field] = meant(field, value);
  }
  for (const [field, value] of Object.entries(given)) {
    if (isField(field) && !fields[field].isRight(value))
      problems.push(`"${field}" is wrong: give ${fields[field].what}.`);
  }
  for (const field of verb.needs)
    if (given[field] === undefined) problems.push(`"${field}" is missing: give ${fields[field].what}.`);
  return { verb, given, problems };
}

/**
 * The book after these lines, or a sentence for each that cannot be done. A later line counts on the earlier ones. With several
 * lines, each sentence names its line.
 */
export function planned(
  book: Book,
  lines: readonly { readonly number?: number; readonly words: Line }[],
  newId: () => string,
  now: string,
): { readonly book: Book; readonly problems: readonly string[] } {
  const after: Book = new Map(book);
  const problems: string[] = [];
  for (const { number, words } of lines) {
    const { verb, given, problems: wrong } = readLine(words);
    const refused = verb && wrong.length === 0 ? verb.apply(after, given, newId, now) : undefined;
    const sentences = refused === undefined ? wrong : [refused];
    problems.push(...sentences.map((each) => (number === undefined ? each : `Line ${number}: ${each}`)));
  }
  return { book: after, problems };
}
