/** Which of two confidences claims more. */
import type { Confidence } from '../../domain/policy/policy.ts';

const sureness: Readonly<Record<Confidence, number>> = { verified: 4, summary: 3, believed: 2, shaky: 1, assumed: 0 };

/** True where `claimed` says more than `known` allows; what is no confidence at all claims too much. */
export const isSurer = (claimed: Confidence, known: Confidence): boolean => !(sureness[claimed] <= sureness[known]);
