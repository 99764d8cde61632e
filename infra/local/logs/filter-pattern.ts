/** A filter pattern of CloudWatch Logs for plain text: words, "quoted words", -word and ?word. */

/** Says whether a line matches: each word, none of the -words, and one of the ?words where there are any. */
export type LineFilter = (line: string) => boolean;

/** Undefined for a pattern of JSON (`{ … }`), of columns (`[ … ]`) or of a regular expression (`%…%`). */
export function readPattern(pattern: string): LineFilter | undefined {
  const text = pattern.trim();
  if (/^[{[%]/.test(text)) return undefined;
  const terms = [...text.matchAll(/([-?]?)(?:"((?:[^"\\]|\\.)*)"|(\S+))/g)].map(([, kind = '', quoted, word = '']) => ({
    kind,
    term: quoted === undefined ? word : quoted.replaceAll(/\\(.)/g, '$1'),
  }));
  const of = (wanted: string) => terms.filter(({ kind }) => kind === wanted).map(({ term }) => term);
  const [all, none, some] = [of(''), of('-'), of('?')];
  return (line) =>
    all.every((term) => line.includes(term)) &&
    !none.some((term) => line.includes(term)) &&
    (some.length === 0 || some.some((term) => line.includes(term)));
}
