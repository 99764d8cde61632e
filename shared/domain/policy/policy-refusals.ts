/** The refusals of this subject, each with its one sentence. */

export const policyRefusals = {
  'same-version': 'The referral is under {version} already.',
  'no-such-policy': 'There is no such policy for this referral; this release holds {known}.',
  'law-lost': '{id} is open and law ({source}), and {version} does not run it as law: settle it first.',
  'no-such-rule': 'The policy {version} has no deadline "{id}"; it has {known}.',
  'no-start': 'Say when the clock starts, such as --from 2026-12-24T15:00:00-05:00.',
  'not-the-receipt':
    'The clock of {id} starts with the receipt of the report: give the same instant in --from and --received, or one of them.',
  'no-instant':
    '"{from}" is no instant that exists: give date, time and the offset of that day, such as 2026-12-24T15:00:00-05:00.',
  'no-year': '"{from}" is in no year that can be meant: give one from 2000 to 2099.',
  'no-such-outcome': 'There is no outcome "{outcome}"; it is one of {outcomes}.',
  'not-of-outcome': '{id} does not run after {outcome}, only after {ofPathway}.',
  'no-such-answer': 'Danger is one of {answers}, not "{danger}".',
  'not-in-danger': '{id} does not run where danger is {danger}, only where it is {starts}.',
  'which-time': '{id} gives more than one time ({rule}): say which with {open}.',
} as const;
