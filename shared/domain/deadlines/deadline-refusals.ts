/** The refusals of this subject, each with its one sentence. */

export const deadlineRefusals = {
  'no-such-deadline/command': 'This referral has no such deadline.',
  'deadline-closed/open': '{rule} is closed already: {status}.',
  statutory: '{id} is a deadline of law ({source}): it is never extended or waived.',
  'not-theirs': 'More time for {id} is for {by} to give.',
  'missed-already': '{id} was due {due}: a missed deadline is explained, never given more time.',
  'not-later': 'The new due instant must lie after now and after {due}.',
  'too-far': '{id} can be extended up to {until} and no further.',
  'not-missed': '{rule} was not missed, so there is nothing to explain.',
  'deadline-closed/explain': '{rule} is closed and owes no explanation.',
  'reason-missing/other': 'The code "other" needs a reason in words.',
  'window-open':
    '{rule} can still be kept until {hardStop}, so it stays open. Say in "willBeKept" that it will be kept, or record the child\'s own decision.',
  'supervisor-needed': 'Only a supervisor can say that a deadline will not be kept at all.',
  'not-explained': 'There is no explanation to countersign yet.',
  'already-signed/explanation': 'The explanation is countersigned already.',
  'no-such-alert/command': 'This referral has no such alert.',
  'not-to-you/acknowledge':
    'This alert was not sent to you. A person it was sent to acknowledges it. If you told them by telephone, record the call.',
} as const;
