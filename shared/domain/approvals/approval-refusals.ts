/** The refusals of this subject, each with its one sentence. */

export const approvalRefusals = {
  'second-person': '{sentence}{why}',
  'nothing-proposed/declined': 'No such proposal waits for an answer: {proposal}.',
  'not-yours-to-answer': 'Only the proposer can take it back, and only a person who could agree can decline it.',
} as const;
