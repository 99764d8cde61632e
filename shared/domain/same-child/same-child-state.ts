/** What the state of a referral remembers of others about the same child. */

/** Another referral merged into this one, and its open rules that the closing of this one waits for. */
export interface MergedReferral {
  readonly id: string;
  readonly owes: readonly string[];
}

export interface Merge {
  readonly from: string;
  /** When it was reserved. */
  readonly at: string;
}

/** Other referrals that may be about the same child, and those that are. */
export interface SameChildState {
  readonly candidates: readonly string[];
  /** The candidates with an answer. */
  readonly answered?: readonly string[];
  /** How alike each is, 0 to 1, where it was compared. */
  readonly scores?: Readonly<Record<string, number>>;
  /** Since this instant its names could not be compared with those of all other referrals. */
  readonly uncomparedSince?: string;
  readonly mergedInto?: string;
  /** The referrals merged into this one, or reserved for it. */
  readonly merges: readonly Merge[];
  /** Others that may be about the same child, found while this one was sealed. */
  readonly matches?: readonly { readonly of: string; readonly score: number; readonly at: string }[];
}
