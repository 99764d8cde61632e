/** The refusals of this subject, each with its one sentence. */

export const agreementRefusals = {
  'no-such-agreement': 'There is no such agreement.',
  'agreement-moved':
    'Another person changed this agreement, so nothing was stored. Load it again, and make your change there.',
} as const;
