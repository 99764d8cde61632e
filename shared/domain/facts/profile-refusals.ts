/** The refusals of completed facts. */
export const profileRefusals = {
  'no-charges': 'No charges of the child are recorded. Record them first.',
  'no-such-trafficker': 'The next trafficker of this referral is number {next}. Give a number up to that.',
} as const;
