/** Fields that one object of a JSON text says twice. `JSON.parse` takes the last, and nobody may choose between two dangers. */
import { fieldName, type Problem, pathOf } from './problems.ts';

const marks = new Set('{}[],"');

/** The index of the quotation mark that ends the text which begins at `start`. A loop, where an expression has no stack for long ones. */
function endOfText(json: string, start: number): number {
  let at = start + 1;
  while (at < json.length && json[at] !== '"') at += json[at] === '\\' ? 2 : 1;
  return at;
}

/** Each text, and what opens, closes and divides. */
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
  /** The fields so far; undefined in a list. */
  readonly names: Set<string> | undefined;
  /** Of the value that is read now. */
  at: PropertyKey;
  /** Whether the next text is the name of a field. */
  isName: boolean;
}

/** A problem for each field that is there more than once in its object. `json` is what `JSON.parse` takes; else nothing is sure. */
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
        // A name of no known kind is not repeated: the problem is of what it is in.
        const path = levels.map(({ at }) => at).filter((at) => typeof at === 'number' || fieldName.test(String(at)));
        problems.push({ path: pathOf(path), sentence: 'It is said twice in one object: send it once.' });
      }
      level.names.add(name);
    }
  }
  return problems;
}
