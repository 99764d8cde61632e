/** How far a consumer of the ledger's stream has come with a chain. */
export interface Progress {
  /** The place of the last commit that it completed; 0 for none. */
  readonly seq: number;
  /** The hash of that commit. */
  readonly head: string;
  /** In which layout it wrote its rows. Layout 0: it writes none. */
  readonly layout: number;
  /** A chain was cut that had so many commits. Up to this place, rows of the deleted commits are replaced. */
  readonly cut?: number;
  /** The stored row says something else that is not to be believed. The next progress takes its place. */
  readonly replaces?: true;
}

export const noProgress: Progress = { seq: 0, head: '', layout: 0 };

/**
 * Progress as far as these commits bear it out. The commit that it names may be gone, or another may stand in its place. Then
 * the chain was cut, and the consumer follows all of it again. `progress` must be read before the commits.
 */
export function borneOut(
  progress: Progress,
  commits: readonly { readonly stored: { readonly hash: string } }[],
): Progress {
  const { seq, head, cut = 0 } = progress;
  if (seq === 0 || commits[seq - 1]?.stored.hash === head) return progress;
  return { ...noProgress, cut: Math.max(seq, cut), replaces: true };
}

/** Whether commits that the consumer has followed are gone, or others stand in their place. */
export const wasCut = (
  progress: Progress,
  commits: readonly { readonly stored: { readonly hash: string } }[],
): boolean => borneOut(progress, commits) !== progress;
