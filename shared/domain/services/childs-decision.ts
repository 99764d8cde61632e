/**
 * Whether a child's own "no" to the acute exam may be recorded as the child's decision
 * (docs/domain.md#consent-to-exam).
 */
import type { Refusal } from '../core/refusal.ts';
import { mostYears, youngestPossible } from '../intake/report-facts.ts';
import type { Referral } from '../referral.ts';
import { refuse } from '../refusals.ts';

/**
 * From this age in years on, the child's own "no" is recorded as a decision. Assumed: counsel has yet to confirm it.
 */
const decidesFrom = 13;

/**
 * A refusal where the child may be too young for a "no" that ends the exam, or gave no reason. `reason` is the id of
 * the words. An unknown age may be below 13.
 */
export function childsNoIsNone({ child }: Pick<Referral, 'child'>, reason: string | undefined): Refusal | undefined {
  if (youngestPossible(child.age) < decidesFrom) {
    const may = (mostYears(child.age) ?? decidesFrom) < decidesFrom ? '' : ' Record the age first, if you know it.';
    return refuse('too-young-to-decide', { may });
  }
  return reason === undefined ? refuse('reason-missing/childs-decision') : undefined;
}
