/** As much of XML as S3's answers need. */

/** An element in its finished form. */
export interface Xml {
  readonly xml: string;
}

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** A line end that a reader would change, and what XML has no place for, go as a number. */
const escaped = (text: string) =>
  text.replaceAll(/[&<>"\p{Cc}]/gu, (character) => escapes[character] ?? `&#${character.codePointAt(0)};`);

type Content = string | number | boolean | Xml | undefined;

/** An element with text, or with the elements of its content. Undefined content is left out. */
export const element = (name: string, ...content: readonly Content[]): Xml => ({
  xml: `<${name}>${content.map((each) => (typeof each === 'object' ? each.xml : escaped(String(each ?? '')))).join('')}</${name}>`,
});

/** An element with text. Undefined where there is no text, so that it is left out. */
export const optional = (name: string, text: string | number | undefined): Xml | undefined =>
  text === undefined ? undefined : element(name, text);

/** A whole document with S3's namespace. */
export const documentOf = (name: string, ...content: readonly Content[]): string => {
  const { xml } = element(name, ...content);
  const namespace = 'http://s3.amazonaws.com/doc/2006-03-01/';
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${name} xmlns="${namespace}"${xml.slice(name.length + 1)}`;
};
