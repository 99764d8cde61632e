/** The refusals of this subject, each with its one sentence. */

export const serviceRefusals = {
  'consent-missing/service':
    'The service {service} needs the {wanted} before the next step ({source}). Ask for it and record the consent first; acute medical care and safety never wait for it.',
  'too-young-to-decide':
    "This child is or may be under 13, so the child's own no does not end the exam. A guardian who had no part in it decides, or a court, or the department where it has custody. Ask counsel (legal) who that is, and keep offering the exam.{may}",
  'reason-missing/childs-decision': 'Say in "reason" how the child decided, in words of at least ten characters.',
  'not-the-caregiver/consent':
    'A caregiver is said to have had a part in it, and neither consents nor refuses for the child. If the answer is another person’s, say so in "guardian": another-guardian.',
  'nothing-new/consent': 'This consent to {service} is recorded as {consentAnswer} already.',
  'not-given': 'This consent to {service} was not given, so it cannot be withdrawn: record it as refused.',
  'not-started': 'The service {service} has not started, so it has no outcome yet.',
  'too-early': 'The outcome after {months} months can be recorded from {from} on.',
} as const;
