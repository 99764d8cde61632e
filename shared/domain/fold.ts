/**
 * The fold of a referral's events into its state. Nothing here decides. Each subject folds its own part
 * (`part-fold.ts`).
 */

import { accessFold } from './access/access-fold.ts';
import { alertFold } from './alerts/alert-fold.ts';
import { proposalFold } from './approvals/proposal-fold.ts';
import { bookingFold } from './bookings/booking-fold.ts';
import { callFold } from './calls/call-fold.ts';
import { cardFold } from './card/card-fold.ts';
import { childFold } from './child/child-fold.ts';
import { closureFold, endedAtFold, stageFold } from './closure/closure-fold.ts';
import type { CommitHead } from './core/commit-head.ts';
import { deadlineFold } from './deadlines/deadline-fold.ts';
import { runFold } from './deadlines/run-fold.ts';
import { eligibilityFold } from './eligibility/eligibility-fold.ts';
import type { Event, EventType } from './events.ts';
import { profileFold } from './facts/profile-fold.ts';
import { handoffFold } from './handoffs/handoff-fold.ts';
import { hearingFold } from './hearings/hearing-fold.ts';
import { identityFold } from './identity/identity-fold.ts';
import { openReferral, placesFold, reportFold } from './intake/intake-fold.ts';
import { missingFold } from './missing/missing-fold.ts';
import { needFold } from './needs/need-fold.ts';
import type { PartFold } from './part-fold.ts';
import { generationFold, pathwayFold, runEndsFold } from './pathway/pathway-fold.ts';
import { policyFold } from './policy/policy-fold.ts';
import { recoveryFold } from './recovery/recovery-fold.ts';
import type { Referral } from './referral.ts';
import { responseFold } from './response/response-fold.ts';
import { reviewFold } from './review/review-fold.ts';
import { sameChildFold } from './same-child/same-child-fold.ts';
import { screeningFold } from './screening/screening-fold.ts';
import { serviceFold } from './services/service-fold.ts';
import { shiftNoteFold } from './shift-notes/shift-note-fold.ts';
import { teamFold } from './team/team-fold.ts';
import { visitFold } from './visits/visit-fold.ts';
import { whereaboutsFold } from './whereabouts/moves.ts';

/** The fold of every part of the state. The id comes from the first event, and `seq` from the last commit. */
const parts: { readonly [Part in Exclude<keyof Referral, 'id' | 'seq'>]-?: PartFold<Part> } = {
  stage: stageFold,
  endedAt: endedAtFold,
  policy: policyFold,
  generation: generationFold,
  runEnds: runEndsFold,
  report: reportFold,
  child: childFold,
  profile: profileFold,
  card: cardFold,
  hearings: hearingFold,
  bookings: bookingFold,
  needs: needFold,
  handoffs: handoffFold,
  recovery: recoveryFold,
  shiftNotes: shiftNoteFold,
  visits: visitFold,
  whereabouts: whereaboutsFold,
  places: placesFold,
  response: responseFold,
  missing: missingFold,
  screening: screeningFold,
  eligibility: eligibilityFold,
  team: teamFold,
  review: reviewFold,
  services: serviceFold,
  sameChild: sameChildFold,
  identity: identityFold,
  access: accessFold,
  pathway: pathwayFold,
  closure: closureFold,
  proposals: proposalFold,
  deadlines: deadlineFold,
  runs: runFold,
  alerts: alertFold,
  calls: callFold,
};

/** One entry of a part's fold, whose types its table has checked. */
type Apply = (part: unknown, event: Event, commit: CommitHead, before: Referral) => unknown;

/** By type of event, the parts that it changes. */
const listeners = new Map<EventType, readonly (readonly [part: string, apply: Apply])[]>();
for (const [part, fold] of Object.entries(parts)) {
  for (const [type, apply] of Object.entries(fold) as [EventType, Apply][]) {
    listeners.set(type, [...(listeners.get(type) ?? []), [part, apply]]);
  }
}

/** The state after one more event. Throws where the event cannot follow, which only a damaged ledger can cause. */
export function evolve(state: Referral | undefined, event: Event, commit: CommitHead, id: string): Referral {
  if (event.type === 'referral-opened') {
    if (state) throw new Error('A referral is opened once, by its first event.');
    return openReferral(id, event, commit);
  }
  if (!state) throw new Error('The first event of a referral opens it.');
  const changed: Record<string, unknown> = {};
  for (const [part, apply] of listeners.get(event.type) ?? []) {
    changed[part] = apply(state[part as keyof Referral], event, commit, state);
  }
  return { ...state, ...changed };
}

/** A commit as the fold reads it. */
export interface FoldedCommit extends CommitHead {
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
