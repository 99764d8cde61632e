/**
 * The hashes and proofs of a Merkle tree by RFC 6962, section 2.1, as one who was handed them checks them. It imports nothing of
 * this product: the script in a proof file begins with this file.
 */
import { createHash } from 'node:crypto';

/** A SHA-256 hash, as 64 digits of base 16. */
export type Hash = string;

const sha256 = (...parts: readonly Buffer[]): Hash => createHash('sha256').update(Buffer.concat(parts)).digest('hex');

/** The root of a tree without leaves. */
export const emptyRoot: Hash = sha256();

/** `leaf`: UTF-8. */
export const leafHash = (leaf: string): Hash => sha256(Buffer.from([0]), Buffer.from(leaf, 'utf8'));

export const nodeHash = (left: Hash, right: Hash): Hash =>
  sha256(Buffer.from([1]), Buffer.from(left, 'hex'), Buffer.from(right, 'hex'));

/** How many of this many leaves stand on the left: the largest power of two below. `size` is at least 2. */
export function leftOf(size: number): number {
  let left = 1;
  while (left * 2 < size) left *= 2;
  return left;
}

/** The root that a leaf at this index, from 0, has in a tree of this size by this path. Undefined where the path does not fit. */
export function rootByPath(leaf: Hash, index: number, size: number, path: readonly Hash[]): Hash | undefined {
  if (index < 0 || index >= size) return undefined;
  if (size === 1) return path.length === 0 ? leaf : undefined;
  const last = path.at(-1);
  if (last === undefined) return undefined;
  const left = leftOf(size);
  const rest = path.slice(0, -1);
  const isLeft = index < left;
  const below = isLeft ? rootByPath(leaf, index, left, rest) : rootByPath(leaf, index - left, size - left, rest);
  if (below === undefined) return undefined;
  return isLeft ? nodeHash(below, last) : nodeHash(last, below);
}

/** The roots of both trees by this path. `first`: the earlier root, where the path begins with it. */
function rootsByPath(
  earlier: number,
  size: number,
  path: readonly Hash[],
  first: Hash | undefined,
): readonly [earlier: Hash, later: Hash] | undefined {
  const last = path.at(-1);
  if (earlier === size) {
    const own = first ?? (path.length === 1 ? last : undefined);
    return own === undefined || (first !== undefined && path.length > 0) ? undefined : [own, own];
  }
  if (last === undefined) return undefined;
  const left = leftOf(size);
  const rest = path.slice(0, -1);
  if (earlier <= left) {
    const below = rootsByPath(earlier, left, rest, first);
    return below && [below[0], nodeHash(below[1], last)];
  }
  const below = rootsByPath(earlier - left, size - left, rest, undefined);
  return below && [nodeHash(last, below[0]), nodeHash(last, below[1])];
}

/** A tree as an anchor names it. */
export interface Root {
  /** How many leaves it has. */
  readonly size: number;
  readonly root: Hash;
}

/** Whether the later tree begins with all leaves of the earlier one, by this path of RFC 6962. */
export function isConsistent(earlier: Root, later: Root, path: readonly Hash[]): boolean {
  if (earlier.size === 0) return earlier.root === emptyRoot && path.length === 0;
  if (earlier.size > later.size) return false;
  const roots = rootsByPath(earlier.size, later.size, path, earlier.root);
  return roots?.[0] === earlier.root && roots[1] === later.root;
}
