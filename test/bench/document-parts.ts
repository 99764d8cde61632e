/** The parts of docs/bench.md that are also measured alone. They stand at its end, in this order. */
const beginnings = ['## Weight', '## Facts and reports', '## Growth'];
const beginning = new RegExp(`^(?=(?:${beginnings.join('|')})$)`, 'm');

/** Those that a document has. */
export const partsIn = (document: string): readonly string[] => document.split(beginning).slice(1);

/** The document with these parts, each in place of the one that it has. */
export function withParts(document: string, ...parts: readonly string[]): string {
  const rank = (part: string) => beginnings.indexOf(part.split('\n')[0] ?? '');
  const byRank = new Map([...partsIn(document), ...parts].map((part) => [rank(part), part.trimEnd()]));
  const ordered = [...byRank].toSorted(([one], [other]) => one - other).map(([, part]) => part);
  return `${[document.split(beginning)[0]?.trimEnd(), ...ordered].join('\n\n')}\n`;
}
