/** The fold of a referral's events into its state. Nothing here decides; each subject remembers its own. */

import { accessEvolvers } from './access/access-fold.ts';
import { alertEvolvers } from './alerts/alert-fold.ts';
import { approvalEvolvers } from './approvals/approval-fold.ts';
import { withoutLowering } from './approvals/lapses.ts';
import { callEvolvers } from './calls/call-fold.ts';
import { childEvolvers } from './child/child-fold.ts';
import { closureEvolvers } from './closure/closure-fold.ts';
import type { CommitFrame } from './core/commit-frame.ts';
import { deadlineEvolvers } from './deadlines/deadline-fold.ts';
import { eligibilityEvolvers } from './eligibility/eligibility-fold.ts';
import type { Event, EventOf } from './events.ts';
import { identityEvolvers } from './identity/identity-fold.ts';
import { intakeEvolvers, openReferral } from './intake/intake-fold.ts';
import { missingEvolvers } from './missing/missing-fold.ts';
import { pathwayEvolvers } from './pathway/pathway-fold.ts';
import { policyEvolvers } from './policy/policy-fold.ts';
import type { Referral } from './referral.ts';
import { responseEvolvers } from './response/response-fold.ts';
import { sameChildEvolvers } from './same-child/same-child-fold.ts';
import { screeningEvolvers } from './screening/screening-fold.ts';
import { serviceEvolvers } from './services/service-fold.ts';
import { teamEvolvers } from './team/team-fold.ts';

type Evolve = {
  readonly [Type in Event['type']]: (state: Referral, event: EventOf<Type>, frame: CommitFrame) => Referral;
};

const evolvers: Evolve = {
  ...intakeEvolvers,
  ...sameChildEvolvers,
  ...deadlineEvolvers,
  ...alertEvolvers,
  ...callEvolvers,
  ...accessEvolvers,
  ...identityEvolvers,
  ...approvalEvolvers,
  ...responseEvolvers,
  ...childEvolvers,
  ...missingEvolvers,
  ...screeningEvolvers,
  ...eligibilityEvolvers,
  ...teamEvolvers,
  ...serviceEvolvers,
  ...closureEvolvers,
  ...policyEvolvers,
  ...pathwayEvolvers,
};

/** The state after one more event. Throws where the event cannot follow, which only a damaged ledger can bring about. */
export function evolve(state: Referral | undefined, event: Event, frame: CommitFrame, id: string): Referral {
  if (event.type === 'referral-opened') {
    if (state) throw new Error('A referral is opened once, by its first event.');
    return openReferral(id, event, frame.actor);
  }
  if (!state) throw new Error('The first event of a referral opens it.');
  const apply = evolvers[event.type] as (state: Referral, event: Event, frame: CommitFrame) => Referral;
  return withoutLowering(apply(state, event, frame), event);
}

/** A commit as the fold reads it. */
export interface FoldedCommit extends CommitFrame {
  readonly events: readonly Event[];
}

/** Folds commits, in order of their sequence, from nothing or from a known state. */
export function fold(id: string, commits: readonly FoldedCommit[], from?: Referral): Referral | undefined {
  let state = from;
  for (const commit of commits) {
    for (const event of commit.events) state = evolve(state, event, commit, id);
    if (state) state = { ...state, seq: commit.seq };
  }
  return state;
}
