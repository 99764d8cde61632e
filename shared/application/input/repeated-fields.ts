/**
 * Rejects a JSON object with the same field twice. `JSON.parse` takes the last, and code must not choose between two answers
 * about danger.
 */
import { createScanner } from 'jsonc-parser';
import { fieldName, type Problem, pathOf } from './problems.ts';

interface Level {
  /** The names so far; undefined in a list. */
  readonly names: Set<string> | undefined;
  /** The name or index of the value that is read now. */
  at: PropertyKey;
  /** Whether the next string is a field's name. */
  isName: boolean;
}

/**
 * A problem for each field that its object has more than once. `json` must be text that `JSON.parse` accepts. It reads
 * tokens, because the library's parser calls itself for each level, and a hostile text has many.
 */
export function repeatedFields(json: string): readonly Problem[] {
  const problems: Problem[] = [];
  const levels: Level[] = [];
  const scanner = createScanner(json, true);
  for (;;) {
    scanner.scan();
    // Each token is known by its first character.
    const mark = json[scanner.getTokenOffset()];
    if (mark === undefined) return problems;
    const level = levels.at(-1);
    if (mark === '{') levels.push({ names: new Set(), at: '', isName: true });
    else if (mark === '[') levels.push({ names: undefined, at: 0, isName: false });
    else if (mark === '}' || mark === ']') levels.pop();
    else if (level && mark === ',') {
      if (level.names) level.isName = true;
      else level.at = Number(level.at) + 1;
    } else if (level?.names && level.isName && mark === '"') {
      const name = scanner.getTokenValue();
      level.at = name;
      level.isName = false;
      if (level.names.has(name)) {
        // An unknown name is not repeated in the answer: the path stops at its parent.
        const path = levels.map(({ at }) => at).filter((at) => typeof at === 'number' || fieldName.test(String(at)));
        problems.push({ path: pathOf(path), sentence: 'It is said twice in one object: send it once.' });
      }
      level.names.add(name);
    }
  }
}
