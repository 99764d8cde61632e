/** The refusals of this subject, each with its one sentence. */

export const intakeRefusals = {
  'no-such-town':
    'The state has no town of this name.{meant} Give one of its towns in capitals, as in NEW-HAVEN, or OUT-OF-STATE or UNKNOWN.',
  'nothing-new/place': 'The referral says this of the place already.',
  'no-such-episode': 'The child was not recorded as missing so often: the first time is episode 1.',
  'no-such-liaison': 'The directory has no HART liaison of this id.',
  'not-your-assignment': 'You are not the HART liaison assigned to this referral, so you cannot accept for them.',
  'not-the-caregiver/return':
    'A caregiver is said to have had a part in it: home is safe only where that caregiver is out of it. Say yes in "caregiverOut" where that is so, or record another placement.',
  'already-missing': 'The child is recorded as missing already: give an earlier time if the news came earlier.',
  'before-the-return/missing': 'The child had returned {before}: give a time after it.',
  'long-before-the-report':
    'The news that the child is missing is dated more than 30 days before the report: check the day, or say in "reason" why it is right.',
  'not-missing': 'The child is not recorded as missing.',
  'search-before-the-absence':
    'The news that the child is missing came {missingSince}: give in "at" a later time of the search.',
  'before-it-left':
    'The news that the child is missing came {missingSince}: it cannot have returned before. Correct that first, with report-missing and an earlier time.',
  'not-a-candidate': 'The other referral was not among the candidates found for this one.',
  'other-open':
    'The other referral is open: for the same child answer "same-child-open", so that one team works for it.',
  'other-not-open': 'The other referral is not open, so no one there would work for this child: answer otherwise.',
  'no-such-place': 'The routing names a place that is not there: {wrong}.',
} as const;
