/** The fold of the eligibility proposal, the decision on it, and what is known of a caregiver. */
import { signedIn } from '../core/commit-head.ts';
import type { PartFold } from '../part-fold.ts';
import { caregiverTopic, isAllegedBy, isNamedBy, saysOfCaregiver } from './caregiver-topic.ts';
import type { EligibilityState } from './eligibility-state.ts';

/** Once a caregiver is alleged, a proposal to clear them is void. */
const withoutClearance = ({ clearance: _, ...state }: EligibilityState): EligibilityState => state;

/** A caregiver is named as having had a part in it. */
const applyCaregiverNamed = (state: EligibilityState): EligibilityState => ({
  ...withoutClearance(state),
  caregiverNamed: true,
  caregiverRuledOut: false,
});

export const eligibilityFold: PartFold<'eligibility'> = {
  'clearance-proposed': (state, clearance, commit) => ({ ...state, clearance: { ...clearance, ...signedIn(commit) } }),
  'proposal-refused': (state, { proposal }) => (proposal === 'clearance' ? withoutClearance(state) : state),
  'caregiver-cleared': (state, _, { at }) => ({
    ...withoutClearance(state),
    caregiverNamed: false,
    caregiverRuledOut: true,
    clearedAt: at,
  }),
  'eligibility-proposed': (state, proposal, { at, seq }, { child, response: { danger, hold }, identity }) => {
    const { caregiverNamed, caregiverRuledOut } = state;
    const { birthCorrectedBy } = identity;
    const proposedOn = {
      child,
      response: { danger, hold },
      eligibility: { caregiverNamed, caregiverRuledOut },
      identity: birthCorrectedBy === undefined ? {} : { birthCorrectedBy },
    };
    return { ...state, proposal: { ...proposal, at, seq }, proposedOn };
  },
  'eligibility-decided': (state, { type: _, v: __, ...decision }, { at, actor }) => ({
    ...state,
    decision: { ...decision, by: actor.id, at, onProposal: state.proposal?.seq ?? 0 },
  }),
  screened: (state, { indicators }) => (indicators.includes(caregiverTopic) ? applyCaregiverNamed(state) : state),
  // A "no" clears a caregiver who was never named. Unknown changes nothing.
  'checklist-answered': (state, { answers }) => {
    if (saysOfCaregiver(answers, 'yes')) return applyCaregiverNamed(state);
    return saysOfCaregiver(answers, 'no') && !state.caregiverNamed ? { ...state, caregiverRuledOut: true } : state;
  },
  'facts-learned': (state, learned, _, before) => {
    if (isNamedBy(learned, before)) return applyCaregiverNamed(state);
    return isAllegedBy(learned, before) ? withoutClearance(state) : state;
  },
  'policy-migrated': (state, { proposes }) =>
    proposes && state.proposal ? { ...state, proposal: { ...state.proposal, screening: 0 } } : state,
};
