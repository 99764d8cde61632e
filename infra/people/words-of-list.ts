/** What `npm run people -- list` prints. Pure. */
import { hash } from 'node:crypto';
import { type Book, dutiesOf, peopleIn, seatsOf } from './book.ts';

const byText = (one: string, other: string) => one.localeCompare(other);

/** Every entry in words: people with what they hold, agencies, tribes and providers. Neither accounts nor codes are among it. */
export function wordsOfList(book: Book, email: string | undefined): readonly string[] {
  const people = peopleIn(book)
    .filter((person) => email === undefined || person.email === email)
    .toSorted((one, other) => byText(one.email, other.email))
    .flatMap((person) => {
      const { id, name, phone, roles, disabled } = person;
      const duties = dutiesOf(book, id);
      return [
        `${person.email}  ${name}, ${phone}, ${id}${disabled ? ', disabled' : ''}`,
        ...roles.map(({ role, scope }) => {
          const duty = duties.find((each) => each.pk === `duty#${role}` && each.sk.startsWith(`${scope}#`));
          return `  role=${role} scope=${scope}${duty ? ` order=${duty.order}` : ''}`;
        }),
        ...seatsOf(book, id).map(
          ({ pk, discipline, order }) => `  team=${pk.slice('team#'.length)} discipline=${discipline} place=${order}`,
        ),
      ];
    });
  if (email !== undefined) return people;
  const others = [...book.values()]
    .filter(({ pk }) => /^(agency#|provider#|tribes$)/.test(pk))
    .map(({ pk, id, name, town, service, phone, phone24h, office }) => {
      if (pk === 'tribes') return `tribe tribe=${id} name="${office}" phone=${phone}`;
      return pk.startsWith('agency#')
        ? `agency town="${town}" id=${id} name="${name}" phone=${phone24h}`
        : `provider service=${service} id=${id} name="${name}" phone=${phone}`;
    });
  return [...people, ...others.toSorted(byText)];
}

/**
 * Names a row in the command that deletes it. A person with the table can write any key, and an operator pastes what is printed
 * into a shell. So no part of the key is in the command.
 */
export const numberOf = (key: string): string => hash('sha256', key, 'hex').slice(0, 20);

/** A key in plain letters: a forged one must move no cursor of a terminal and turn no text around. */
const plain = (key: string): string =>
  key.replaceAll(/[^ -~]/gu, (letter) => `\\u{${letter.codePointAt(0)?.toString(16)}}`).slice(0, 200);

/** A row without a right code, with the command that removes it. */
export const wordsOfWrong = (keys: readonly string[]): readonly string[] =>
  keys.flatMap((key) => [
    `Without a right code, so it does not count: ${plain(key)}`,
    `  to delete it: clear ${numberOf(key)}`,
  ]);
