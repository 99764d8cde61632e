/**
 * What the simulator found and nobody has mended yet. It is counted and printed, and does not fail a run; whoever mends one
 * removes its line.
 */
import type { Breach } from './invariants.ts';

interface KnownGap {
  readonly invariant: Breach['invariant'];
  readonly sentence: RegExp;
  /** Why it is so. */
  readonly because: string;
}

export const knownGaps: readonly KnownGap[] = [
  {
    invariant: 5,
    sentence: /is not marked as a repeat\.$/,
    because: 'Nothing is written down before a mail is handed over, so the second attempt cannot know of the first.',
  },
  {
    invariant: 5,
    sentence: /as two invocations answered one bounce\.$/,
    because:
      "After a bounce that came while the first mails were being recorded, the referral's record and the alert's own are worked on side by side, and both write to the next person (case 42/58).",
  },
];

export const isKnown = ({ invariant, sentence }: Breach): boolean =>
  knownGaps.some((gap) => gap.invariant === invariant && gap.sentence.test(sentence));
