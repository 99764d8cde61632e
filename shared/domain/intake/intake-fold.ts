/** The fold of the events of a report and its places, and the state that a referral opens with. */

import type { CommitHead } from '../core/commit-head.ts';
import { whereKnown } from '../core/where-known.ts';
import { caregiverTopic } from '../eligibility/caregiver-topic.ts';
import type { EventOf } from '../events.ts';
import { applyChildMissing } from '../missing/missing-fold.ts';
import type { PartFold } from '../part-fold.ts';
import type { Referral } from '../referral.ts';

/** The state before the first event is not a referral, so the first event makes one. */
export function openReferral(
  id: string,
  opened: EventOf<'referral-opened'>,
  { actor, isUnproved }: Pick<CommitHead, 'actor' | 'isUnproved'>,
): Referral {
  const { reportId, siblings, receivedAt, recordedAt, lateReason, report, texts, child } = opened;
  const { blindIndex, nearestTowns = {}, takenBy: taker, clocksMissing, given } = opened;
  // A forged place would open the child to the people of that place.
  const routing = isUnproved ? undefined : opened.routing;
  // The person who took the report may read who reported.
  const takenBy = isUnproved ? undefined : (taker ?? (actor.kind === 'person' ? actor.id : undefined));
  return {
    id,
    seq: 0,
    stage: 'open',
    generation: 1,
    report: {
      id: reportId,
      siblings,
      receivedAt,
      recordedAt,
      ...whereKnown({ lateReason, takenBy }),
      facts: report,
      child: { population: child.population, legalStatus: child.legalStatus },
      texts,
    },
    child,
    places: { ...(routing && { routing }), routingSaid: false, nearestTowns },
    response: {
      danger: child.danger,
      hold: false,
      enteredCare: false,
      charged: false,
      tribeNotices: [],
      caseNumbers: [],
      licensingNotices: [],
      educationNotices: [],
    },
    missing: { absences: child.missingNow === 'yes' ? applyChildMissing([], receivedAt) : [] },
    screening: { list: [], instruments: [] },
    eligibility: { caregiverHadPart: child.indicators.includes(caregiverTopic) ? 'yes' : 'unknown' },
    team: { seats: [], vacant: [], formerSeats: [], confidentialityAgreements: {}, meetings: [], pastMeetings: [] },
    services: { recommended: [], owners: {}, linkages: {}, consents: [], part2Records: [], unmetNeeds: [] },
    sameChild: { candidates: [], merges: [] },
    identity: whereKnown({ given, blindIndex }),
    access: {},
    pathway: { screening: 0, ...(clocksMissing && { clocksMissing }) },
    closure: { opened: false },
    proposals: {},
    deadlines: {},
    runs: {},
    alerts: {},
  };
}

export const reportFold: PartFold<'report'> = {
  'call-noted': (
    state,
    { call, scene, whereExactly, withWhom, workerSafety, childsNumber, notes },
    { at },
    { seq },
  ) => {
    const said = whereKnown({ whereExactly, withWhom, workerSafety, childsNumber, notes });
    return {
      ...state,
      ...(call && { call: { ...state.call, ...call } }),
      ...(scene && { scene: { ...state.scene, ...scene } }),
      // The call that opens the referral was heard when the report was received.
      ...(Object.keys(said).length > 0 && {
        notes: [...(state.notes ?? []), { at: seq === 0 ? state.receivedAt : at, ...said }],
      }),
    };
  },
  'safe-contact-noted': (state, { safeContact }) => ({ ...state, texts: { ...state.texts, safeContact } }),
};

export const placesFold: PartFold<'places'> = {
  'routing-confirmed': ({ suggestedRouting: _, ...state }, { routing }) => ({ ...state, routing, routingSaid: true }),
  'place-corrected': (state, { place, routing, suggested }) => {
    const { [place]: _, ...nearestTowns } = state.nearestTowns;
    const corrected = { ...state, nearestTowns };
    if (routing) return { ...corrected, routing };
    return suggested && state.routing
      ? { ...corrected, suggestedRouting: suggested, routing: { ...state.routing, confirmed: false } }
      : corrected;
  },
};
