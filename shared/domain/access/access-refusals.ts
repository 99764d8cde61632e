/** The refusals of this subject, each with its one sentence. */

export const accessRefusals = {
  'no-such-person/seal': 'The directory does not have all the people you name: check each id.',
  'has-conflict/seal': 'A person you name has a conflict of interest in this referral.',
  'stand-in-missing':
    'Name two Careline supervisors, or one and a Careline manager. One of them is asked in place of a person who is not named.',
  'not-sealed': 'This referral is not restricted.',
  'has-access': 'You already have access to this referral, so you need no emergency access.',
  'no-such-access': 'The field use names no emergency access of this referral: they count from 1.',
  'not-yours-to-review': 'A supervisor above the person who used this emergency access reviews it.',
  'reviewed-before': 'This emergency access was reviewed before.',
  'erased-already/reporter': 'Who reported has been erased with who the child is.',
  'no-reporter':
    'Nothing is recorded of who reported, so no one can have been told: record it first, by correcting who reported.',
  'basis-of-another': 'This ground is for another recipient: choose the one that names the recipient.',
} as const;
