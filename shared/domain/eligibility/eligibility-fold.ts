/** The fold of the eligibility proposal, the decision on it, and what is known of a caregiver. */
import type { PartFold } from '../part-fold.ts';
import { caregiverTopic, isNamedBy, saysOfCaregiver } from './caregiver-topic.ts';
import type { EligibilityState } from './eligibility-state.ts';

/** A caregiver is named as having had a part in it. */
const applyCaregiverNamed = (state: EligibilityState): EligibilityState => ({
  ...state,
  caregiverHadPart: 'yes',
});

export const eligibilityFold: PartFold<'eligibility'> = {
  'caregiver-cleared': (state, _, { at }) => ({
    ...state,
    caregiverHadPart: 'no',
    clearedAt: at,
  }),
  'eligibility-proposed': (state, proposal, { at, seq }, { child, response: { danger, hold }, identity }) => {
    const { caregiverHadPart } = state;
    const { birthCorrectedBy } = identity;
    const proposedOn = {
      child,
      response: { danger, hold },
      eligibility: { caregiverHadPart },
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
    return saysOfCaregiver(answers, 'no') && state.caregiverHadPart !== 'yes'
      ? { ...state, caregiverHadPart: 'no' }
      : state;
  },
  'facts-learned': (state, learned, _, before) => (isNamedBy(learned, before) ? applyCaregiverNamed(state) : state),
  'policy-migrated': (state, { proposes }) =>
    proposes && state.proposal ? { ...state, proposal: { ...state.proposal, screening: 0 } } : state,
};
