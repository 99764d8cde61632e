/** The HART liaison of a referral, who accepts or has accepted the assignment (docs/domain.md#exam-owner). */

import type { Deadline } from '../deadlines/deadline-state.ts';
import { openDeadlines } from '../deadlines/open-deadlines.ts';
import { type Policy, ruleOf } from '../policy/policy.ts';
import type { Referral } from '../referral.ts';

/** The id of the liaison who was assigned and has not accepted yet. Undefined where there is none. */
export const liaisonAsked = ({
  response: { liaison, liaisonAcceptedAt },
}: Pick<Referral, 'response'>): string | undefined => (liaisonAcceptedAt === undefined ? liaison : undefined);

/** The open duties that another role keeps until a liaison has accepted. The one due first is at the front. */
export const dutiesOnAcceptance = (state: Referral, policy: Policy): readonly Deadline[] =>
  openDeadlines(state)
    .filter((open) => ruleOf(policy, open).alertUntilAccepted)
    .toSorted((one, other) => Date.parse(one.due) - Date.parse(other.due));
