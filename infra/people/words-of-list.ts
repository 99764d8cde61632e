/** What `npm run people -- list` prints. Pure. */
import { type Book, dutiesOf, peopleIn, seatsOf } from './book.ts';

const byText = (one: string, other: string) => one.localeCompare(other);

/** Every entry in words: people with what they hold, agencies and providers. Neither accounts nor codes are among it. */
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
    .filter(({ pk }) => /^(agency|provider)#/.test(pk))
    .map(({ pk, id, name, town, service, phone, phone24h }) =>
      pk.startsWith('agency#')
        ? `agency town="${town}" id=${id} name="${name}" phone=${phone24h}`
        : `provider service=${service} id=${id} name="${name}" phone=${phone}`,
    );
  return [...people, ...others.toSorted(byText)];
}

/** A row without a right code, with the command that removes it. */
export const wordsOfWrong = (keys: readonly string[]): readonly string[] =>
  keys.map((key) => {
    const [pk = '', sk = ''] = JSON.parse(key) as readonly string[];
    return `Without a right code, so it does not count: clear "${pk}" "${sk}"`;
  });
