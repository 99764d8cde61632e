/**
 * The outcomes of a screening, read a second time (docs/domain.md#screening-outcomes).
 * The texts give no weight to an indicator, so between high-risk and at-risk both answers fit. Nothing here imports the product.
 */

/** Every outcome. */
export const OUTCOMES = ['insufficient-info', 'not-indicated', 'at-risk', 'high-risk', 'confirmed'] as const;
export type OracleOutcome = (typeof OUTCOMES)[number];

/** What was found about the child. */
export type ScreeningFacts = {
  /** The child disclosed it, evidence corroborates it, or police or a court confirmed it. */
  readonly confirmed: boolean;
  /** Whether there is any indicator. */
  readonly indicated: boolean;
  /** False where a topic has no answer. */
  readonly complete: boolean;
};

/** The outcomes that fit the texts: one, or both of those between which weights decide. */
export const mayPropose = ({ confirmed, indicated, complete }: ScreeningFacts): readonly string[] => {
  if (confirmed) return ['confirmed'];
  if (indicated) return ['high-risk', 'at-risk'];
  return complete ? ['not-indicated'] : ['insufficient-info'];
};

/** How high an outcome is. Neither of not-indicated and insufficient-info is lower than the other. */
const HEIGHT = { 'insufficient-info': 0, 'not-indicated': 0, 'at-risk': 1, 'high-risk': 2, confirmed: 3 } as const;

/** Whether a change of outcome needs a second reviewer: a higher outcome counts at once. */
export const needsSecondReviewer = (before: OracleOutcome, after: OracleOutcome): boolean =>
  HEIGHT[after] < HEIGHT[before];
