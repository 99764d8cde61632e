/** The name of an agency as a code. A name of a person must not come in by this door, so it must say what the agency is. */

/** Words that say what an agency is. One of them must be there. */
const kinds = new Set(
  (
    'POLICE SHERIFF TROOP BARRACKS MARSHALS DCF CARELINE OFFICE DEPARTMENT AGENCY SCHOOL SCHOOLS DISTRICT BOARD ACADEMY ' +
    'COLLEGE UNIVERSITY HOSPITAL CLINIC HEALTH MEDICAL CENTER AMBULANCE EMS FIRE HOTEL HOTELS INN MOTEL RESORT CASINO ' +
    'LODGE SUITES TRIBE TRIBAL NATION'
  ).split(' '),
);
const spelled: Readonly<Record<string, readonly string[]>> = {
  PD: ['POLICE'],
  DEPT: ['DEPARTMENT'],
  SCH: ['SCHOOLS'],
  HOSP: ['HOSPITAL'],
  AND: [],
  THE: [],
  OF: [],
};
const capitals = new Set(['DCF', 'EMS', 'CT']);
const longest = 40;

/**
 * The code of an agency, such as `HARTFORD-POLICE` of `Hartford Police Dept.`, or a sentence. Spellings of one agency give
 * one code. The sentence repeats nothing that was typed.
 */
export function agencyCode(typed: string): { readonly code: string } | { readonly sentence: string } {
  const written = typed
    .normalize('NFKD')
    .replaceAll(/[\p{M}'’.]/gu, '')
    .toUpperCase()
    .replaceAll('&', ' ')
    .split(/[^A-Z0-9]+/)
    .filter(Boolean)
    .flatMap((word) => spelled[word] ?? [word]);
  const words = written.filter((word, index) => !(word === 'DEPARTMENT' && written[index - 1] === 'POLICE'));
  const code = words.join('-');
  if (code === '') return { sentence: 'Give the agency.' };
  if (/\p{L}/u.test(typed.normalize('NFKD').replaceAll(/[A-Za-z\p{M}]/gu, ''))) {
    return { sentence: 'Write the agency in Latin letters.' };
  }
  if (words.some((word) => /\d{4}/.test(word))) return { sentence: 'Take the long number out of the agency.' };
  if (!words.some((word) => kinds.has(word))) {
    return { sentence: 'Name what the agency is, such as Hartford Police. Do not give a person’s name.' };
  }
  if (code.length > longest) return { sentence: `Shorten the agency to ${longest} letters.` };
  return { code };
}

/** `Hartford Police` of `HARTFORD-POLICE`. Also of the code of a town. */
export const placeWords = (code: string): string =>
  code
    .split('-')
    .map((word) => (capitals.has(word) ? word : `${word.charAt(0)}${word.slice(1).toLowerCase()}`))
    .join(' ');
