/**
 * Rejects a JSON object with the same field twice. `JSON.parse` takes the last, and code must not choose between two answers
 * about danger.
 */
import { fieldName, type Problem, pathOf } from './problems.ts';

const marks = new Set('{}[],"');

/**
 * The index of the quotation mark that closes the string at `start`. It is a loop, because a regular expression overflows on long
 * strings.
 */
function endOfText(json: string, start: number): number {
  let at = start + 1;
  while (at < json.length && json[at] !== '"') at += json[at] === '\\' ? 2 : 1;
  return at;
}

/** The strings of a JSON text, and the marks that open, close and divide. */
function* wordsOf(json: string): Generator<string> {
  for (let at = 0; at < json.length; at += 1) {
    const mark = json[at] ?? '';
    if (!marks.has(mark)) continue;
    const end = mark === '"' ? endOfText(json, at) : at;
    yield json.slice(at, end + 1);
    at = end;
  }
}

interface Level {
  /** The names so far; undefined in a list. */
  readonly names: Set<string> | undefined;
  /** The name or index of the value that is read now. */
  at: PropertyKey;
  /** Whether the next string is a field's name. */
  isName: boolean;
}

/** A problem for each field that its object has more than once. `json` must be text that `JSON.parse` accepts. */
export function repeatedFields(json: string): readonly Problem[] {
  const problems: Problem[] = [];
  const levels: Level[] = [];
  for (const word of wordsOf(json)) {
    const level = levels.at(-1);
    if (word === '{') levels.push({ names: new Set(), at: '', isName: true });
    else if (word === '[') levels.push({ names: undefined, at: 0, isName: false });
    else if (word === '}' || word === ']') levels.pop();
    else if (level && word === ',') {
      if (level.names) level.isName = true;
      else level.at = Number(level.at) + 1;
    } else if (level?.names && level.isName) {
      const name: string = JSON.parse(word);
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
  return problems;
}
