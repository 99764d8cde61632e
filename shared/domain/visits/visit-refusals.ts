/** The refusals of the note on the safety of workers. */
export const visitRefusals = {
  'empty-safety':
    'Choose at least one thing that workers must know. Is nothing of it true any more? Say so in "safetyOver".',
  'safety-both': 'You say that nothing is true any more, and what is true. Choose one of the two.',
} as const;
