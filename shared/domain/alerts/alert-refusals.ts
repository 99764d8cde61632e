/** The refusals of this subject, each with its one sentence. */

export const alertRefusals = {
  'answered-already/yourself': 'You have been handling this since {at}. No one else is called.',
  'answered-already/another':
    'Another person has been handling this since {at}. The page says who: call them if you can help, or take it over there.',
  'nothing-rings': 'No alarm rings here: its duty is done, or no person has to be called yet.',
  'not-to-you/alarm':
    'This alarm is not yours to answer: it is for the people it calls, and for those who supervise them.',
  'which-duty': 'Give in "deadlineId" the duty that you take over.',
  'holder-changed': 'The person named in "insteadOf" is not handling this now. Look again: the page says who has it.',
  'no-such-alert/call': 'This referral has no alert of this id: take it from the page or the mail.',
  'not-to-you/call': 'This alert was not sent to you. A person it was sent to, or a supervisor, records the call.',
  'not-that-seat': 'The field discipline names a seat that this alert does not ask, or that you do not answer for.',
  'not-that-group':
    'The field group names a recipient group that this alert does not ask, or that you do not answer for.',
  'which-group': 'Say in the field group who the call was with: one of {callable}.',
} as const;
