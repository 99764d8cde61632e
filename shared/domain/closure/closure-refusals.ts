/** The refusals of this subject, each with its one sentence. */

export const closureRefusals = {
  'still-missing':
    'The child is missing. A referral is not withdrawn as made in error until the child is found. First record the return.',
  'which-referral': 'Give the reference of the other referral in the field "of".',
  'other-gone':
    'The other referral is not there, or is itself withdrawn or merged. No one there would work for this child. Check the reference.',
  'nothing-proposed/withdrawal':
    'No proposal to withdraw this referral stands: one lapses when the child is screened, found in danger or missing, and when a person declines it.',
  'not-ready': 'The referral cannot be closed yet. {unmet}',
} as const;
