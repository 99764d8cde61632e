/** Intervals of shares and of their differences, at 95 in 100. Shares and bounds are between 0 and 1, differences between -1 and 1. */

/** The quantile of the normal distribution for 95 in 100, on both sides. */
const z = 1.959963984540054;

export type Interval = readonly [low: number, high: number];

/**
 * Wilson's score interval of a share (Wilson 1927). `of` is at least 1 and `count` lies between 0 and `of`, both whole; else it
 * throws RangeError.
 */
export function wilson(count: number, of: number): Interval {
  if (!Number.isInteger(count) || !Number.isInteger(of) || of < 1 || count < 0 || count > of) {
    throw new RangeError(`A share needs whole numbers, and ${count} of ${of} is none.`);
  }
  const share = count / of;
  const middle = share + (z * z) / (2 * of);
  const half = z * Math.sqrt((share * (1 - share)) / of + (z * z) / (4 * of * of));
  const size = 1 + (z * z) / of;
  // Rounding may leave a bound just outside of what a share can be.
  return [
    count === 0 ? 0 : Math.max(0, (middle - half) / size),
    count === of ? 1 : Math.min(1, (middle + half) / size),
  ];
}

/** The counts of a group that a share is made of. */
export interface Part {
  readonly count: number;
  readonly of: number;
}

/** The difference of two independent shares, one minus other, by Newcombe's hybrid score interval (Newcombe 1998, method 10). */
export function newcombe(one: Part, other: Part): { readonly difference: number; readonly interval: Interval } {
  const [p1, p2] = [one.count / one.of, other.count / other.of];
  const [[l1, u1], [l2, u2]] = [wilson(one.count, one.of), wilson(other.count, other.of)];
  const difference = p1 - p2;
  return {
    difference,
    interval: [
      difference - Math.sqrt((p1 - l1) ** 2 + (u2 - p2) ** 2),
      difference + Math.sqrt((u1 - p1) ** 2 + (p2 - l2) ** 2),
    ],
  };
}
