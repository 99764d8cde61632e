/**
 * What the simulator found and what is not mended yet. It is counted and printed, and does not fail a run. The engineer
 * who mends one removes its line.
 */
import type { Breach } from './invariants.ts';

interface KnownGap {
  readonly invariant: Breach['invariant'];
  readonly sentence: RegExp;
  /** Why it is so. */
  readonly because: string;
}

export const knownGaps: readonly KnownGap[] = [];

export const isKnown = ({ invariant, sentence }: Breach): boolean =>
  knownGaps.some((gap) => gap.invariant === invariant && gap.sentence.test(sentence));
