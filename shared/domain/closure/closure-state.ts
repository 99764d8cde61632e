/** What the state of a referral remembers of its end. */

export interface ClosureState {
  /** Whether closing is open. */
  readonly opened: boolean;
}
