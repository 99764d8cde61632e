/** The refusals of this subject, each with its one sentence. */

export const responseRefusals = {
  'police-agreed-by-staff': '{pause} Only staff can say that the police agreed. Ask the assigned social worker.',
  'outreach-paused/partner': '{pause} Ask the assigned social worker.',
  'outreach-paused/staff':
    '{pause} If the police agreed to this contact, say yes in "policeAgreed". The Careline, the area office, the HART staff or the police member of the team can lift the pause (lift-outreach-pause).',
  'nothing-new/danger': 'The referral already says {danger} to danger now.',
  'reason-missing/lower-danger': 'Say in "reason" why you lower the danger to this child. A second person then agrees.',
  'nothing-proposed/lowering':
    'No proposal to lower danger waits: new information that speaks of danger cancels one, and so does a no.',
  'seen-while-missing':
    'The child is recorded as missing then. Give another time in "at", or first record the return (record-return).',
  'not-seen-yet': 'The child is not recorded as seen, so there is nothing to take back.',
  'seen-alone-unsaid': 'Say in "seenAlone" whether the child was seen alone, or why not. "Not known" is an answer.',
  'seen-alone-unasked': 'The child was not seen by this, so leave "seenAlone" out.',
  'not-met/review': 'The team has not met yet, with a quorum or under a waiver: its meeting comes before any review.',
  'when-missing': 'Give in "scheduledFor" when the interview is.',
  'reason-missing/no-interview': 'That an interview is not appropriate needs a reason in words.',
  'not-met/consultation': 'The team has not met yet.',
  privileged:
    'What {discipline} says may be privileged ({source}), so no words of it are kept: leave "advice" empty. Services they recommend are recorded as referrals.',
  'advice-missing': 'Write in "advice" what the discipline said.',
  'no-investigation': 'The report is not classified as an investigation, so there is nothing to find.',
  'nothing-new/disposition': 'The disposition is {disposition} already.',
  'nothing-new/reasonable-cause': 'Reasonable cause is recorded as {reasonableCause} already.',
  'no-reasonable-cause':
    'No one has recorded reasonable cause to believe that abuse occurred, so there is no notice to give.',
  'not-the-police': 'Of the team only the law enforcement member pauses outreach or lifts the pause.',
  'until-past': 'Give in "until" an end that has not come yet.',
  'pause-too-long': 'A pause lasts at most {atMost}: give an end up to {latest}, and renew it before then.',
  'paused-already': 'Outreach is paused until {before} already: give a later end, or lift the pause.',
  'not-paused': 'Outreach is not paused, so there is nothing to lift.',
  'no-notice-owed/parents':
    'The report was not accepted for investigation or assessment, so no notice to the parents is owed.',
  'no-notice-owed/finding': 'No investigation has substantiated the report, so no notice of a finding is owed.',
  'counsel-said-no':
    'Counsel said that this letter is not safe to mail. Ask counsel whether the duty applies here (find-not-applicable).',
  'counsel-asked-already': 'Counsel was asked already, and has not answered yet.',
  'ask-counsel/caregiver':
    'A caregiver may have had a part in it, and a letter may reach the child. Ask counsel first whether it is safe to mail (ask-finding-safety).',
  'ask-counsel/address':
    'The child may open a letter at this address. Ask counsel first whether it is safe to mail (ask-finding-safety).',
  'notice-given': 'The notice was given on {at}, so it cannot be withheld any more.',
  'no-notice-to-correct': 'No notice was given yet, so there is none to correct.',
  'nothing-to-confirm': 'The notice may be given already: no confirmation is needed.',
  'not-the-caregiver/notice':
    'A caregiver is said to have had a part in it, and is not told. Say no in "hadPart" if you told another person, withhold the notice, or ask the area supervisor to confirm it first ({approve}).',
  'caregiver-not-cleared':
    'No one knows yet whether a caregiver had a part in it. Withhold the notice, or ask the area supervisor to confirm it first ({approve}).',
} as const;
