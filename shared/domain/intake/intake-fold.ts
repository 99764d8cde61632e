/** The fold of what is recorded of a report and its places, and the state that a referral opens with. */

import type { Actor } from '../core/commit-frame.ts';
import { type Evolvers, unchanged } from '../core/event-shape.ts';
import { caregiverTopic } from '../eligibility/caregiver-fold.ts';
import type { EventOf } from '../events.ts';
import { left } from '../missing/missing-fold.ts';
import type { Referral } from '../referral.ts';
import type { intakeEvents } from './intake-events.ts';

/** Another team means that the pathway's steps have something to do again. */
const routed = ({ liaison, ...state }: Referral, routing: NonNullable<Referral['routing']>): Referral => ({
  ...state,
  // A liaison answers for one region.
  ...(liaison !== undefined && routing.region === state.routing?.region && { liaison }),
  routing,
  pathwayScreening: routing.team === state.team ? state.pathwayScreening : 0,
});

/** The state before the first event is not a referral, so the first event makes one. */
export function openReferral(id: string, opened: EventOf<'referral-opened'>, actor: Actor): Referral {
  const { type: _, v: __, routing, blindIndex, nearestTowns = {}, takenBy: taker, ...facts } = opened;
  const takenBy = taker ?? (actor.kind === 'person' ? actor.id : undefined);
  return {
    id,
    seq: 0,
    stage: 'open',
    ...facts,
    nearestTowns,
    ...(takenBy !== undefined && { takenBy }),
    routingSaid: false,
    ...(routing && { routing }),
    ...(blindIndex !== undefined && { blindIndex }),
    reported: { population: opened.child.population, legalStatus: opened.child.legalStatus },
    danger: opened.child.danger,
    candidates: [],
    attachments: [],
    screenings: [],
    instruments: [],
    missing: opened.child.missingNow === 'yes',
    absences: opened.child.missingNow === 'yes' ? left([], opened.receivedAt) : [],
    hold: false,
    caregiverNamed: opened.child.indicators.includes(caregiverTopic),
    caregiverRuledOut: false,
    enteredCare: false,
    charged: false,
    deadlines: {},
    seats: [],
    vacant: [],
    formerSeats: [],
    pledges: {},
    meetings: [],
    pastMeetings: [],
    recommended: [],
    owners: {},
    linkages: {},
    consents: [],
    apartRecords: [],
    unmetNeeds: [],
    pathwayScreening: 0,
    closureOpened: false,
    alerts: {},
    generation: 1,
  };
}

export const intakeEvolvers: Evolvers<Referral, typeof intakeEvents> = {
  'referral-opened': unchanged,
  'routing-confirmed': ({ suggestedRouting: _, ...state }, { routing }) => ({
    ...routed(state, routing),
    routingSaid: true,
  }),
  'place-corrected': ({ nearestTowns, ...state }, { place, town, routing, suggested }) => {
    const { [place]: _, ...others } = nearestTowns;
    const corrected = { ...state, nearestTowns: others, child: { ...state.child, [place]: town } };
    if (routing) return routed(corrected, routing);
    return suggested && state.routing
      ? { ...corrected, suggestedRouting: suggested, routing: { ...state.routing, confirmed: false } }
      : corrected;
  },
  'report-classified': unchanged,
  'written-report-received': unchanged,
};
