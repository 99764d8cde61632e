/**
 * Rejects characters that people do not type. They come from a damaged paste or an attack, and break the pages that show them.
 */
import { fieldName, type Problem, pathOf } from './problems.ts';

/** C0 and C1 controls except tab and line ends, and the characters that change the direction of text. */
const control = /[^\P{Cc}\t\n\r]|[\u202a-\u202e\u2066-\u2069]/u;

/** Whether a line has no control character at all, not even a tab or a line end. */
export const isPrintable = (line: string): boolean => !/\p{Control}/u.test(line);

/** Whether a text has such a character, or half of a surrogate pair. */
const hasControl = (text: string): boolean => control.test(text) || !text.isWellFormed();

/** No input is nested this deep, and code that walks an input could not go deeper. */
const deepest = 16;

/**
 * A problem for each field whose text has such a character. Where the field's name is not known, the path stops at its parent.
 */
export function controlCharacters(input: unknown): readonly Problem[] {
  const problems: Problem[] = [];
  const look = (value: unknown, path: readonly PropertyKey[], depth: number): void => {
    if (depth > deepest) {
      problems.push({ path: pathOf(path.slice(0, 1)), sentence: 'It is nested more deeply than any input is.' });
      return;
    }
    if (typeof value === 'string' && hasControl(value)) {
      const sentence = 'It holds control characters, which no text has: type it anew, or paste it as plain text.';
      problems.push({ path: pathOf(path), sentence });
    }
    if (typeof value !== 'object' || value === null) return;
    for (const [key, member] of Object.entries(value)) {
      if (Array.isArray(value)) look(member, [...path, Number(key)], depth + 1);
      else {
        if (hasControl(key))
          problems.push({ path: pathOf(path), sentence: 'It has a field whose name holds control characters.' });
        look(member, fieldName.test(key) ? [...path, key] : path, depth + 1);
      }
    }
  };
  look(input, [], 0);
  return problems;
}
