/** The refusals of the child's card. */
export const cardRefusals = {
  'limits-first':
    'First tell the child the limits of confidentiality: what you must pass on, and to which people. Then write the card together.',
  'empty-card': 'Fill in at least one thing that the child wants.',
  'no-card': 'There is no card yet. Write it with the child first.',
  'consent-without-end': 'Give in "until" the day until which the child agrees. A yes has an end of at most a year.',
  'consent-past': 'Give in "until" a time in the future, at most a year ahead.',
  'counsel-first':
    'Counsel has not reviewed this card for a parent, or it was changed since. Ask counsel to review it first.',
  'not-with-the-child':
    'Only a seat that talks with the child changes the card: medical, mental health, interviewer, advocate, or the child’s attorney.',
} as const;
