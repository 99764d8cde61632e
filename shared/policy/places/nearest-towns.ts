/** Proposes towns for a text that names none. The edit distance takes ten lines: 169 names need no library. */
import { towns } from './towns.ts';
import { villages } from './villages.ts';

/** How many letters to insert, delete or change to make one word of the other. Two swapped neighbors count as one change. */
export function editDistance(one: string, other: string): number {
  let before: readonly number[] = [];
  let last: readonly number[] = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let row = 1; row <= one.length; row += 1) {
    const next = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const isSame = one[row - 1] === other[column - 1];
      const isSwap = row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      const ways = [(last[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1, (last[column - 1] ?? 0) + (isSame ? 0 : 1)];
      next[column] = Math.min(...ways, isSwap ? (before[column - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY);
    }
    [before, last] = [last, next];
  }
  return last[other.length] ?? 0;
}

/** What people write for the first word of a town, such as E. Hartford. */
const compass = { e: 'east', w: 'west', n: 'north', no: 'north', s: 'south', so: 'south' } as const;

const spelledOut = (text: string) =>
  text.replace(
    /^\s*(e|w|no?|so?)\b\.?(?=\s*[a-z])/i,
    (_, word: string) => compass[word.toLowerCase() as keyof typeof compass],
  );

const lettersOf = (text: string) => text.toLowerCase().replaceAll(/[^a-z]/g, '');

/** A slip of the pen: at most a third of the letters are wrong. */
const isNear = (distance: number, length: number) => distance <= Math.max(1, Math.floor(length / 3));

/**
 * At most `count` town names: those of a village first, then the nearest. Each part of an address between commas is compared.
 * Empty where no town is near, as for most places of another state. The answer holds nothing of the text.
 */
export function nearestTowns(text: string, count = 3): readonly string[] {
  const parts = text
    .split(',')
    .map((part) => lettersOf(spelledOut(part)))
    .filter((part) => part.length > 2);
  const near = towns
    .map(({ name }) => ({ name, distance: Math.min(...parts.map((part) => editDistance(part, lettersOf(name)))) }))
    .filter(({ name, distance }) => isNear(distance, lettersOf(name).length))
    .toSorted((one, other) => one.distance - other.distance || (one.name < other.name ? -1 : 1))
    .map(({ name }) => name);
  const ofVillages = parts.flatMap((part) => villages[part] ?? []);
  return [...new Set([...ofVillages, ...near])].slice(0, count);
}
