/** The person who can sign in first. An operator adds them as any other person. */
import { type Deployed, readDirectory, writeDirectory } from '../people/deployed.ts';
import { planned, readLine } from '../people/verbs.ts';
import type { Given } from './given-settings.ts';
import { refuseIf } from './refused.ts';

const ownWords = ['email', 'name', 'phone'];
const office = ['title=Administrator', 'role=administrator', 'scope=state', 'order=1'];

/** The command that adds the person of these words, and a sentence for each word that is missing, wrong or unknown. */
export function readPerson(given: Given): { readonly words: readonly string[]; readonly problems: readonly string[] } {
  const unknown = Object.keys(given).filter((name) => ![...ownWords, 'region', 'endpoint'].includes(name));
  const own = ownWords.flatMap((name) => (given[name] === undefined ? [] : [`${name}=${given[name]}`]));
  const words = ['add', ...own, ...office];
  return {
    words,
    problems: [
      ...unknown.map((each) => `"${each}" is not understood: give ${ownWords.join(', ')}.`),
      ...readLine(words).problems,
    ],
  };
}

/**
 * Adds the person, with an account of which they get a mail. Gives undefined, and does nothing, where the directory has an
 * administrator. Safe to run again. Throws Refused where the person cannot be added.
 */
export async function createFirstAdministrator(
  words: readonly string[],
  deployed: Deployed,
  newId: () => string,
): Promise<{ readonly isNew: boolean } | undefined> {
  const found = await readDirectory(deployed);
  if ([...found.book.values()].some(({ pk }) => pk === 'duty#administrator')) return undefined;
  const { book, problems } = planned(found.book, [{ words }], newId, new Date(deployed.now()).toISOString());
  refuseIf(problems);
  const { invited } = await writeDirectory(deployed, found, book);
  return { isNew: invited.length > 0 };
}
