/** The entries of the directory in memory: what a command changes before anything is written. Pure. */

/** An entry as plain values, with its key. */
export type Entry = Readonly<Record<string, unknown>> & { readonly pk: string; readonly sk: string };

export interface HeldRole {
  readonly role: string;
  readonly scope: string;
}

export interface PersonEntry extends Entry {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly phone: string;
  /** The account of the sign-in. Undefined until it is created. */
  readonly sub?: string;
  readonly roles: readonly HeldRole[];
  /** Their account is disabled, and they hold nothing. Their name stays for the record. */
  readonly disabled?: true;
  /** When they were let in again, a UTC instant: an end of access by a page counts no longer from then on. */
  readonly letInAt?: string;
}

export interface DutyEntry extends Entry {
  readonly personId: string;
  readonly order: number;
}

/** By key: JSON of `pk` and `sk`. */
export type Book = Map<string, Entry>;

export const keyOf = ({ pk, sk }: Pick<Entry, 'pk' | 'sk'>): string => JSON.stringify([pk, sk]);
export const put = (book: Book, entry: Entry): void => void book.set(keyOf(entry), entry);
export const drop = (book: Book, entry: Pick<Entry, 'pk' | 'sk'>): void => void book.delete(keyOf(entry));

export const isPerson = (entry: Entry): entry is PersonEntry =>
  entry.pk.startsWith('person#') && entry.sk === 'profile';

export const peopleIn = (book: Book): readonly PersonEntry[] => [...book.values()].filter(isPerson);

export const peopleWith = (book: Book, email: string): readonly PersonEntry[] =>
  peopleIn(book).filter((each) => each.email.toLowerCase() === email.toLowerCase());

/** Of two with one address, none: an address must name one person. */
export function personOf(book: Book, email: string): PersonEntry | undefined {
  const found = peopleWith(book, email);
  return found.length === 1 ? found[0] : undefined;
}

const namesPerson = (entry: Entry, id: string): entry is DutyEntry => entry.personId === id;

/** The duties of a person: the rows of `duty#<role>` under `<scope>#<order>#<id>`. */
export const dutiesOf = (book: Book, id: string): readonly DutyEntry[] =>
  [...book.values()].filter((entry): entry is DutyEntry => entry.pk.startsWith('duty#') && namesPerson(entry, id));

export const seatsOf = (book: Book, id: string): readonly DutyEntry[] =>
  [...book.values()].filter((entry): entry is DutyEntry => entry.pk.startsWith('team#') && namesPerson(entry, id));

export const isDutyOf = ({ pk, sk }: Entry, { role, scope }: HeldRole): boolean =>
  pk === `duty#${role}` && sk.startsWith(`${scope}#`);
