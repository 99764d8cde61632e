/** People who are named by e-mail address, because the list of a form lacks them. */
import type { Problem } from '../../../shared/application/input/problems.ts';
import type { Directory } from '../../../shared/store/directory-reads.ts';
import type { Field } from './form-fields.ts';

/** The most addresses of one field. Each is looked up, so a form of a megabyte would ask for a hundred thousand. */
const mostNamed = 20;

/** The name of the control for e-mail addresses beside the list of a person's field. */
export const emailPath = (path: string): string => `${path}.email`;

/**
 * The form with the ids of the people whose e-mail addresses were typed, with spaces or commas between them. Where a field asks for one
 * person, the address counts before the choice. An address that the directory does not have is a problem of its field.
 */
export async function namePeople(
  fields: readonly Field[],
  typed: URLSearchParams,
  { personByEmail }: Pick<Directory, 'personByEmail'>,
): Promise<{ readonly form: URLSearchParams; readonly problems: readonly Problem[] }> {
  const form = new URLSearchParams(typed);
  const problems: Problem[] = [];
  for (const field of fields) {
    if (field.kind !== 'person') continue;
    const addresses = new Set(
      (typed.get(emailPath(field.path)) ?? '')
        .toLowerCase()
        .split(/[\s,;]+/)
        .filter(Boolean),
    );
    if (addresses.size > mostNamed) {
      problems.push({ path: emailPath(field.path), sentence: `Give at most ${mostNamed} e-mail addresses.` });
      continue;
    }
    const found = await Promise.all([...addresses].map(personByEmail));
    const ids = found.flatMap((person) => person?.id ?? []);
    if (ids.length < found.length) {
      problems.push({ path: emailPath(field.path), sentence: 'No person in the directory has this e-mail address.' });
    }
    if (ids.length > 0 && !field.several) form.delete(field.path);
    for (const id of ids) form.append(field.path, id);
  }
  return { form, problems };
}
