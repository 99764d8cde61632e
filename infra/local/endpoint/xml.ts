/** As much of XML as answers need. */

/** The content of an element. Undefined is left out, and a list is an element of its name for each. */
export type XmlValue =
  | string
  | number
  | boolean
  | undefined
  | { readonly [name: string]: XmlValue | readonly XmlValue[] };

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** A line end that a reader would change, and what XML has no place for, go as a number. */
export const escapeXml = (text: string): string =>
  text.replaceAll(/[&<>"\p{Cc}]/gu, (character) => escapes[character] ?? `&#${character.codePointAt(0)};`);

export function toXml(value: XmlValue): string {
  if (typeof value !== 'object') return escapeXml(String(value));
  return Object.entries(value)
    .flatMap(([name, content]) => [content].flat().map((each) => [name, each] as const))
    .filter(([, each]) => each !== undefined)
    .map(([name, each]) => `<${name}>${toXml(each)}</${name}>`)
    .join('');
}
