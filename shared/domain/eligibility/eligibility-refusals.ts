/** The refusals of this subject, each with its one sentence. */

export const eligibilityRefusals = {
  'not-screened': 'There is no proposal to decide on before the child has been screened.',
  'proposal-outdated/screened-anew': 'The child was screened anew: the proposal for that screening comes in a moment.',
  'proposal-outdated/facts-changed':
    'What the proposal rests on has changed: the proposal on what is known now comes in a moment.',
  'definition-missing/decision':
    'A basis to allege trafficking names the definition it rests on: C.G.S. 46a-170, C.G.S. 53a-192a or the TVPA.',
  'consulted-missing': 'Say in "consultedId" which lawyer was consulted.',
  'consulted-no-one': 'You name a lawyer, and say that counsel was not consulted: correct one of the two.',
  'no-such-counsel': 'The directory has no lawyer of this id.',
  'reason-missing/other-decision': 'The proposal is {outcome}: a different decision needs a reason.',
  'age-known/again': 'A date of birth is recorded already: to correct it, say in "reason" what was wrong.',
  'age-contradicts':
    'The date of birth contradicts what was said of the age: check both, and say in "reason" why the date is right.',
  'nothing-alleged': 'No caregiver is said to have had a part in it.',
  'caregiver-alleged':
    'A caregiver is among the alleged traffickers: record first, in "perpetrators", everyone who is alleged now.',
  'topic-says-yes': 'The checklist, or the report, says yes to caregiver-facilitation: answer that topic anew first.',
  'nothing-proposed/clearance':
    'No proposal to clear the caregivers stands: one lapses when a caregiver is named again, and when a person declines it.',
} as const;
