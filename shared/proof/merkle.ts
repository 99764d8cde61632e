/**
 * A Merkle tree to which leaves are only added, by RFC 6962, section 2.1. It goes on from the peaks of the tree before, so no
 * earlier leaf is read again. A node of its proofs is a peak, or is made of new leaves.
 */
import { emptyRoot, type Hash, leftOf, nodeHash, type Root } from './tree-hash.ts';

/** The full subtrees that a tree is made of, the largest first. They are all that a larger tree needs of it. */
export interface Peaks {
  readonly size: number;
  readonly hashes: readonly Hash[];
}
export const noPeaks: Peaks = { size: 0, hashes: [] };

export interface Tree {
  readonly size: number;
  /** The hash of the leaves from the first index up to the second. Throws where it is within the earlier tree and no peak. */
  readonly hashOf: (from: number, to: number) => Hash;
}

/** The sizes of the full subtrees of a tree of this size, the largest first. */
function sizesOfPeaks(size: number): readonly number[] {
  if (size === 0) return [];
  const largest = 2 ** Math.floor(Math.log2(size));
  return [largest, ...sizesOfPeaks(size - largest)];
}

const placeOf = (from: number, to: number) => `${from} ${to}`;

/** The tree before, with these leaves added. `added`: their hashes. */
export function growTree(before: Peaks, added: readonly Hash[]): Tree {
  const known = new Map<string, Hash>();
  let start = 0;
  for (const [index, width] of sizesOfPeaks(before.size).entries()) {
    known.set(placeOf(start, start + width), before.hashes[index] ?? '');
    start += width;
  }
  for (const [index, each] of added.entries()) known.set(placeOf(before.size + index, before.size + index + 1), each);
  const hashOf = (from: number, to: number): Hash => {
    const found = known.get(placeOf(from, to));
    if (found !== undefined) return found;
    if (to - from < 2) throw new Error('This leaf is of an earlier tree: only its peaks are known.');
    const middle = from + leftOf(to - from);
    const made = nodeHash(hashOf(from, middle), hashOf(middle, to));
    known.set(placeOf(from, to), made);
    return made;
  };
  return { size: before.size + added.length, hashOf };
}

export const rootOf = ({ size, hashOf }: Tree): Root => ({ size, root: size === 0 ? emptyRoot : hashOf(0, size) });

export function peaksOf({ size, hashOf }: Tree): Peaks {
  let start = 0;
  const hashes = sizesOfPeaks(size).map((width) => {
    start += width;
    return hashOf(start - width, start);
  });
  return { size, hashes };
}

/** The path from the leaf at this index, from 0, to the root. Only for leaves that were added. */
export function inclusionPath({ size, hashOf }: Tree, index: number): readonly Hash[] {
  const path = (from: number, to: number): readonly Hash[] => {
    if (to - from === 1) return [];
    const middle = from + leftOf(to - from);
    return index < middle ? [...path(from, middle), hashOf(middle, to)] : [...path(middle, to), hashOf(from, middle)];
  };
  return path(0, size);
}

/** What shows that the tree begins with the leaves of the tree of this earlier size. */
export function consistencyPath({ size, hashOf }: Tree, earlier: number): readonly Hash[] {
  const path = (from: number, to: number, isEarlier: boolean): readonly Hash[] => {
    if (earlier === to) return isEarlier ? [] : [hashOf(from, to)];
    const middle = from + leftOf(to - from);
    return earlier <= middle
      ? [...path(from, middle, isEarlier), hashOf(middle, to)]
      : [...path(middle, to, false), hashOf(from, middle)];
  };
  return earlier === 0 ? [] : path(0, size, true);
}
