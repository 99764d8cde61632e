/** `--bounce WORD`: the sample people whose mail comes back. They are first in a seat, or on duty in a role. */
import { sampleDirectory } from '../samples/directory.ts';

/** What people say for a code of the directory. */
const saidFor: Readonly<Record<string, string>> = { prosecutor: 'states-attorney' };

/** The addresses, in lower case. Empty where no seat and no role of the samples has this name. */
export function mailboxesOf(word: string): ReadonlySet<string> {
  const code = saidFor[word] ?? word;
  const items = sampleDirectory();
  const first = new Set(
    items.flatMap((item) =>
      'order' in item &&
      item.order === 1 &&
      (('discipline' in item && item.discipline === code) || ('role' in item && item.role === code))
        ? [item.personId]
        : [],
    ),
  );
  return new Set(items.flatMap((item) => ('roles' in item && first.has(item.id) ? [item.email.toLowerCase()] : [])));
}

/**
 * The first address in order whose mailbox is there. A person whose mail comes back does not act, and the next one
 * does.
 */
export const reachedFirst = (
  people: readonly ({ readonly email: string } | undefined)[],
  gone: ReadonlySet<string>,
): string | undefined => people.find((each) => each && !gone.has(each.email.toLowerCase()))?.email;
