/** Characters that nobody writes: they come from a damaged paste or from somebody who means harm, and break what shows them. */
import { fieldName, type Problem, pathOf } from './problems.ts';

/** Of the C0 and C1 controls all but tab and the ends of lines; and what turns the direction of all the text after it. */
const control = /[^\P{Cc}\t\n\r]|[\u202a-\u202e\u2066-\u2069]/u;

/** Whether a text has such a character, or half of one. */
export const hasControl = (text: string): boolean => control.test(text) || !text.isWellFormed();

/** Deeper than any input, and than what follows the shape of one can bear. */
const deepest = 16;

/** A problem for each field whose text has one; of a field of no known kind of name, for what it is in. */
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
