/** The refusals of this subject, each with its one sentence. */

export const doubtRefusals = {
  'record-in-doubt':
    'This record was changed outside this product, so nothing was done. A supervisor must look at it and confirm it first. You can still record calls, safety and that the child was seen.',
  'not-in-doubt': 'This record is not in doubt, so there is nothing to confirm.',
  'record-moved': 'More was found in this record since you looked. Look at it again before you confirm it.',
} as const;
