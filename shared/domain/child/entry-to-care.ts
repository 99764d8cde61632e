/** What begins when it becomes known that a child is in care. */
import { tellOfTribe } from '../alerts/alert-requests.ts';
import type { Decision } from '../core/decision.ts';
import { followAge, followPlan, reportIdentified, wasInCareBefore } from '../deadlines/clocks.ts';
import { openOnce } from '../deadlines/deadlines.ts';
import { isInCare } from '../intake/report-facts.ts';
import type { Referral } from '../referral.ts';

/** What is known of a child who enters care: the child lives there, and is a client. */
export const factsOfCare = ({ dcfClient }: Pick<Referral['child'], 'dcfClient'>) => ({
  population: 'in-dcf-care' as const,
  ...(dcfClient === 'no' && { dcfClient: 'yes' as const }),
});

/**
 * After new facts about the care of the child. `before`: the referral before them. `entry`: the start of the first entry
 * to care, where these facts are one.
 */
export function followCare(
  decision: Decision,
  before: Referral,
  entry: { readonly start: string; readonly startedBy?: 'facts-learned' },
): void {
  reportIdentified(decision, { since: entry.start, before });
  if (isInCare(decision.state().child) && !isInCare(before.child)) {
    if (!wasInCareBefore(before)) openOnce(decision, 'D26', entry, true);
    tellOfTribe(decision);
    followPlan(decision);
  }
  followAge(decision, before, entry.start);
}
