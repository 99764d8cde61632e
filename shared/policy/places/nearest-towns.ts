/** The towns that a text which names none may have meant. Ten lines of edit distance: no library is needed for 169 names. */
import { towns } from './towns.ts';
import { villages } from './villages.ts';

/** How many letters have to be put, taken or changed, two that changed places counting once, to make one word of the other. */
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

const lettersOf = (text: string) => text.toLowerCase().replaceAll(/[^a-z]/g, '');

/** At most a third of its letters are wrong: further away, it is no slip of the pen. */
const isNear = (distance: number, length: number) => distance <= Math.max(1, Math.floor(length / 3));

/**
 * The names of at most `count` towns, those of a village first and then the nearest; of an address, those near any part between its commas. Empty for what
 * is like no town, as most places of another state are. Nothing of the text itself is in the answer.
 */
export function nearestTowns(text: string, count = 3): readonly string[] {
  const parts = text
    .split(',')
    .map(lettersOf)
    .filter((part) => part.length > 2);
  const near = towns
    .map(({ name }) => ({ name, distance: Math.min(...parts.map((part) => editDistance(part, lettersOf(name)))) }))
    .filter(({ name, distance }) => isNear(distance, lettersOf(name).length))
    .toSorted((one, other) => one.distance - other.distance || (one.name < other.name ? -1 : 1))
    .map(({ name }) => name);
  const ofVillages = parts.flatMap((part) => villages[part] ?? []);
  return [...new Set([...ofVillages, ...near])].slice(0, count);
}
