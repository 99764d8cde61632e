/** How well pairs are told apart, through the keys and the marks as the vault keeps them. */

import { keysOf, likenessTo, marksOf, soughtUnder } from '../../shared/application/matching/blind-index.ts';
import { createDigests } from '../../shared/application/matching/secret.ts';
import { nameScoreThreshold } from '../../shared/domain/same-child/likeness.ts';
import type { Pair } from './invented-children.ts';

const digests = createDigests('the key of these tests');

/**
 * Whether the second is shown as a candidate of the first. It is found under one of the first's keys, and alike enough.
 */
export function isFound({ one, other }: Pair): boolean {
  const keys = soughtUnder(one, digests);
  if (!keysOf(other, digests).some((key) => keys.includes(key))) return false;
  return (likenessTo(one, digests)(marksOf(other, digests)) ?? 0) >= nameScoreThreshold;
}

/** Recall: of the pairs of one child, those found. Precision: of the pairs found, those of one child. */
export function qualityOn(pairs: readonly Pair[]) {
  const kinds = new Map<string, { found: number; of: number; same: boolean }>();
  for (const pair of pairs) {
    const kind = kinds.get(pair.kind) ?? { found: 0, of: 0, same: pair.same };
    kinds.set(pair.kind, { ...kind, of: kind.of + 1, found: kind.found + (isFound(pair) ? 1 : 0) });
  }
  const sum = (same: boolean, what: 'found' | 'of') =>
    [...kinds.values()].filter((kind) => kind.same === same).reduce((total, kind) => total + kind[what], 0);
  return {
    kinds,
    recall: sum(true, 'found') / sum(true, 'of'),
    precision: sum(true, 'found') / (sum(true, 'found') + sum(false, 'found')),
  };
}
