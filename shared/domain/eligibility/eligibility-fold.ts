/** The fold of the eligibility proposal, the decision on it, and a caregiver who is cleared. */

import { signedIn } from '../core/commit-frame.ts';
import type { Evolvers } from '../core/event-shape.ts';
import type { Referral } from '../referral.ts';
import type { eligibilityEvents } from './eligibility-events.ts';

export const eligibilityEvolvers: Evolvers<Referral, typeof eligibilityEvents> = {
  'clearance-proposed': (state, clearance, frame) => ({ ...state, clearance: { ...clearance, ...signedIn(frame) } }),
  'caregiver-cleared': ({ clearance: _, ...state }, __, { at }) => ({
    ...state,
    caregiverNamed: false,
    caregiverRuledOut: true,
    clearedAt: at,
  }),
  'eligibility-proposed': (state, proposal, { at, seq }) => {
    const { child, danger, hold, caregiverNamed, caregiverRuledOut, birthCorrectedBy } = state;
    const born = birthCorrectedBy === undefined ? {} : { birthCorrectedBy };
    const proposedOn = { child, danger, hold, caregiverNamed, caregiverRuledOut, ...born };
    return { ...state, proposal: { ...proposal, at, seq }, proposedOn };
  },
  'eligibility-decided': (state, { type: _, v: __, ...decision }, { at, actor }) => ({
    ...state,
    decision: { ...decision, by: actor.id, at, onProposal: state.proposal?.seq ?? 0 },
  }),
};
