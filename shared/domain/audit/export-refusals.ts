/** The refusals of this subject, each with its one sentence. */

export const exportRefusals = {
  'no-such-export': 'There is no such export, or it is not for you to see.',
  'own-export': 'You asked for this export, so another administrator must approve it.',
  'export-answered': 'This export has its answer already. Ask for another one where it is needed.',
  'export-not-approved': 'No other administrator has approved this export yet, so nothing was sent.',
  'export-over': 'The time of this export has passed. Ask for it again.',
  'export-too-large/many':
    'An export has at most {most} referrals. Ask for a shorter period, or let the operator run npm run audit -- export.',
  'export-too-large/bytes':
    'This export is too large for one answer. Ask for fewer referrals, or for a shorter period.',
} as const;
