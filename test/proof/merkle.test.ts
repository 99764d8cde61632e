import fc from 'fast-check';
import { expect, test } from 'vitest';
import { consistencyPath, growTree, inclusionPath, noPeaks, peaksOf, rootOf } from '../../shared/proof/merkle.ts';
import { emptyRoot, isConsistent, leafHash, nodeHash, rootByPath } from '../../shared/proof/tree-hash.ts';

const treeOf = (leaves: readonly string[]) => growTree(noPeaks, leaves.map(leafHash));
const utf8 = (base16: string) => Buffer.from(base16, 'hex').toString('utf8');

/** The leaves and roots with which the reference implementation of Certificate Transparency tests RFC 6962. */
const reference = [
  ['', '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d'],
  ['00', 'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125'],
  ['10', 'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77'],
  ['2021', 'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7'],
  ['3031', '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4'],
  ['40414243', '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef'],
  ['5051525354555657', 'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c'],
  ['606162636465666768696a6b6c6d6e6f', '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328'],
] as const;

test('the roots are those of the reference implementation of RFC 6962', () => {
  expect(emptyRoot).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  expect(rootOf(treeOf([])).root).toBe(emptyRoot);
  for (const [index, [, root]] of reference.entries()) {
    const leaves = reference.slice(0, index + 1).map(([leaf]) => utf8(leaf));
    expect(rootOf(treeOf(leaves))).toEqual({ size: index + 1, root });
  }
});

test('the paths are those of the examples of RFC 6962, section 2.1.3', () => {
  const [a, b, c, d, e, f, j] = ['d0', 'd1', 'd2', 'd3', 'd4', 'd5', 'd6'].map(leafHash);
  const [g, h, i] = [nodeHash(a ?? '', b ?? ''), nodeHash(c ?? '', d ?? ''), nodeHash(e ?? '', f ?? '')];
  const [k, l] = [nodeHash(g, h), nodeHash(i, j ?? '')];
  const tree = treeOf(['d0', 'd1', 'd2', 'd3', 'd4', 'd5', 'd6']);
  expect(rootOf(tree).root).toBe(nodeHash(k, l));
  expect(inclusionPath(tree, 0)).toEqual([b, h, l]);
  expect(inclusionPath(tree, 3)).toEqual([c, g, l]);
  expect(inclusionPath(tree, 4)).toEqual([f, j, k]);
  expect(inclusionPath(tree, 6)).toEqual([i, k]);
  expect(consistencyPath(tree, 3)).toEqual([c, d, g, l]);
  expect(consistencyPath(tree, 4)).toEqual([l]);
  expect(consistencyPath(tree, 6)).toEqual([i, j, k]);
});

test('a tree that goes on from peaks has the same root, peaks and proofs as one of all leaves', () => {
  fc.assert(
    fc.property(fc.nat(70), fc.integer({ min: 1, max: 70 }), (earlier, more) => {
      const leaves = Array.from({ length: earlier + more }, (_, index) => `leaf ${index}`);
      const [first, whole] = [treeOf(leaves.slice(0, earlier)), treeOf(leaves)];
      const grown = growTree(peaksOf(first), leaves.slice(earlier).map(leafHash));
      expect(rootOf(grown)).toEqual(rootOf(whole));
      expect(peaksOf(grown)).toEqual(peaksOf(whole));
      const path = consistencyPath(grown, earlier);
      expect(path).toEqual(consistencyPath(whole, earlier));
      expect(isConsistent(rootOf(first), rootOf(grown), path)).toBe(true);
      for (let index = earlier; index < leaves.length; index += 1) {
        const own = inclusionPath(grown, index);
        expect(rootByPath(leafHash(leaves[index] ?? ''), index, grown.size, own)).toBe(rootOf(grown).root);
      }
    }),
    { numRuns: 60 },
  );
});

test('a path proves neither another leaf, nor another place, nor another earlier tree', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 40 }), fc.nat(), fc.nat(), (size, some, other) => {
      const leaves = Array.from({ length: size }, (_, index) => `leaf ${index}`);
      const tree = treeOf(leaves);
      const { root } = rootOf(tree);
      const index = some % size;
      const path = inclusionPath(tree, index);
      const own = leafHash(leaves[index] ?? '');
      expect(rootByPath(leafHash('forged'), index, size, path)).not.toBe(root);
      expect(rootByPath(own, index, size, path.slice(1))).not.toBe(root);
      expect(rootByPath(own, index, size, [...path, own])).not.toBe(root);
      const place = other % size;
      if (place !== index) expect(rootByPath(own, place, size, path)).not.toBe(root);
      const earlier = 1 + (some % (size - 1));
      const forged = { ...rootOf(treeOf(leaves.slice(0, earlier))), root: leafHash('forged') };
      expect(isConsistent(forged, rootOf(tree), consistencyPath(tree, earlier))).toBe(false);
    }),
    { numRuns: 60 },
  );
});

test('what is within the earlier tree is not made up', () => {
  const grown = growTree(peaksOf(treeOf(['1', '2'])), ['3'].map(leafHash));
  expect(() => inclusionPath(grown, 0)).toThrow('of an earlier tree');
});
