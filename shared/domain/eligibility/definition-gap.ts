/**
 * A basis to allege may rest on another definition of trafficking than the service statute cites
 * (docs/domain.md#definition-gap).
 */
import type { Referral } from '../referral.ts';
import { currentScreening } from '../screening/current-screening.ts';
import type { EligibilityEvent } from './eligibility-events.ts';

type Decided = Pick<EligibilityEvent<'eligibility-decided'>, 'outcome' | 'definitionBasis' | 'legalConsulted'>;

/** Outcomes that rest on the child being a victim as C.G.S. 46a-170 defines it. */
const restOnTrafficking: readonly Decided['outcome'][] = ['basis-trafficking', 'basis-noted'];

const cited = 'C.G.S. 17a-106f and 46b-120 cite the definition of C.G.S. 46a-170, and this rests on another.';

/** The sentence that states the gap of a decision. Undefined where there is none, or a lawyer was consulted. */
export const gapOfDecision = ({ outcome, definitionBasis, legalConsulted }: Decided): string | undefined =>
  restOnTrafficking.includes(outcome) && definitionBasis !== '46a-170' && legalConsulted === 'no'
    ? `${cited} No lawyer was consulted on the gap.`
    : undefined;

/**
 * The sentence that states the gap on the page of a referral. It is that of the decision. Before a decision, it is that of
 * the screening behind the proposal.
 */
export function definitionGap(state: Referral): string | undefined {
  const { proposal, decision } = state.eligibility;
  if (decision) return gapOfDecision(decision);
  const screening = currentScreening(state);
  const isGap = proposal && restOnTrafficking.includes(proposal.outcome) && screening?.definitionBasis !== '46a-170';
  return isGap ? `${cited} Consult a lawyer before you decide.` : undefined;
}
