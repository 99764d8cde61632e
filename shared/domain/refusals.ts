/**
 * The catalogue of refusals, with one sentence for each. Each subject has its own file, and an act refuses by the key of a
 * sentence. The description of the API lists the refusals of each command from here.
 */

import { accessRefusals } from './access/access-refusals.ts';
import { agreementRefusals } from './agreements/agreement-refusals.ts';
import { alertRefusals } from './alerts/alert-refusals.ts';
import { approvalRefusals } from './approvals/approval-refusals.ts';
import { bookingRefusals } from './bookings/booking-refusals.ts';
import { callRefusals } from './calls/call-refusals.ts';
import { cardRefusals } from './card/card-refusals.ts';
import { childRefusals } from './child/child-refusals.ts';
import { closureRefusals } from './closure/closure-refusals.ts';
import { coreRefusals } from './core/core-refusals.ts';
import { refuser } from './core/refusal.ts';
import { deadlineRefusals } from './deadlines/deadline-refusals.ts';
import { directoryRefusals } from './directory/directory-refusals.ts';
import { doubtRefusals } from './doubts/doubt-refusals.ts';
import { draftRefusals } from './drafts/draft-refusals.ts';
import { eligibilityRefusals } from './eligibility/eligibility-refusals.ts';
import { profileRefusals } from './facts/profile-refusals.ts';
import { forumRefusals } from './forums/forum-refusals.ts';
import { handoffRefusals } from './handoffs/handoff-refusals.ts';
import { hearingRefusals } from './hearings/hearing-refusals.ts';
import { identityRefusals } from './identity/identity-refusals.ts';
import { intakeRefusals } from './intake/intake-refusals.ts';
import { needRefusals } from './needs/need-refusals.ts';
import { pathwayRefusals } from './pathway/pathway-refusals.ts';
import { policyRefusals } from './policy/policy-refusals.ts';
import { recoveryRefusals } from './recovery/recovery-refusals.ts';
import { responseRefusals } from './response/response-refusals.ts';
import { reviewRefusals } from './review/review-refusals.ts';
import { sameChildRefusals } from './same-child/same-child-refusals.ts';
import { screeningRefusals } from './screening/screening-refusals.ts';
import { serviceRefusals } from './services/service-refusals.ts';
import { shiftNoteRefusals } from './shift-notes/shift-note-refusals.ts';
import { teamRefusals } from './team/team-refusals.ts';
import { trainingRefusals } from './training/training-refusals.ts';
import { venueRefusals } from './venues/venue-refusals.ts';
import { visitRefusals } from './visits/visit-refusals.ts';

export const refusals = {
  ...accessRefusals,
  ...agreementRefusals,
  ...alertRefusals,
  ...approvalRefusals,
  ...bookingRefusals,
  ...callRefusals,
  ...cardRefusals,
  ...childRefusals,
  ...closureRefusals,
  ...coreRefusals,
  ...deadlineRefusals,
  ...directoryRefusals,
  ...doubtRefusals,
  ...draftRefusals,
  ...eligibilityRefusals,
  ...forumRefusals,
  ...handoffRefusals,
  ...hearingRefusals,
  ...identityRefusals,
  ...intakeRefusals,
  ...pathwayRefusals,
  ...needRefusals,
  ...policyRefusals,
  ...profileRefusals,
  ...recoveryRefusals,
  ...responseRefusals,
  ...reviewRefusals,
  ...sameChildRefusals,
  ...screeningRefusals,
  ...serviceRefusals,
  ...teamRefusals,
  ...trainingRefusals,
  ...venueRefusals,
  ...shiftNoteRefusals,
  ...visitRefusals,
} as const;

export type RefusalKey = keyof typeof refusals;

/** A refusal by its key, with the values of its sentence. */
export const refuse = refuser(refusals);
