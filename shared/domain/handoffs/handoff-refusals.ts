/** The refusals of warm handoffs. */
export const handoffRefusals = {
  'no-seat-for-handoff': 'The team has no such seat: {handedBy}. Choose a seat of the team, or the department.',
} as const;
