import type { Confidence } from '../../domain/policy/confidence.ts';

const sureness: Readonly<Record<Confidence, number>> = {
  verified: 4,
  summary: 3,
  believed: 2,
  doubtful: 1,
  assumed: 0,
};

/** True where `claimed` is surer than `known`. A value that is no confidence counts as surer. */
export const isSurer = (claimed: Confidence, known: Confidence): boolean => !(sureness[claimed] <= sureness[known]);
