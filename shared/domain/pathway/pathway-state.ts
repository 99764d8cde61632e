/** What the state of a referral remembers of the steps of its pathway. */

/** A run that ended before its time. The next generation took over at that instant. */
export interface RunEnd {
  readonly generation: number;
  readonly because: 'lost' | 'handed-over' | 'ordered';
  /** UTC instant. */
  readonly at: string;
}

/** By the id of the run, its generations that ended before their time, in order. */
export type RunEnds = Readonly<Record<string, readonly RunEnd[]>>;

export interface PathwayState {
  /** The number of the screening whose steps are taken; 0 where they are to be taken again. */
  readonly screening: number;
  /** The clocks that start with the report could not be computed. The sweep opens them. */
  readonly clocksMissing?: true;
}
