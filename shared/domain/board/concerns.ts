/** What may be wrong with an open referral today, in codes. A supervisor's page counts them, and each has its list. */

import { isStatutory } from '../deadlines/deadlines.ts';
import { openDeadlines } from '../deadlines/open-deadlines.ts';
import { type Milestone, type Policy, ruleOf } from '../policy/policy.ts';
import type { Referral } from '../referral.ts';
import { emptySeats } from '../team/seats.ts';

export const concerns = [
  'unclassified',
  'child-not-seen',
  'law-overdue',
  'no-safe-place',
  'unscreened',
  'no-liaison',
  'seat-empty',
] as const;
export type Concern = (typeof concerns)[number];

/** Whether an open duty waits for this milestone. */
const waitsFor =
  (milestone: Milestone) =>
  (state: Referral, policy: Policy): boolean =>
    openDeadlines(state).some((deadline) => ruleOf(policy, deadline).keptBy.includes(milestone));

/** One test for each. They read only state, so that a row changes with the commit that changes the answer. */
const tests: Readonly<Record<Concern, (state: Referral, policy: Policy) => boolean>> = {
  unclassified: waitsFor('report-classified'),
  'child-not-seen': (state, policy) =>
    waitsFor('child-seen')(state, policy) || waitsFor('response-started')(state, policy),
  'law-overdue': (state, policy) =>
    openDeadlines(state).some((deadline) => deadline.missed && isStatutory(deadline, policy)),
  'no-safe-place': waitsFor('safety-plan-recorded'),
  unscreened: waitsFor('screened'),
  'no-liaison': waitsFor('liaison-assigned'),
  'seat-empty': (state) => state.team.id !== undefined && emptySeats(state).length > 0,
};

/** The concerns of a referral. An ended one can only owe a duty of law. */
export const concernsOf = (state: Referral, policy: Policy): readonly Concern[] =>
  concerns.filter((each) => (state.stage === 'open' || each === 'law-overdue') && tests[each](state, policy));
