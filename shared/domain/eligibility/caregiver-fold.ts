/** What the fold remembers of a caregiver's part in it (overlay C). */
import type { EventOf } from '../events.ts';
import { caregiverAlleged } from '../intake/report-facts.ts';
import type { Referral } from '../referral.ts';

/** The topic of the checklist that says that a caregiver had a part in it. */
export const caregiverTopic = 'caregiver-facilitation';

/** Once a caregiver is alleged, void are a proposal to clear them, and a supervisor's word that the parents may be told. */
const withoutTrust = ({ clearance: _, parentsNoticeApproved: __, ...state }: Referral): Referral => state;

/** A caregiver is named as having had a part in it. */
export const named = (state: Referral): Referral => ({
  ...withoutTrust(state),
  caregiverNamed: true,
  caregiverRuledOut: false,
});

/** What the checklist says of caregivers: a no clears one who was never named, and unknown changes nothing. */
export function asAnswered(state: Referral, said: string | undefined): Referral {
  if (said === 'yes') return named(state);
  return said === 'no' && !state.caregiverNamed ? { ...state, caregiverRuledOut: true } : state;
}

/** What became known says of caregivers: one who was alleged stays one to be careful with, whoever else is alleged since. */
export function asLearned(
  state: Referral,
  caregiverNamed: EventOf<'facts-learned'>['caregiverNamed'],
  perpetrators: EventOf<'facts-learned'>['perpetrators'],
): Referral {
  if (caregiverNamed === 'yes' || (perpetrators && caregiverAlleged(state.child))) return named(state);
  return perpetrators?.includes('caregiver') ? withoutTrust(state) : state;
}
