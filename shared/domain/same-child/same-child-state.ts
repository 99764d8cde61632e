/** What the state of a referral remembers of others about the same child. */

/** Another referral that is attached to this one, and the rules that are open there and that a closing waits for. */
export interface MergedReferral {
  readonly id: string;
  readonly owes: readonly string[];
}

export interface Merge {
  readonly from: string;
  /** When it was claimed. */
  readonly at: string;
}

/** Other referrals that may be about the same child, and those that were found to be. */
export interface SameChildState {
  readonly candidates: readonly string[];
  /** Those of them that somebody has answered about. */
  readonly answered?: readonly string[];
  /** How far each is alike, 0 to 1, where it was compared. */
  readonly scores?: Readonly<Record<string, number>>;
  readonly mergedInto?: string;
  /** What is attached to this one, or was claimed to be. */
  readonly merges: readonly Merge[];
  /** Others that may be about the same child, found while it was sealed. */
  readonly matches?: readonly { readonly of: string; readonly score: number; readonly at: string }[];
}
