/** The refusals of the recovery plan, and of offered talks. */
export const recoveryRefusals = {
  'empty-plan': 'Write at least one part of the plan.',
  'no-seat-for-plan': 'The team has no such seat: {readers}. Choose seats of the team.',
  'offered-already': 'For this return the offer is recorded already.',
} as const;
