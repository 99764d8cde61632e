/**
 * The outcomes of a screening, read a second time (docs/domain.md#screening-outcomes).
 * The texts give no weight to an indicator, so `strong` and `some` are what a reader would call them. Nothing here imports the product.
 */

/** What was found about the child. */
export type ScreeningFacts = {
  readonly disclosed: boolean;
  readonly corroborated: boolean;
  readonly confirmedByPoliceOrCourt: boolean;
  readonly strongIndicators: boolean;
  readonly someIndicators: boolean;
  /** False for a child who is missing, unavailable or declined. */
  readonly complete: boolean;
};

/** The outcome that the texts give: the first test that holds. */
export const oracleOutcome = (facts: ScreeningFacts): string => {
  if (facts.disclosed || facts.corroborated || facts.confirmedByPoliceOrCourt) return 'confirmed';
  if (facts.strongIndicators) return 'high-risk';
  if (facts.someIndicators) return 'at-risk';
  return facts.complete ? 'not-indicated' : 'insufficient-info';
};

const ORDER = ['insufficient-info', 'not-indicated', 'at-risk', 'high-risk', 'confirmed'];

/** Whether a change of outcome needs a second reviewer: a higher outcome counts at once. */
export const needsSecondReviewer = (before: string, after: string): boolean =>
  ORDER.indexOf(after) < ORDER.indexOf(before);
