/** What the state of a referral remembers of the steps of its pathway. */

export interface PathwayState {
  /** The number of the screening whose steps are taken; 0 where they are to be taken again. */
  readonly screening: number;
  /** The clocks that start with the report could not be computed. The sweep opens them. */
  readonly clocksMissing?: true;
}
